"""What keeps a document back is visible, has an owner, and goes on when it is corrected."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ...sii import clock
from .emission_case import EmissionCase


class TestEmissionParked(EmissionCase):
    def paid(self, **values):
        statement = self.statement(**values)
        self.pay(statement)
        self.run_requests()
        return statement

    def assert_goes_on(self, statement):
        self.assertEqual(statement.request_id.state, "ready")
        self.assertFalse(statement.request_id.activity_ids)
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_without_policy_it_is_parked_before_anybody_pays(self):
        self.company.l10n_cl_emission_policy_id = False
        statement = self.statement()
        request = statement.request_id
        self.assert_parked(request, "policy_missing")
        self.pay(statement)
        self.run_requests()
        self.assert_parked(request, "policy_missing")
        self.company.l10n_cl_emission_policy_id = self.policy
        self.assert_goes_on(statement)

    def test_a_policy_on_the_order(self):
        self.company.l10n_cl_emission_policy_id = False
        statement = self.statement()
        statement.order_id.l10n_cl_emission_policy_id = self.policy
        self.assertEqual(statement.request_id.state, "waiting")
        self.assertFalse(statement.request_id.activity_ids)

    def test_policy_deleted_while_requests_wait(self):
        statement = self.statement()
        self.assertEqual(statement.request_id.state, "waiting")
        self.policy.unlink()
        self.assert_parked(statement.request_id, "policy_missing")
        self.pay(statement)
        self.assertEqual(statement.state, "paid")
        self.company.l10n_cl_emission_policy_id = self.policy.create(
            {"company_id": self.company.id}
        )
        self.assert_goes_on(statement)

    def test_policy_changed_while_requests_wait(self):
        self.policy.emit_at = "due_date"
        statement = self.statement(days=30)
        self.pay(statement)
        self.assertEqual(statement.request_id.state, "waiting")
        self.policy.emit_at = "payment"
        self.assert_goes_on(statement)

    def test_incomplete_factura(self):
        for field, named in (("street", "address"), ("city_id", "commune")):
            with self.subTest(named):
                before = self.customer[field]
                self.customer[field] = False
                statement = self.statement()
                self.assertIn("missing", statement.request_id.foreseen)
                self.pay(statement)
                self.run_requests()
                self.assert_parked(statement.request_id, "buyer_incomplete", named)
                self.customer[field] = before
                self.assert_goes_on(statement)

    def test_a_person_gives_the_business_name_of_a_factura(self):
        person = self._create_customer(is_company=False, name="Rosa Ñancupil")
        statement = self.paid(partner_id=person.id)
        self.assert_parked(statement.request_id, "buyer_incomplete", "business_name")
        person.l10n_cl_business_name = "Ferretería Rosa E.I.R.L."
        self.assert_goes_on(statement)
        self.assertEqual(self.texts(statement.move_id, "RznSocRecep"), ["Ferretería Rosa E.I.R.L."])

    def test_wrong_rut_of_a_factura(self):
        self.customer._l10n_cl_write_invoice_information({"rut": "76.123.456-7"})
        statement = self.paid()
        self.assert_parked(statement.request_id, "rut_invalid", "rut")
        self.customer.vat = "96790240-3"
        self.assert_goes_on(statement)

    def test_boleta_of_a_buyer_without_rut(self):
        buyer = self.env["res.partner"].create({"name": "Ana Díaz"})
        statement = self.paid(partner_id=buyer.id)
        self.assert_emitted_once(statement)
        self.assertEqual(self.texts(statement.move_id, "RUTRecep"), ["66666666-6"])
        self.run_crons()
        self.assert_accepted(statement.move_id)

    def test_boleta_of_a_buyer_whose_rut_is_wrong(self):
        buyer = self.env["res.partner"].create({"name": "Ana Díaz"})
        buyer._l10n_cl_write_invoice_information({"rut": "12.345.678-9"})
        statement = self.paid(partner_id=buyer.id)
        self.assertEqual(self.texts(statement.move_id, "RUTRecep"), ["66666666-6"])
        self.policy.ask_rut = True
        statement = self.paid(partner_id=buyer.id)
        self.assert_parked(statement.request_id, "rut_invalid", "rut")

    def test_boleta_with_what_the_policy_asks_for(self):
        self.policy.write({"document": "receipt", "ask_address": True})
        buyer = self.env["res.partner"].create({"name": "Ana Díaz", "vat": "12345678-5"})
        statement = self.paid(partner_id=buyer.id)
        self.assert_parked(statement.request_id, "buyer_data_asked", "address")
        self.policy.ask_address = False
        self.assert_goes_on(statement)

    def test_exempt(self):
        self.policy.vat_exempt = True
        buyer = self.env["res.partner"].create({"name": "Ana Díaz"})
        factura, boleta = self.paid(), self.paid(partner_id=buyer.id)
        moves = factura.move_id + boleta.move_id
        codes = moves.mapped("l10n_latam_document_type_id.code")
        self.assertEqual((codes, moves.mapped("amount_tax")), (["34", "41"], [0, 0]))
        self.assertEqual(moves.mapped("amount_total"), [35700, 35700])
        self.run_crons()
        self.assert_accepted(moves)

    def test_no_folios_until_a_caf_is_loaded(self):
        self.cafs[33].active = False
        statement = self.paid()
        self.assert_parked(statement.request_id, "no_folios")
        self.load_caf(33)
        self.assert_goes_on(statement)

    def test_no_certificate_until_there_is_one(self):
        issuer = self.issuer.sudo()
        issuer.certificate_id, certificate = False, issuer.certificate_id
        statement = self.paid()
        self.assert_parked(statement.request_id, "issuer_not_ready")
        issuer.certificate_id = certificate
        self.assert_goes_on(statement)

    def test_uf_of_the_payment_day(self):
        uf = self.env.ref("base.CLF")
        uf.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", uf.id)]).unlink()
        statement = self.statement(days=20)
        statement.write({"amount": 2.5, "currency_id": uf.id})
        with self.assertRaisesRegex(UserError, "no rate"):
            self.pay(statement)
        rates = self.env["res.currency.rate"]
        rate = rates.create(
            {"currency_id": uf.id, "name": clock.today(), "inverse_company_rate": 39000}
        )
        self.pay(statement)
        rate.unlink()
        self.run_requests()
        self.assert_parked(statement.request_id, "rate_missing")
        rates.create({"currency_id": uf.id, "name": clock.today(), "inverse_company_rate": 39000})
        self.run_requests()
        move = statement.move_id
        self.assertEqual((move.currency_id.name, move.amount_total), ("CLP", 97500))
        self.assertIn(move.payment_state, ("paid", "in_payment"))

    def test_order_cancelled(self):
        unpaid, paid = self.statement(), self.statement(days=2)
        self.policy.emit_at = "due_date"
        self.pay(paid)
        (unpaid + paid).order_id._action_cancel()
        self.assertEqual(unpaid.request_id.state, "cancelled")
        self.policy.emit_at = "payment"
        self.run_requests()
        self.assert_parked(paid.request_id, "order_cancelled")
        unpaid.order_id.action_draft()
        self.assertEqual(unpaid.request_id.state, "waiting")

    def test_switched_off_and_on_again(self):
        statement = self.statement()
        statement.order_id.l10n_cl_emit_document = False
        self.pay(statement)
        self.assertEqual(statement.request_id.state, "cancelled")
        statement.order_id.l10n_cl_emit_document = True
        self.assertEqual(statement.request_id.state, "cancelled")
        statement.request_id.action_retry()
        self.assert_goes_on(statement)
        unpaid = self.statement()
        for on in (False, True):
            unpaid.order_id.l10n_cl_emit_document = on
        self.pay(unpaid)
        self.assert_goes_on(unpaid)

    def test_given_up_stays_given_up_until_a_person_takes_it_up(self):
        statement = self.statement()
        request = statement.request_id
        request.action_cancel()
        self.pay(statement)
        self.run_requests()
        self.assertEqual((statement.state, request.state), ("paid", "cancelled"))
        request.action_retry()
        self.assert_goes_on(statement)
        with self.assertRaisesRegex(UserError, "emitted already"):
            request.action_cancel()

    def test_retry_of_what_is_not_paid_does_not_emit(self):
        self.company.l10n_cl_emission_policy_id = False
        statement = self.statement()
        statement.request_id.action_retry()
        self.assert_parked(statement.request_id, "policy_missing")
        self.company.l10n_cl_emission_policy_id = self.policy
        self.run_requests()
        self.assertEqual(statement.request_id.state, "waiting")

    def test_only_emitters_act(self):
        self.company.l10n_cl_emission_policy_id = False
        salesman = new_test_user(
            self.env(su=True),
            "vendedor",
            "sales_team.group_sale_salesman_all_leads",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        request = self.statement().request_id.with_user(salesman)
        for act in (request.action_retry, request.action_cancel, request.action_emit_now):
            with self.assertRaises(AccessError):
                act()

    def test_a_parked_request_shows_who_and_since_when(self):
        self.customer.street = False
        request = self.paid().request_id
        self.assertEqual(request.user_id, request.order_id.user_id)
        self.assertTrue(request.parked_at)
        self.assertEqual(request.activity_ids.user_id, request.user_id)
        action = request.action_open_reason()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.customer.id))

    def test_a_document_that_odoo_refuses(self):
        """Nothing of it is kept: no folio, no invoice; and it goes on when the cause is gone."""
        statement = self.statement()
        self.cable.property_account_income_id = self.account = self._closed_account()
        self.pay(statement)
        self.run_requests()
        self.assert_parked(statement.request_id, "not_legal")
        self.assertFalse(statement.order_id.invoice_ids)
        self.cable.property_account_income_id = False
        statement.request_id.action_retry()
        self.assert_goes_on(statement)

    def _closed_account(self):
        account = self.company_data["default_account_revenue"].copy()
        account.active = False
        return account

    def test_only_fields_that_can_fix_it_try_it_again(self):
        statement = self.statement()
        self.cable.property_account_income_id = self._closed_account()
        self.pay(statement)
        self.run_requests()
        request = statement.request_id
        self.customer.phone = "+56 2 2345 6789"
        self.assert_parked(request, "not_legal")
        self.customer.street = "Otra 123"
        self.assertEqual(request.state, "ready")

    def test_what_the_rules_read_of_a_card_is_tried_when_it_changes(self):
        """Whatever of it the SII's alphabet does not have keeps the document back."""
        for field, card, wrong, right in (
            ("email", self.customer, "compras@商店.cl", "compras@tienda.cl"),
            ("ref", self.customer, "客户 7", "C-7"),
            ("email", self.company, "ventas@商店.cl", "ventas@tienda.cl"),
        ):
            with self.subTest(field=field, card=card):
                card[field] = wrong
                request = self.paid().request_id
                self.run_requests()
                self.assert_parked(request, "not_legal")
                card[field] = right
                self.assertEqual(request.state, "ready")
                self.run_requests()
                self.assertEqual(request.state, "done")

    def test_changes_that_fix_nothing_are_not_tried(self):
        self.customer.street = False
        request = self.paid().request_id
        history = request.event_ids
        self.customer.phone = "+56 2 2345 6789"
        self.company.phone = "+56 2 2345 6789"
        self.assertEqual((request.state, request.event_ids), ("parked", history))

    def test_a_quotation_shows_that_it_is_not_confirmed(self):
        order = self.order(confirm=False)
        self.assertIs(order.l10n_cl_emit(), True)
        self.run_requests()
        request = order.l10n_cl_statement_ids.request_id
        self.assert_parked(request, "order_not_confirmed")
        self.assertIs(request.action_retry(), True)
        self.run_requests()
        self.assert_parked(request, "order_not_confirmed")
        order.action_confirm()
        self.run_requests()
        self.assert_emitted_once(order.l10n_cl_statement_ids)
