"""Installing changes nothing for a company that invoices; a switch with a date does."""

from datetime import timedelta

from odoo import Command
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...sii import clock
from ..common import SiiCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunningCompany(AccountTestInvoicingCommon):
    """A Chilean company that had its chart of accounts, and no issuer."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cl")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Distribuidora Peñalolén Ltda.",
                "country_id": cls.env.ref("base.cl").id,
                "l10n_latam_identification_type_id": cls.env.ref("l10n_cl.it_RUT").id,
                "vat": "96790240-3",
                "l10n_cl_sii_taxpayer_type": "1",
            }
        )

    def type(self, code):
        return self.env["l10n_latam.document.type"].search(
            [("code", "=", code), ("country_id.code", "=", "CL")]
        )

    def move(self, code, move_type="out_invoice", **values):
        line = {"name": "Cable", "quantity": 1, "price_unit": 1000}
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.customer.id,
                "invoice_date": clock.today(),
                "l10n_latam_document_type_id": self.type(code).id,
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )

    def issuer(self, **values):
        return self.env["l10n_cl.issuer"].create({"company_id": self.company.id, **values})

    def test_invoices_are_numbered_as_ever(self):
        first = self.move("33")
        first.l10n_latam_document_number = "000120"
        second = self.move("33")
        (first + second).action_post()
        self.assertEqual((first + second).mapped("name"), ["FAC 000120", "FAC 000121"])
        self.assertFalse(any((first + second).mapped("l10n_cl_is_dte")))
        self.assertFalse((first + second).l10n_cl_dte_ids)

    def test_every_kind_is_posted_printed_and_taken_back(self):
        anonymous = self.env.ref("l10n_cl.par_cfa").id
        moves = (
            self.move("33")
            + self.move("34")
            + self.move("39", partner_id=anonymous)
            + self.move("61", "out_refund")
        )
        for move in moves:
            move.action_post()
            self.assertEqual(move.state, "posted")
            self.assertFalse(move._l10n_cl_print_warning())
            report = self.env["ir.actions.report"]._render_qweb_html(
                "account.report_invoice", move.ids
            )
            number = int(move.l10n_latam_document_number)
            self.assertTrue(f"N° {number}".encode() in report[0])
            move.button_draft()
            move.button_cancel()

    def test_a_vendors_purchase_invoice_has_the_number_that_is_typed(self):
        bill = self.move("46", "in_invoice", l10n_latam_document_number="77")
        bill.action_post()
        self.assertIn("77", bill.name)
        self.assertFalse(bill.l10n_cl_is_dte)

    def test_the_form_proposes_no_document_of_ours(self):
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.env.ref("l10n_cl.par_cfa")
            before = form.l10n_latam_document_type_id
        self.assertEqual(before.code, "33")

    def test_an_issuer_that_begins_later_changes_nothing_yet(self):
        for day in (False, clock.today() + timedelta(days=1)):
            issuer = self.issuer(emits_since=day)
            move = self.move("33")
            move.action_post()
            self.assertEqual(move.state, "posted")
            self.assertFalse(move.l10n_cl_dte_ids)
            self.assertIn(self.company.name, issuer.emission_text)
            issuer.unlink()

    def test_an_issuer_that_has_begun_does(self):
        self.issuer(emits_since=clock.today())
        with self.assertRaisesRegex(UserError, "cannot emit yet"):
            self.move("33").action_post()

    def test_what_was_posted_before_keeps_its_number(self):
        move = self.move("33", l10n_latam_document_number="000500")
        move.action_post()
        issuer = self.issuer(emits_since=clock.today() - timedelta(days=30))
        self.assertNotIn("not_issued", issuer.alarms or "")
        move.button_draft()
        move.action_post()
        self.assertEqual(move.name, "FAC 000500")
        self.assertFalse(move.l10n_cl_dte_ids)

    def test_the_form_begins_switched_off_where_invoices_are(self):
        other = self.env["res.company"].create(
            {"name": "Nueva", "country_id": self.env.ref("base.cl").id}
        )
        self.env.user.company_ids += other
        self.move("33").action_post()
        with Form(self.env["l10n_cl.issuer"]) as form:
            self.assertFalse(form.emits_since)
            self.assertIn("Switched off", form.emission_text)
            form.company_id = other
            form.emits_since = clock.today()

    def test_a_new_company_begins_today(self):
        with Form(self.env["l10n_cl.issuer"]) as form:
            self.assertEqual(form.emits_since, clock.today())
            self.assertIn("Since", form.emission_text)


class TestSwitch(SiiCase):
    def test_off_again(self):
        issued = self.post()
        self.issuer.emits_since = False
        recorded = self.draft()
        recorded.action_post()
        self.assertFalse(recorded.l10n_cl_is_dte)
        self.assertTrue(issued.l10n_cl_is_dte)
        with self.assertRaisesRegex(UserError, "credit note"):
            issued.button_draft()
        self.assertNotIn("without their tax document", self.issuer.alarms or "")

    def test_on_from_a_day(self):
        self.issuer.emits_since = clock.today() + timedelta(days=1)
        self.assertFalse(self.draft().l10n_cl_is_dte)
        self.assertTrue(self.company._l10n_cl_emission_obstacles())
        self.issuer.emits_since = clock.today()
        self.assertFalse(self.company._l10n_cl_emission_obstacles())
        self.assertTrue(self.post().l10n_cl_dte_id)

    def test_a_branch_has_the_switch_of_its_parent(self):
        branch = self.env["res.company"].create(
            {
                "name": "Sucursal",
                "parent_id": self.company.id,
                "country_id": self.env.ref("base.cl").id,
            }
        )
        self.assertTrue(branch._l10n_cl_emits())
        self.issuer.emits_since = False
        self.assertFalse(branch._l10n_cl_emits())

    def test_the_wizard_shows_why_it_emits_nothing(self):
        self.issuer.emits_since = False
        move = self.draft()
        self.assertIn("Emits from", move._l10n_cl_not_emitted_text())

    def test_payments_wait_for_the_switch(self):
        self.assertTrue(self.company._l10n_cl_emits_on_payment())
        self.issuer.emits_since = clock.today() + timedelta(days=1)
        self.assertFalse(self.company._l10n_cl_emits_on_payment())
