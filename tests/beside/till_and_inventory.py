"""Odoo's point of sale and inventory beside us, in a database that has them.

    scripts/odoo -d beside -i l10n_cl_sii,point_of_sale,sale_stock --stop-after-init

Then pytest with this file's path, ``--odoo-database=beside``. Our own runs install neither of the
two, and a test that is skipped fails there.
"""

import uuid

from odoo import Command, fields
from odoo.exceptions import UserError

from ..emission.emission_case import EmissionCase


class BesideCase(EmissionCase):
    """Sells goods by other means than an invoice."""

    def goods(self, **values):
        return self.env["product.product"].create(
            {
                "name": "Pan amasado",
                "type": "consu",
                "list_price": 1000,
                "taxes_id": [Command.set(self.vat.ids)],
                **values,
            }
        )


class TestTill(BesideCase):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("point_of_sale.group_pos_manager")

    def setUp(self):
        super().setUp()
        self.bread = self.goods(available_in_pos=True)
        self.cash = self.env["pos.payment.method"].create(
            {
                "name": "Efectivo",
                "journal_id": self.company_data["default_journal_cash"].id,
                "receivable_account_id": self.company_data["default_account_receivable"].id,
            }
        )
        config = self.env["pos.config"].create(
            {"name": "Caja", "payment_method_ids": [Command.set(self.cash.ids)]}
        )
        config.open_ui()
        self.session = config.current_session_id
        self.session.set_opening_control(0, "")

    def sell(self, partner=None, invoice=False):
        """An order of the till, as its screen sends it."""
        line = {
            "product_id": self.bread.id,
            "price_unit": 1000,
            "qty": 1,
            "discount": 0,
            "tax_ids": [Command.set(self.vat.ids)],
            "price_subtotal": 1000,
            "price_subtotal_incl": 1190,
            "pack_lot_ids": [],
        }
        payment = {
            "amount": 1190,
            "name": fields.Datetime.now(),
            "payment_method_id": self.cash.id,
        }
        order = {
            "uuid": str(uuid.uuid4()),
            "name": "Orden",
            "session_id": self.session.id,
            "user_id": self.env.uid,
            "partner_id": partner.id if partner else False,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "fiscal_position_id": False,
            "pricelist_id": False,
            "sequence_number": 1,
            "state": "paid",
            "to_invoice": invoice,
            "amount_paid": 1190,
            "amount_return": 0,
            "amount_tax": 190,
            "amount_total": 1190,
            "lines": [Command.create(line)],
            "payment_ids": [Command.create(payment)],
        }
        self.env["pos.order"].sync_from_ui([order])
        return self.env["pos.order"].search([("uuid", "=", order["uuid"])])

    def findings(self):
        found = self.env["l10n_cl.health"]._findings(self.issuer)
        return [finding.data for finding in found if finding.code == "till"]

    def test_a_day_at_the_till(self):
        anonymous = self.sell()
        factura, boleta = self.sell(self.customer, True), self.sell(self.nobody, True)
        later = self.sell(self.customer)
        codes = [order.account_move.l10n_cl_dte_id.document_code for order in factura | boleta]
        self.assertEqual(codes, [33, 39])
        self.assertEqual(self.findings(), [{"count": 2}])
        later.action_pos_order_invoice()
        self.assertEqual(later.account_move.l10n_cl_dte_id.state, "signed")
        refund = self.env["pos.order"].browse(factura.refund()["res_id"])
        refund.to_invoice = True
        payment = self.env["pos.make.payment"].with_context(
            active_id=refund.id, active_ids=refund.ids
        )
        payment.create({"amount": -1190, "payment_method_id": self.cash.id}).check()
        self.assertEqual(refund.account_move.l10n_cl_dte_id.document_code, 61)
        self.session.post_closing_cash_details(self.session.cash_register_balance_end)
        self.session.close_session_from_ui()
        self.assertEqual(self.session.state, "closed")
        self.assertFalse(anonymous.account_move)
        self.assertFalse(self.session.move_id.l10n_cl_dte_id)
        self.assertEqual(self.findings(), [{"count": 1}])
        invoices = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ]
        )
        self.assertTrue(all(invoices.mapped("l10n_cl_dte_id.xml_sha256")))
        for _time in range(2):  # a note waits for its factura
            self.run_crons()
        self.assertEqual(set(invoices.l10n_cl_dte_id.mapped("state")), {"accepted"})

    def test_missing_folios_are_reported(self):
        self.env["l10n_cl.caf"].sudo().search([]).write({"active": False})
        with self.assertRaisesRegex(UserError, "folio"):
            self.sell(self.customer, True)


class TestInventory(BesideCase):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("stock.group_stock_manager")

    def test_delivered_invoiced_and_returned(self):
        sack = self.goods(is_storable=True, invoice_policy="delivery")
        warehouses = self.env["stock.warehouse"]
        warehouse = warehouses.search([("company_id", "=", self.company.id)], limit=1)
        self.env["stock.quant"]._update_available_quantity(sack, warehouse.lot_stock_id, 10)
        self.cable = sack
        order = self.order(price=1000, l10n_cl_emit_document=False, warehouse_id=warehouse.id)
        delivery = order.picking_ids
        delivery.move_ids.write({"quantity": 3, "picked": True})
        delivery.button_validate()
        self.assertEqual(delivery.state, "done")
        order._create_invoices()
        invoice = order.invoice_ids
        self.assertTrue(invoice.l10n_cl_goods_asked)
        with self.assertRaisesRegex(UserError, "Say whether its goods travel"):
            invoice.action_post()
        invoice.l10n_cl_goods_travel = "no"
        invoice.action_post()
        wizard = self.env["stock.return.picking"].with_context(
            active_id=delivery.id, active_ids=delivery.ids, active_model="stock.picking"
        )
        wizard = wizard.create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": 1, "picked": True, "to_refund": True})
        back.button_validate()
        order._create_invoices(final=True)
        note = order.invoice_ids - invoice
        self.assertEqual(note.move_type, "out_refund")
        self.assertEqual(
            note.l10n_cl_reference_ids.mapped("folio"), [str(invoice.l10n_cl_dte_id.folio)]
        )
        note.action_post()
        for _time in range(2):
            self.run_crons()
        states = (invoice | note).l10n_cl_dte_id.mapped("state")
        self.assertEqual(set(states), {"accepted"})
