"""Money that comes through a provider of online payments, in test mode."""

from freezegun import freeze_time

from odoo import Command

from .emission_case import EmissionCase


class TestEmissionOnline(EmissionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Pasarela de prueba",
                "code": "none",
                "state": "test",
                "company_id": cls.company.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
            }
        )
        cls._create_dummy_payment_method_for_provider(cls.provider, cls.bank)

    def transaction(self, amount=35700, **values):
        number = self.env["payment.transaction"].search_count([])
        return (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.method.id,
                    "reference": f"P-{number}",
                    "amount": amount,
                    "currency_id": self.company.currency_id.id,
                    "partner_id": self.customer.id,
                    **values,
                }
            )
        )

    def arrive(self, transaction):
        """The provider reports it as paid; Odoo's scheduled action does the rest."""
        transaction._set_done()
        transaction._post_process()

    def test_an_order_confirmed_by_its_payment(self):
        order = self.order(confirm=False)
        self.arrive(self.transaction(sale_order_ids=[Command.set(order.ids)]))
        statement = order.l10n_cl_statement_ids
        self.assertEqual((order.state, statement.state), ("sale", "paid"))
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertIn(statement.move_id.payment_state, ("paid", "in_payment"))

    def test_what_was_paid_online_before_is_cash(self):
        """Of orders that emit nothing by themselves, too: somebody invoices what is paid."""
        for values, form in (
            ({"state": "done", "operation": "online_direct"}, "1"),
            ({"state": "done", "operation": "online_direct", "amount": 35699}, "2"),
            ({"state": "pending", "operation": "online_direct"}, "2"),
            ({"state": "done", "operation": "validation"}, "2"),
        ):
            with self.subTest(values):
                order = self.order(l10n_cl_emit_document=False)
                order.order_line.qty_delivered = 3
                order.sudo().transaction_ids = self.transaction(**values)
                move = order._create_invoices()
                self.assertEqual(move.sudo().transaction_ids, order.sudo().transaction_ids)
                move.action_post()
                self.assertEqual(self.texts(move, "IdDoc/s:FmaPago"), [form])

    def test_the_day_is_chile_s(self):
        """In the evening it is tomorrow already where servers count."""
        statement = self.order().l10n_cl_statement_ids
        with freeze_time("2026-06-02 01:30:00"):
            self.arrive(self.transaction(sale_order_ids=[Command.set(statement.order_id.ids)]))
        self.assertEqual(str(statement.paid_on), "2026-06-01")

    def test_odoos_own_automatic_invoice_does_not_make_a_second(self):
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        order = self.order(confirm=False)
        order.l10n_cl_statement_ids = [Command.create({"amount": 11900}) for _one in range(3)]
        order.action_confirm()
        for statement in order.l10n_cl_statement_ids:
            self.arrive(
                self.transaction(
                    11900,
                    sale_order_ids=[Command.set(order.ids)],
                    l10n_cl_statement_ids=[Command.set(statement.ids)],
                )
            )
            self.run_requests()
            self.assert_emitted_once(statement)
        self.assertEqual(len(order.invoice_ids), 3)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_odoos_own_automatic_invoice_of_goods_waits_for_an_answer(self):
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        self.cable.type = "consu"
        for answer, state in ((False, "draft"), ("no", "posted"), ("yes", "posted")):
            self.policy.goods_travel = answer
            order = self.order(confirm=False, l10n_cl_emit_document=False)
            transaction = self.transaction(sale_order_ids=[Command.set(order.ids)])
            self.arrive(transaction)
            move = order.invoice_ids
            self.assertEqual((move.state, move.l10n_cl_goods_travel), (state, answer))
            # the money is booked whatever becomes of the document
            self.assertTrue(transaction.payment_id)
            waits = move.activity_ids.filtered(lambda each: "goods travel" in each.summary)
            self.assertEqual(bool(waits), not answer)

    def test_an_order_states_that_its_goods_travel(self):
        """Its money is not held up by transport data that nobody could give."""
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        self.cable.type = "consu"
        order = self.order(confirm=False, l10n_cl_emit_document=False, l10n_cl_goods_travel="yes")
        self.arrive(self.transaction(sale_order_ids=[Command.set(order.ids)]))
        self.assertEqual((order.state, order.invoice_ids.state), ("sale", "posted"))
        (text,) = self.texts(order.invoice_ids, "DscItem")
        self.assertIn("patente del vehículo, transportista, chofer, fecha y hora de salida.", text)

    def test_an_invoice_that_cannot_be_holds_no_money_up(self):
        """Confirmed later, it is paid by what came; a repeated notification does no harm."""
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        self.customer.street = False
        order = self.order(confirm=False, l10n_cl_emit_document=False)
        transaction = self.transaction(
            sale_order_ids=[Command.set(order.ids)], operation="online_direct"
        )
        for _time in range(2):
            self.arrive(transaction)
            move = order.invoice_ids
            self.assertEqual((order.state, move.state), ("sale", "draft"))
            self.assertEqual(transaction.payment_id.amount, 35700)
            self.assertIn("street: is missing", move.activity_ids.note)
        self.customer.street = "Los Leones 55"
        move.action_post()
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.assertEqual(self.texts(move, "IdDoc/s:FmaPago"), ["1"])

    def test_a_draft_that_a_person_made_before_the_money_came(self):
        self.cable.type = "consu"
        for answer, state in ((False, "draft"), ("no", "posted")):
            order = self.order(l10n_cl_emit_document=False)
            order.order_line.qty_delivered = 3
            transaction = self.transaction(sale_order_ids=[Command.set(order.ids)])
            transaction._set_pending()
            move = order._create_invoices()
            move.l10n_cl_goods_travel = answer
            self.arrive(transaction)
            self.assertEqual((move.state, bool(move.activity_ids)), (state, not answer))
            self.assertTrue(transaction.payment_id)

    def test_a_repeated_notification_pays_once(self):
        statement = self.statement()
        transaction = self.transaction(l10n_cl_statement_ids=[Command.set(statement.ids)])
        self.arrive(transaction)
        self.arrive(transaction)
        self.assertEqual(len(statement.payment_ids), 1)
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_under_way_and_not_arrived(self):
        statement = self.statement()
        transaction = self.transaction(l10n_cl_statement_ids=[Command.set(statement.ids)])
        transaction._set_pending()
        self.assertEqual(statement.state, "processing_payment")
        transaction._set_canceled()
        self.assertEqual(statement.state, "pending")
        again = self.transaction(l10n_cl_statement_ids=[Command.set(statement.ids)])
        again._set_pending()
        again._set_error("Sin fondos")
        self.assertEqual((statement.state, statement.request_id.state), ("pending", "waiting"))

    def test_it_pays_the_oldest_that_it_covers_and_reports_the_rest(self):
        order = self.order(confirm=False)
        order.l10n_cl_statement_ids = [Command.create({"amount": 11900}) for _one in range(3)]
        order.action_confirm()
        self.arrive(self.transaction(30000, sale_order_ids=[Command.set(order.ids)]))
        states = order.l10n_cl_statement_ids.mapped("state")
        self.assertEqual(states, ["paid", "paid", "pending"])
        self.assertIn("covers no whole statement", order.activity_ids.summary)

    def test_refund_before_and_after_the_document(self):
        for emitted in (False, True):
            with self.subTest(emitted=emitted):
                statement = self.statement()
                source = self.transaction(l10n_cl_statement_ids=[Command.set(statement.ids)])
                self.arrive(source)
                if emitted:
                    self.run_requests()
                self.arrive(source._create_child_transaction(35700, is_refund=True))
                if emitted:
                    self.assertEqual(statement.state, "refunded")
                    self.assertEqual(statement.move_id.reversal_move_ids.state, "draft")
                else:
                    self.assertEqual(statement.state, "pending")
                    self.assertEqual(statement.request_id.state, "waiting")

    def test_a_partial_refund_is_reported(self):
        statement = self.statement()
        source = self.transaction(l10n_cl_statement_ids=[Command.set(statement.ids)])
        self.arrive(source)
        self.arrive(source._create_child_transaction(1000, is_refund=True))
        self.assertEqual(statement.state, "paid")
        self.assertIn("1000", statement.order_id.activity_ids.summary)
