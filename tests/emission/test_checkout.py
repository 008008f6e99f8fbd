"""The holder of the link of a statement gives the tax data, and then pays."""

from odoo import fields
from odoo.tests import new_test_user, tagged

from ...sii import clock
from .checkout_case import FACTURA, GOOD_RUT, WRONG_RUT, XSS, CheckoutCase

NOT_OFFERED = "not offered here|no se ofrece"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCheckout(CheckoutCase):
    def test_asked_by_policy_and_choice(self):
        order = self.owed().order_id
        asked = order._l10n_cl_checkout_fields
        self.assertEqual(order._l10n_cl_checkout_documents(), ["receipt", "invoice"])
        self.assertEqual(asked("receipt"), ("rut", "address", "commune"))
        self.assertEqual(
            asked("invoice"), ("rut", "business_name", "activity", "address", "commune")
        )
        self.policy.write({"ask_rut": False, "ask_address": False})
        self.assertEqual(asked("receipt"), ())
        self.policy.document = "receipt"
        self.assertEqual(order._l10n_cl_checkout_obstacle(), "")
        self.policy.document = "invoice"
        self.assertEqual(order._l10n_cl_checkout_documents(), ["invoice"])
        self.assertIn("RUT", order._l10n_cl_checkout_obstacle())

    def test_no_payment_before_the_data_are_complete(self):
        statement = self.owed()
        self.assertIn("Elija boleta o factura", self.start_payment(statement))
        answer = self.give(statement, "receipt", rut=GOOD_RUT)["errors"]
        self.assertEqual(sorted(answer), ["address", "commune"])
        self.assertIn("Elija boleta o factura", self.start_payment(statement))
        self.assertFalse(self.buyer.vat)
        given = {"rut": GOOD_RUT, "address": "Irarrázaval 1", "commune": "ÑUÑOA"}
        self.assertEqual(self.give(statement, "receipt", **given), {"errors": {}})
        self.assertEqual((self.buyer.vat, self.buyer.city), ("12345678-5", "Ñuñoa"))
        self.assertEqual(self.buyer.state_id.code, "CL-RM")
        processing = self.start_payment(statement)
        self.assertEqual((processing["amount"], processing["state"]), (35700, "draft"))

    def test_a_boleta_is_chosen_although_the_data_would_do_for_a_factura(self):
        statement = self.owed(self.customer)
        given = {"rut": "96.790.240-3", "address": "Los Leones 55", "commune": "Peñalolén"}
        self.assertEqual(self.give(statement, "receipt", **given), {"errors": {}})
        self.start_payment(statement)
        self.arrive(statement)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(statement.move_id.l10n_latam_document_type_id.code, "39")

    def test_a_factura_is_chosen(self):
        statement = self.owed()
        self.assertEqual(self.give(statement, **FACTURA), {"errors": {}})
        self.start_payment(statement)
        self.arrive(statement)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(statement.move_id.l10n_latam_document_type_id.code, "33")
        self.assertEqual(
            self.texts(statement.move_id, "Receptor/s:RznSocRecep"), ["Ferretería Ñuble Ltda."]
        )
        self.run_crons()
        self.assert_accepted(statement.move_id)

    def test_a_wrong_value_is_reported_and_nothing_is_kept(self):
        statement = self.owed()
        for name, value, sentence in (
            ("rut", WRONG_RUT, "después del guion"),
            ("rut", "hola", "después del guion"),
            ("rut", "", "Escriba su RUT"),
            ("rut", 7, "Escriba su RUT"),
            ("business_name", "", "razón social"),
            ("business_name", "a" * 101, "a lo más 100"),
            ("activity", "", "su giro"),
            ("activity", "g" * 41, "a lo más 40"),
            ("address", " \x00\t", "su dirección"),
            ("address", "a" * 100000, "a lo más 70"),
            ("commune", "Macondo", "ninguna comuna"),
            ("commune", "%", "ninguna comuna"),
            ("commune", None, "Escriba su comuna"),
        ):
            with self.subTest(name=name, value=str(value)[:20]):
                answer = self.give(statement, **{**FACTURA, name: value})["errors"]
                self.assertEqual(list(answer), [name])
                self.assertIn(sentence, answer[name])
        self.assertFalse(self.buyer.vat or self.buyer.street or self.buyer.city_id)
        self.assertFalse(statement.order_id.l10n_cl_chosen_document)

    def test_documents_that_the_policy_does_not_offer(self):
        statement = self.owed()
        for document in ("ticket", "", None, ["invoice"]):
            self.assertEqual(
                list(self.give(statement, document, **FACTURA)["errors"]), ["document"]
            )
        self.policy.document = "receipt"
        self.assertEqual(list(self.give(statement, **FACTURA)["errors"]), ["document"])

    def test_strangers(self):
        statement = self.owed()
        other = self.owed(self.customer)
        mine, theirs = statement._portal_ensure_token(), other._portal_ensure_token()
        self.env.flush_all()
        page = f"/my/statements/{statement.uuid}"
        for token in ("", theirs, mine[:-1], mine.upper(), str(statement.id)):
            with self.subTest(token=token):
                answer = self.url_open(f"{page}?access_token={token}")
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn(self.buyer.name, answer.text)
                self.assertIn("enlace no es válido", self.give(statement, token=token or "-"))
                started = self.start_payment(statement, access_token=token)
                self.assertIn("enlace no es válido", started)
        for uuid in (statement.id, "0" * 36, "a" * 3000, "%F1", "1 OR 1=1"):
            answer = self.url_open(f"/my/statements/{uuid}?access_token={mine}")
            self.assertEqual(answer.status_code, 404, uuid)
        self.assertFalse(statement.order_id.l10n_cl_chosen_document)

    def test_a_buyer_sees_his_own(self):
        new_test_user(self.env(su=True), login="rosa", groups="base.group_portal")
        user = self.env["res.users"].search([("login", "=", "rosa")])
        user.write({"company_ids": [(6, 0, self.company.ids)], "company_id": self.company.id})
        statement, other = self.owed(user.partner_id), self.owed(self.customer)
        self.env.flush_all()
        self.authenticate("rosa", "rosa")
        listed = self.url_open("/my/statements").text
        self.assertIn(statement.order_id.name, listed)
        self.assertNotIn(other.order_id.name, listed)
        self.assertEqual(self.url_open(f"/my/statements/{statement.uuid}").status_code, 200)
        self.assertEqual(self.url_open(f"/my/statements/{other.uuid}").status_code, 404)
        counted = self.call("/my/counters", counters=["l10n_cl_statement_count"])
        self.assertEqual(counted["l10n_cl_statement_count"], 1)

    def test_the_seller_sends_the_link(self):
        statement = self.owed()
        url = statement.l10n_cl_action_preview()["url"]
        self.env.flush_all()
        self.assertIn(statement.order_id.name, self.url_open(url).text)
        action = statement.with_context(active_id=statement.id, active_model=statement._name)
        share = self.env["portal.share"].with_context(**action.action_share()["context"]).create({})
        self.env.flush_all()
        answer = self.url_open(share.share_link)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(f"/my/statements/{statement.uuid}", answer.url)

    def test_a_name_is_a_text(self):
        self.buyer.name = XSS
        statement = self.owed()
        self.give(statement, **{**FACTURA, "business_name": XSS, "address": XSS})
        for record in (statement, statement.order_id):
            answer = self.url_open(self.link(record))
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn(XSS, answer.text)
            self.assertIn("&lt;script&gt;", answer.text)

    def test_the_amount_is_the_sellers(self):
        statement = self.owed(self.customer)
        statement.order_id.l10n_cl_chosen_document = "invoice"
        for amount in (1, 35699, -35700, "x", None, "1e400", "nan"):
            self.assertIn("ha cambiado", self.start_payment(statement, amount=amount))
        answer = self.start_payment(statement, sale_order_ids=[[6, 0, [1]]])
        self.assertIn("sale_order_ids", answer)
        self.assertFalse(
            self.env["payment.transaction"].search([("l10n_cl_statement_ids", "in", statement.ids)])
        )

    def test_only_by_what_is_offered(self):
        """The id of any provider can be sent: one that is off would be paid without money."""
        other = self.setup_other_company(name="Otra SpA")["company"]
        elsewhere = self.provider.sudo().copy({"company_id": other.id, "state": "test"})
        elsewhere.is_published = True
        asking = {"require_payment": True, "prepayment_percent": 1.0}
        order = self.order(confirm=False, partner_id=self.buyer.id, **asking)
        statement = self.owed()
        given = {"rut": GOOD_RUT, "address": "Irarrázaval 1", "commune": "ÑUÑOA"}
        for record in (statement, order):
            self.assertEqual(self.give(record, "receipt", **given), {"errors": {}})
            for off in ({"state": "disabled"}, {"is_published": False}, {"maximum_amount": 1}):
                was = {name: self.provider[name] for name in ("state", *off)}
                self.provider.write(off)
                with self.subTest(record=record, off=off):
                    self.assertRegex(str(self.start_payment(record)), NOT_OFFERED)
                self.provider.write({**was, "is_published": True})
            for choice in (
                {"provider_id": elsewhere.id},
                {"provider_id": "a"},
                {"provider_id": 2**40},
                {"payment_method_id": [1]},
                {"flow": "nope"},
                {"flow": "token", "token_id": "x"},
            ):
                with self.subTest(record=record, choice=choice):
                    self.assertRegex(str(self.start_payment(record, **choice)), NOT_OFFERED)
            paying = [("sale_order_ids", "in", order.ids)]
            paying = ["|", ("l10n_cl_statement_ids", "in", statement.ids), *paying]
            self.assertFalse(self.env["payment.transaction"].sudo().search(paying))
        self.assertIn("reference", self.start_payment(statement))

    def test_under_way_and_paid(self):
        statement = self.owed(self.customer)
        statement.order_id.l10n_cl_chosen_document = "invoice"
        self.start_payment(statement)
        transactions = self.env["payment.transaction"].sudo()
        transaction = transactions.search([("l10n_cl_statement_ids", "in", statement.ids)])
        transaction._set_pending()
        self.assertIn("en curso", self.start_payment(statement))
        self.arrive(statement)
        self.assertIn("ya no se debe nada", self.start_payment(statement))
        self.run_requests()
        page = self.url_open(self.link(statement)).text
        self.assertIn(statement.move_id.name, page)
        self.assertIn("/l10n_cl_sii/document/", page)
        self.assertNotIn("o_payment_form", page)
        self.assertIn("ya no se puede cambiar", self.give(statement, **FACTURA))

    def test_in_whose_name_documents_were_issued_stays(self):
        first = self.owed(self.customer)
        self.pay(first)
        self.run_requests()
        self.assert_emitted_once(first)
        statement = self.owed(self.customer)
        self.assertEqual(self.give(statement, **FACTURA), {"errors": {}})
        self.assertEqual(self.customer.vat, "96790240-3")
        self.assertFalse(self.customer.l10n_cl_business_name)
        self.assertEqual(self.customer.street, FACTURA["address"])

    def test_a_parked_factura_goes_on_when_its_buyer_completes_it(self):
        self.policy.document = "invoice"
        statement = self.owed()
        self.pay(statement)
        self.run_requests()
        self.assert_parked(statement.request_id, "buyer_incomplete", "rut")
        page = self.url_open(self.link(statement)).text
        self.assertIn("Complete estos datos para recibir su documento.", page)
        self.assertNotIn("o_payment_form", page)
        self.assertEqual(self.give(statement, **FACTURA), {"errors": {}})
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_uf_is_paid_in_the_pesos_of_the_day(self):
        uf = self.env.ref("base.CLF", raise_if_not_found=False) or self.env["res.currency"].create(
            {"name": "CLF", "symbol": "UF"}
        )
        uf.active = True
        order = self.order(confirm=False, partner_id=self.customer.id)
        statement = self.env["l10n_cl.statement"].create(
            {"order_id": order.id, "amount": 1.5, "currency_id": uf.id, "due_date": clock.today()}
        )
        order.action_confirm()
        order.l10n_cl_chosen_document = "invoice"
        self.assertIn("valor de hoy", self.start_payment(statement, amount=1.5))
        self.env["res.currency.rate"].create(
            {
                "currency_id": uf.id,
                "name": clock.today(),
                "company_id": self.company.id,
                "inverse_company_rate": 38000,
            }
        )
        self.assertEqual(self.start_payment(statement, amount=57000)["amount"], 57000)

    def test_orders_are_paid_with_the_same_data(self):
        order = self.order(
            confirm=False,
            partner_id=self.buyer.id,
            require_payment=True,
            require_signature=False,
        )
        order.state = "sent"
        page = self.url_open(self.link(order)).text
        self.assertIn("o_l10n_cl_checkout", page)
        self.assertIn("Elija boleta o factura", self.start_payment(order))
        self.assertIn("enlace no es válido", self.give(order, token="no", **FACTURA))
        self.assertEqual(self.give(order, **FACTURA), {"errors": {}})
        self.assertEqual(self.start_payment(order)["amount"], 35700)
        order.l10n_cl_emit_document = False
        self.assertNotIn("o_l10n_cl_checkout", self.url_open(self.link(order)).text)
        self.assertEqual(self.start_payment(order)["amount"], 35700)

    def test_an_order_shows_its_plan(self):
        order = self.order(confirm=False, partner_id=self.buyer.id)
        day = clock.today()
        order.l10n_cl_statement_ids = [
            (0, 0, {"amount": 11900, "due_date": fields.Date.add(day, months=month)})
            for month in range(3)
        ]
        order.action_confirm()
        page = self.url_open(self.link(order)).text
        for statement in order.l10n_cl_statement_ids:
            self.assertIn(statement.uuid, page)
