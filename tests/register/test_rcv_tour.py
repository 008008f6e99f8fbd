"""In the browser: a file of the SII's portal is dropped, and a bill made of one of its lines."""

from odoo.tests import HttpCase, new_test_user, tagged

from ...sii.tests.support import registers
from ..common import SiiCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestRcvTour(SiiCase, HttpCase):
    def test_from_file_to_bill(self):
        lines = [registers.line("COMPRA_REGISTRO", number) for number in (1, 2, 3)]
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "purchases.csv",
                    "raw": registers.file("COMPRA_REGISTRO", *lines),
                    "public": True,
                }
            )
        )
        self.env["ir.model.data"].sudo().create(
            {
                "module": "l10n_cl_sii",
                "name": "register_csv",
                "model": attachment._name,
                "res_id": attachment.id,
            }
        )
        new_test_user(
            self.env(su=True),
            login="accountant",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        url = "/odoo/action-l10n_cl_sii.rcv_entry_action"
        self.start_tour(url, "l10n_cl_sii_register", login="accountant")
        entries = self.env["l10n_cl.rcv.entry"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(entries), 3)
        self.assertEqual(entries.move_id.partner_id, self.customer)
        self.assertEqual(entries.move_id.amount_total, 11900)
