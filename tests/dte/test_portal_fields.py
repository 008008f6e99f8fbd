"""What a customer may read of his own invoice by RPC, and what only those who work here may."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ...models.access.entry import INTERNAL
from ..printing.print_case import PrintCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPortalFields(PrintCase, HttpCase):
    def test_internal_fields_are_hidden_from_the_customer(self):
        move = self.post()
        buyer = new_test_user(self.env(su=True), "his_own", "base.group_portal")
        buyer.partner_id.parent_id = move.partner_id
        mine = move.with_user(buyer)
        self.assertTrue(mine.read(["name", "amount_total", "l10n_cl_dte_state"]))
        closed = [name for name, field in mine._fields.items() if field.groups == INTERNAL]
        ours = [name for name in closed if name.startswith("l10n_cl_")]
        self.assertIn("l10n_cl_event_ids", ours)
        for name in ours:
            with self.subTest(name), self.assertRaises(AccessError):
                mine.read([name])
            move.read([name])
        for name in ("l10n_cl_issuer_id", "l10n_cl_emission_policy_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                mine.company_id.read([name])
        self.assertFalse(set(ours) & set(mine.fields_get()))
        self.env.flush_all()
        self.authenticate("his_own", "his_own")
        for path in ("/my/home", "/my/invoices", f"/my/invoices/{move.id}", "/my/statements"):
            with self.subTest(path):
                page = self.url_open(path)
                self.assertEqual(page.status_code, 200)
        self.assertIn(move.name, self.url_open("/my/invoices").text)
