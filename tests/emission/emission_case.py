"""Orders whose documents emit themselves, and the money that pays them."""

from odoo import Command, fields

from ...sii import clock
from ..boleta_case import BoletaCase


class EmissionCase(BoletaCase):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("sales_team.group_sale_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["l10n_cl.emission.policy"].create({"company_id": cls.company.id})
        cls.company.l10n_cl_emission_policy_id = cls.policy
        cls.bank = cls.company_data["default_journal_bank"]

    def order(self, price=10000, confirm=True, **values):
        """An order of three cables, 35.700 with VAT unless given otherwise."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "l10n_cl_emit_document": True,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.cable.id,
                            "product_uom_qty": 3,
                            "price_unit": price,
                            "tax_ids": [Command.set(self.vat.ids)],
                        }
                    )
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def statement(self, days=0, **values):
        """All of a confirmed order, due in so many days from today."""
        order = self.order(confirm=False, **values)
        due = fields.Date.add(clock.today(), days=days)
        statement = self.env["l10n_cl.statement"].create(
            {"order_id": order.id, "amount": order.amount_total, "due_date": due}
        )
        order.action_confirm()
        return statement

    def pay(self, statements, **values):
        return statements._register_payment(self.bank, **values)

    def run_requests(self):
        """A busy machine needs more than the ten seconds of one run."""
        ready = [("state", "=", "ready")]
        left = -1
        while left:
            with self.enter_registry_test_mode():
                self.env.ref("l10n_cl_sii.cron_requests").method_direct_trigger()
            self.env.invalidate_all()
            before, left = left, self.env["l10n_cl.emission.request"].search_count(ready)
            self.assertNotEqual(before, left, "nothing is taken up any more")

    def assert_emitted_once(self, statement):
        request = statement.request_id
        self.assertEqual(request.state, "done", request.reason_text)
        moves = self.env["account.move"].search([("l10n_cl_statement_id", "=", statement.id)])
        invoices = moves.filtered(lambda move: move.move_type == "out_invoice")
        self.assertEqual(invoices, statement.move_id)
        self.assertEqual(invoices.amount_total, statement.amount)

    def assert_parked(self, request, code, field=""):
        found = (request.state, request.reason_code, request.reason_field or "")
        self.assertEqual(found, ("parked", code, field))
        self.assertTrue(request.reason_text)
        self.assertTrue(request.activity_ids)
