"""The RUT of a company stays while documents signed with it wait."""

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from ..common import COMPANY_RUT, CUSTOMER_RUT
from ..taxpayer.identity_case import IdentityCase


class TestIssuerRut(IdentityCase):
    def assert_refused(self, change):
        with self.assertRaisesRegex(ValidationError, "still wait"), self.cr.savepoint():
            change()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.company.vat, COMPANY_RUT)

    def test_on_the_company_and_on_its_contact(self):
        self.post()
        self.assert_refused(lambda: self.company.write({"vat": CUSTOMER_RUT}))
        self.assert_refused(lambda: self.company.partner_id.write({"vat": CUSTOMER_RUT}))
        self.assert_refused(lambda: self.company.sudo().write({"vat": False}))
        self.assert_refused(lambda: self.company.write({"partner_id": self.customer.id}))

    def test_the_same_rut_written_otherwise(self):
        self.post()
        self.company.vat = "76.354.771-K"
        self.assertEqual(self.issuer.company_rut, COMPANY_RUT)

    def test_rejected_waits_as_well(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.run_crons()
        self.assert_refused(lambda: self.company.write({"vat": CUSTOMER_RUT}))
        move.button_draft()
        move.l10n_cl_dte_id.action_void()
        self.company.vat = CUSTOMER_RUT

    def test_once_nothing_waits(self):
        self.post()
        self.run_crons()
        self.company.vat = CUSTOMER_RUT

    def test_archived_by_people(self):
        self.post()
        manager = new_test_user(
            self.env,
            "jefe_archivo",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        issuer = self.issuer.with_user(manager)
        with self.assertRaisesRegex(ValidationError, "still wait"), self.cr.savepoint():
            issuer.action_archive()
        self.run_crons()
        issuer.action_archive()
        self.assertFalse(issuer.active)
