"""Goods that programs sell: asked for, sent, confirmed, and what the document states of them."""

from datetime import datetime, time, timedelta

from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii.tests.transport.transport_case import TransportCase

from ..common import ApiCase

BUSINESS = {
    "rut": "76.123.456-0",
    "business_name": "Acme SpA",
    "activity": "Ferretería",
    "address": "Av. Apoquindo 1234, Oficina 802",
    "commune": "Las Condes",
    "region": "Metropolitana de Santiago",
    "email": "pagos@acme.example",
}
CONSUMER = {"rut": "12.345.678-5", "address": "Los Aromos 45", "commune": "Maipú"}
CEMENT = {"name": "Cemento 25 kg", "value": 5950, "currency": "CLP", "kind": "goods"}


def instant(days=0, hour=12):
    """An hour in Chile, as programs send it."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(hour, 30), clock.CHILE).isoformat()


def day(days=0):
    return str(clock.today() + timedelta(days=days))


class TransportApiCase(ApiCase, TransportCase):
    def carried(self, **values):
        return {
            "plate": "ab-cd 12",
            "carrier": {"rut": "76.192.083-9", "name": "Transportes Sur"},
            "driver": {"rut": "12.345.678-5", "name": "Luis Rojas"},
            "destination": {"address": "Camino a Melipilla 8100", "commune": "Maipú"},
            "departs_at": instant(),
            **values,
        }

    def sold(self, information=None, products=(CEMENT,), **values):
        service = self.make_service(products=list(products))
        return self.enrol(service, invoice_information=information or BUSINESS, **values)

    def statement_of(self, enrolled):
        uuid = enrolled["statements"][0]["id"]
        return self.env["l10n_cl.statement"].search([("uuid", "=", uuid)])

    def pay_for(self, statement, **values):
        payment = {"amount": statement["amount"], **values}
        return self.call("POST", f"/statements/{statement['id']}/payments", {"payment": payment})

    def emission(self, statement):
        return self.call("GET", f"/statements/{statement['id']}")[1]["data"]["emission"]

    def update(self, statement, status=200, **values):
        path = f"/statements/{statement['id']}"
        got, answer = self.call("PATCH", path, {"statement": values})
        self.assertEqual(got, status, answer)
        return answer

    def codes(self, answer):
        return [(each["code"], each["param"]) for each in answer.get("warnings", ())]


class TestTransport(TransportApiCase):
    def test_transport_is_sent_with_the_payment(self):
        enrolled = self.sold()
        [statement] = enrolled["statements"]
        early = statement["emission"]["reason"]
        self.assertEqual(early["code"], "goods_travel_missing")
        self.assertEqual((early["field"], early["confirmable"]), ("goods_travel", True))
        transport = self.carried(dispatch="to_receiver", trailer_plate="JK-4567")
        status, answer = self.pay_for(statement, transport=transport)
        self.assertEqual((status, self.codes(answer)), (201, []))
        self.run_requests()
        move = self.statement_of(enrolled).move_id
        expected = {
            "Transporte/s:Patente": "ABCD12",
            "Transporte/s:PatenteCarro": "JK4567",
            "Transporte/s:RUTTrans": "76192083-9",
            "Transporte/s:Chofer/s:RUTChofer": "12345678-5",
            "Transporte/s:Chofer/s:NombreChofer": "Luis Rojas",
            "Transporte/s:DirDest": "Camino a Melipilla 8100",
            "Transporte/s:CmnaDest": "Maipú",
            "Transporte/s:FchSalida": day(),
            "Transporte/s:HraSalida": "12:30:00",
        }
        for path, text in expected.items():
            self.assertEqual(self.texts(move, path), [text], path)
        self.run_crons()
        self.assertEqual(self.emission(statement)["state"], "accepted")
        # contacts that were there are the ones that are named
        self.assertEqual(move.l10n_cl_carrier_id, self.carrier)
        self.assertEqual(move.l10n_cl_driver_id, self.driver)

    def test_without_transport_it_waits_and_is_not_lost(self):
        enrolled = self.sold()
        [statement] = enrolled["statements"]
        status, answer = self.pay_for(statement)
        [warning] = answer["warnings"]
        self.assertEqual((status, warning["code"]), (201, "goods_travel_missing"))
        self.assertEqual((warning["param"], warning["confirmable"]), ("payment.goods_travel", True))
        self.run_requests()
        emission = self.emission(statement)
        self.assertEqual(emission["state"], "parked")
        self.assertEqual(emission["reason"]["code"], "goods_travel_missing")
        self.assertIn("Nobody has said", emission["reason"]["message"])
        self.assertTrue(emission["reason"]["confirmable"])
        self.assertTrue(self.statement_of(enrolled).request_id.activity_ids)
        self.update(statement, confirm=["goods_travel_missing"])
        self.run_requests()
        self.assertEqual(self.emission(statement)["state"], "signed")
        self.assertFalse(self.texts(self.statement_of(enrolled).move_id, "Transporte"))

    def test_every_way_to_state_that_goods_do_not_travel(self):
        for values in (
            {"goods_travel": False},
            {"transport": {"goods_travel": False}},
            {"confirm": ["goods_travel_missing"]},
        ):
            with self.subTest(values):
                enrolled = self.sold(**values)
                [statement] = enrolled["statements"]
                self.assertIs(statement["goods_travel"], False)
                self.assertIsNone(statement["emission"]["reason"])
                self.pay_for(statement)
                self.run_requests()
                self.assertEqual(self.emission(statement)["state"], "signed")

    def test_parked_until_transport_is_sent(self):
        enrolled = self.sold()
        [statement] = enrolled["statements"]
        self.pay_for(statement)
        self.run_requests()
        answer = self.update(
            statement, transport=self.carried(not_known=["departure"], departs_at=None)
        )
        self.assertEqual(self.codes(answer), [])
        self.run_requests()
        move = self.statement_of(enrolled).move_id
        [text] = self.texts(move, "DscItem")
        self.assertTrue(text.endswith("No se cuenta con la información de fecha y hora de salida."))

    def test_a_vehicle_that_is_known(self):
        sent = {"destination": {"address": "Km 8", "commune": "Lampa"}, "departs_at": instant()}
        sent["origin_branch"] = self.cellar.code
        for vehicle in ("AB-CD12", self.truck.id):
            enrolled = self.sold(transport={**sent, "vehicle": vehicle})
            transport = enrolled["statements"][0]["transport"]
            self.assertEqual(transport["plate"], "ABCD12")
            self.assertEqual(transport["driver"], {"rut": "12345678-5", "name": "Luis Rojas"})
            self.assertEqual(transport["origin_branch"], str(self.cellar.code))
        self.pay_for(enrolled["statements"][0])
        self.run_requests()
        move = self.statement_of(enrolled).move_id
        self.assertEqual(self.texts(move, "Emisor/s:DirOrigen"), ["Lo Echevers 550"])
        self.assertEqual(move.l10n_cl_vehicle_id, self.truck)
        # of the vehicle, unless something else is sent
        enrolled = self.sold(transport={**sent, "vehicle": "ABCD12", "not_known": ["driver"]})
        self.assertIsNone(enrolled["statements"][0]["transport"]["driver"])

    def test_what_was_read_is_sent_back(self):
        enrolled = self.sold(transport=self.carried(arrives_on=day(1)))
        [statement] = enrolled["statements"]
        answer = self.update(statement, transport=statement["transport"], goods_travel=True)
        self.assertEqual(answer["data"]["transport"], statement["transport"])
        place = self.statement_of(enrolled).l10n_cl_destination_id
        self.assertEqual(place.parent_id.l10n_cl_uuid, enrolled["buyer_id"])
        self.assertEqual(self.call("GET", "/buyers")[1]["data"][0]["id"], enrolled["buyer_id"])
        # and it is asked again when it is taken back
        answer = self.update(statement, goods_travel=None)
        self.assertEqual(self.codes(answer), [("goods_travel_missing", "statement.goods_travel")])

    def test_each_thing_that_is_wrong_has_its_code(self):
        enrolled = self.sold()
        [statement] = enrolled["statements"]
        other = (
            self.env["l10n_cl.vehicle"]
            .sudo()
            .create({"plate": "ZZ9999", "company_id": self.setup_other_company()["company"].id})
        )
        rows = [
            ({"plate": None}, "transport_plate_missing", "plate"),
            ({"plate": "CAMION"}, "plate_invalid", "plate"),
            ({"plate": "AB CD 12 34 5"}, "plate_invalid", "plate"),
            ({"plate": "ñandú1"}, "plate_invalid", "plate"),
            ({"trailer_plate": "12 34"}, "plate_invalid", "trailer_plate"),
            ({"carrier": None}, "transport_carrier_rut_missing", "carrier.rut"),
            ({"carrier": {"name": "Sur"}}, "transport_carrier_rut_missing", "carrier.rut"),
            ({"carrier": {"rut": "76192083-1"}}, "rut_invalid", "carrier.rut"),
            ({"driver": None}, "transport_driver_rut_missing", "driver.rut"),
            ({"driver": {"name": "Luis"}}, "transport_driver_rut_missing", "driver.rut"),
            ({"driver": {"rut": "12345678-5"}}, "transport_driver_name_missing", "driver.name"),
            ({"driver": {"rut": "1", "name": "L"}}, "rut_invalid", "driver.rut"),
            ({"destination": None}, "transport_address_missing", "destination.address"),
            (
                {"destination": {"commune": "Maipú"}},
                "transport_address_missing",
                "destination.address",
            ),
            (
                {"destination": {"address": "Km 8"}},
                "transport_comuna_missing",
                "destination.commune",
            ),
            (
                {"destination": {"address": "Km 8", "commune": "maipu"}},
                "invalid_commune",
                "destination.commune",
            ),
            (
                {"destination": {"address": "Km 8", "commune": 7}},
                "invalid_commune",
                "destination.commune",
            ),
            ({"departs_at": None}, "transport_departs_at_missing", "departs_at"),
            ({"departs_at": instant(-1)}, "departure_before_issue", "departs_at"),
            ({"departs_at": day()}, "invalid_parameter", "departs_at"),
            ({"departs_at": f"{day()}T10:00:00"}, "invalid_parameter", "departs_at"),
            ({"departs_at": "0001-01-01T00:00:00+14:00"}, "invalid_parameter", "departs_at"),
            ({"departs_at": 5}, "invalid_parameter", "departs_at"),
            ({"arrives_on": day(-1)}, "arrival_before_departure", "arrives_on"),
            ({"arrives_on": "mañana"}, "invalid_parameter", "arrives_on"),
            ({"not_known": ["plate"]}, "told_and_not_known", "plate"),
            ({"not_known": ["weather"]}, "invalid_parameter", "not_known.0"),
            ({"not_known": "plate"}, "invalid_parameter", "not_known"),
            ({"dispatch": "by_air"}, "invalid_parameter", "dispatch"),
            ({"driver": "Luis"}, "invalid_parameter", "driver"),
            ({"plate": "AB\u0000CD12"}, "invalid_parameter", "plate"),
        ]
        for wrong, code, name in rows:
            for param, call in (
                ("statement", lambda **v: self.refused(*self.patch(statement, v))),
                ("payment", lambda **v: self.refused(*self.payment(statement, v))),
            ):
                with self.subTest(param=param, wrong=wrong):
                    error = call(transport=self.carried(**wrong))
                    self.assertEqual(error["code"], code, error)
                    self.assertEqual(error["param"], f"{param}.transport.{name}")
        for wrong in ({"vehicle": "XX1111"}, {"vehicle": other.plate}, {"vehicle": other.id}):
            error = self.refused(*self.patch(statement, {"transport": self.carried(**wrong)}), 404)
            self.assertEqual(error["param"], "statement.transport.vehicle")
        for branch in ("Nowhere", 7, "9" * 30):
            sent = {"transport": self.carried(origin_branch=branch)}
            error = self.refused(*self.patch(statement, sent), 404)
            self.assertEqual(error["param"], "statement.transport.origin_branch")
        for wrong, name in (
            ({"goods_travel": True}, "transport"),
            ({"goods_travel": False, "transport": self.carried()}, "goods_travel"),
            ({"confirm": ["goods_travel_missing"], "goods_travel": True}, "goods_travel"),
            ({"confirm": ["all"]}, "confirm.0"),
            ({"goods_travel": "no"}, "goods_travel"),
            ({"transport": []}, "transport"),
        ):
            error = self.refused(*self.patch(statement, wrong))
            self.assertEqual(error["param"], f"statement.{name}")
        self.assertFalse(self.statement_of(enrolled).l10n_cl_goods_travel)
        self.assertEqual(self.statement_of(enrolled).state, "pending")

    def patch(self, statement, values):
        return "PATCH", f"/statements/{statement['id']}", {"statement": values}

    def payment(self, statement, values):
        payment = {"amount": statement["amount"], **values}
        return "POST", f"/statements/{statement['id']}/payments", {"payment": payment}

    def test_a_departure_in_the_past_is_reported_and_corrected(self):
        """Enrolled with a departure, paid days later."""
        enrolled = self.sold(transport=self.carried())
        [statement] = enrolled["statements"]
        self.statement_of(enrolled).sudo().l10n_cl_departs_at = self.at(-2)
        self.pay_for(statement)
        self.run_requests()
        reason = self.emission(statement)["reason"]
        self.assertEqual(reason["code"], "departure_before_issue")
        self.assertEqual(reason["field"], "transport.departs_at")
        self.assertNotIn("confirmable", reason)
        self.update(statement, transport=self.carried(departs_at=instant(1)))
        self.run_requests()
        reason = self.emission(statement)["reason"]
        self.assertEqual(reason["code"], "transport_arrives_on_missing")
        sent = self.carried(departs_at=instant(1), arrives_on=day(1))
        self.update(statement, transport=sent)
        self.run_requests()
        self.assertEqual(self.emission(statement)["state"], "signed")

    def test_transport_of_a_boleta_is_reported_as_unexpected(self):
        enrolled = self.sold(CONSUMER)
        [statement] = enrolled["statements"]
        self.assertIsNone(statement["emission"]["reason"])
        answer = self.update(statement, transport=self.carried())
        self.assertEqual(self.codes(answer), [("transport_unexpected", "statement.transport")])
        self.pay_for(statement)
        self.run_requests()
        self.assertEqual(self.emission(statement)["document_type"], 39)

    def test_services_are_not_asked(self):
        service = {**CEMENT, "kind": "service"}
        enrolled = self.sold(products=[service])
        self.assertIsNone(enrolled["statements"][0]["emission"]["reason"])
        # but who states that something travels with their factura is believed
        enrolled = self.sold(products=[service], transport=self.carried())
        self.pay_for(enrolled["statements"][0])
        self.run_requests()
        move = self.statement_of(enrolled).move_id
        self.assertEqual(self.texts(move, "Transporte/s:Patente"), ["ABCD12"])

    def test_an_instalment_of_a_plan_and_several_statements_at_once(self):
        plan = self.make_plan([11900, 11900], invoice_information=BUSINESS)
        ids = [each["id"] for each in plan["installments"]]
        payment = {"statement_ids": ids, "amount": 23800, "transport": self.carried()}
        self.made("/payments", {"payment": payment})
        self.run_requests()
        for uuid in ids:
            move = self.env["l10n_cl.statement"].search([("uuid", "=", uuid)]).move_id
            self.assertEqual(self.texts(move, "Transporte/s:Patente"), ["ABCD12"])

    def test_a_payment_sent_twice(self):
        """The second time nothing is written, whatever became of the first."""
        enrolled = self.sold()
        [statement] = enrolled["statements"]
        sent = {"external_id": "webpay-1", "transport": self.carried()}
        self.assertEqual(self.pay_for(statement, **sent)[0], 201)
        self.run_requests()
        self.assertEqual(self.pay_for(statement, **sent)[0], 200)
        error = self.update(statement, 400, goods_travel=False)["error"]
        self.assertEqual(error["code"], "already_emitted")

    def test_what_was_forgotten_is_taken_when_the_payment_is_sent_again(self):
        enrolled = self.sold()
        [statement] = enrolled["statements"]
        self.assertEqual(self.pay_for(statement, external_id="webpay-2")[0], 201)
        self.run_requests()
        status, answer = self.pay_for(statement, external_id="webpay-2", goods_travel=False)
        self.assertEqual((status, self.codes(answer)), (200, []))
        self.run_requests()
        self.assertEqual(self.emission(statement)["state"], "signed")

    def test_the_openapi_lists_the_fields(self):
        openapi = self.call("GET", "/openapi.json")[1]
        parts = openapi["components"]["schemas"]
        for name in ("Payment", "SinglePaymentBuyer", "Statement"):
            properties = parts[name]["properties"]
            self.assertLessEqual({"transport", "goods_travel", "confirm"}, properties.keys(), name)
        self.assertIn("patch", openapi["paths"]["/statements/{uuid}"])
        self.assertIn("not_known", parts["Transport"]["properties"])

    def test_another_company_s_is_not_found(self):
        [statement] = self.sold()["statements"]
        other = self.setup_other_company()["company"]
        _client, auth = self.make_client(other)
        self.refused(*self.patch(statement, {"goods_travel": False}), 404, auth=auth)

    def test_kinds_of_products(self):
        made = self.make_service(products=[CEMENT, {**CEMENT, "kind": "service"}])
        self.assertEqual(made["products"][0], CEMENT)
        self.assertNotIn("kind", made["products"][1])
        body = {"single_payment": {"name": "x"}, "products": [{**CEMENT, "kind": "food"}]}
        self.assertEqual(self.refused("POST", "/single_payments", body)["param"], "products.0.kind")

    def test_a_person_corrects_it_on_the_screen(self):
        enrolled = self.sold(transport=self.carried())
        [statement] = enrolled["statements"]
        record = self.statement_of(enrolled)
        record.sudo().l10n_cl_departs_at = self.at(-2)
        self.pay_for(statement)
        self.run_requests()
        self.assertEqual(record.request_id.reason_model, "l10n_cl.statement")
        clerk = self.member("cobranza", "base.group_user,account.group_account_invoice")
        record.with_user(clerk).l10n_cl_departs_at = self.at()
        self.run_requests()
        self.assertEqual(self.emission(statement)["state"], "signed")
