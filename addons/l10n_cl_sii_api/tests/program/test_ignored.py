"""Whatever is sent and ignored is reported; what is asked for and does not exist is refused."""

from ..common import PRODUCT, ApiCase

LISTS = (
    "/buyers",
    "/single_payments",
    "/single_payment_buyers",
    "/payment_plans",
    "/statements",
    "/payments",
    "/webhooks",
)


class TestIgnored(ApiCase):
    def codes(self, answer):
        return [(each["code"], each["param"]) for each in answer.get("warnings", [])]

    def test_filters_that_do_not_exist(self):
        for path in LISTS:
            for query in ("emial=a", "external_ids=1", "Page=2", "status_=paid"):
                error = self.refused("GET", f"{path}?{query}", None)
                reported = (error["code"], error["param"])
                self.assertEqual(reported, ("unknown_parameter", query.partition("=")[0]))
        self.refused("POST", "/buyers?x=1", {"buyer": {"name": "Ana"}})
        self.assertEqual(self.call("GET", "/buyers?page=1")[0], 200)

    def test_misspelt_fields(self):
        body = {"buyer": {"name": "Ana", "emial": "a@b.cl"}, "note": 1}
        status, answer = self.call("POST", "/buyers", body)
        expected = [("unknown_parameter", "note"), ("unknown_parameter", "buyer.emial")]
        self.assertEqual((status, sorted(self.codes(answer))), (201, sorted(expected)))
        service = {"single_payment": {"name": "Curso", "emit_documents": True}}
        service |= {"products": [{**PRODUCT, "quantity": 3}], "invoice_config": {}}
        _status, answer = self.call("POST", "/single_payments", service)
        names = ("single_payment.emit_documents", "products.quantity", "invoice_config")
        self.assertEqual({param for _code, param in self.codes(answer)}, set(names))

    def test_what_was_read_is_sent_back(self):
        service = self.make_service()
        body = {"single_payment": service, "products": service["products"]}
        status, answer = self.call("PUT", f"/single_payments/{service['id']}", body)
        self.assertEqual(status, 200)
        ignored = {param for _code, param in self.codes(answer)}
        self.assertLessEqual(
            ignored, {"single_payment.products", "single_payment.invoice_configuration"}
        )

    def test_one_language(self):
        """English as in the guide, or the one that Accept-Language asks for."""
        self.env["res.lang"].sudo()._activate_lang("es_CL")
        body, texts = {"buyer": {"name": "Ana", "emial": "x"}}, {}
        for header in (None, "en", "es-CL", "es", "xx", "es;q=x"):
            headers = {} if header is None else {"Accept-Language": header}
            _status, answer = self.call("POST", "/buyers", body, headers=headers)
            texts[header] = answer["warnings"][0]["message"]
        self.assertEqual(texts[None], "There is no such field: it was not heeded.")
        self.assertEqual({texts[None]}, {texts["en"], texts["xx"], texts["es;q=x"]})
        self.assertEqual(texts["es"], texts["es-CL"])

    def test_null_of_what_cannot_be_emptied(self):
        service = self.make_service()
        body = {"single_payment": {"emit_document": None, "description": None}, "products": None}
        _status, answer = self.call("PATCH", f"/single_payments/{service['id']}", body)
        expected = {("null_ignored", "single_payment.emit_document"), ("null_ignored", "products")}
        self.assertEqual(set(self.codes(answer)), expected)

    def test_external_id_is_found_and_given_once(self):
        plan = {"external_id": "p1", "invoice_information": {}}
        made = {
            "/buyers": self.make_buyer(external_id="b1"),
            "/single_payments": self.make_service(external_id="s1"),
            "/payment_plans": self.make_plan([1000], **plan),
        }
        sold = self.enrol(made["/single_payments"], external_id="p1", invoice_information={})
        made["/single_payment_buyers"] = sold
        for path, one in made.items():
            query = f"{path}?external_id={one['external_id']}"
            found = self.call("GET", query)[1]["data"]
            self.assertEqual([each["id"] for each in found], [one["id"]], path)
            self.assertEqual(self.call("GET", f"{path}?external_id=none")[1]["data"], [])
            self.assertEqual(self.call("GET", f"{path}?external_id=%00")[1]["data"], [])
        again = {"buyer": {"name": "Eva", "external_id": "b1"}}
        error = self.refused("POST", "/buyers", again, 409)
        self.assertEqual(
            (error["code"], error["param"]), ("external_id_taken", "buyer.external_id")
        )
        self.assertIn(made["/buyers"]["id"], error["message"])
        other = self.make_buyer()
        self.refused("PATCH", f"/buyers/{other['id']}", again, 409)
        path = f"/buyers/{made['/buyers']['id']}"
        self.assertEqual(self.call("PATCH", path, again)[0], 200)
        for path, name, body in (
            ("/single_payments", "single_payment", {"name": "C", "external_id": "s1"}),
            (
                "/single_payment_buyers",
                "single_payment_buyer",
                {
                    "single_payment_id": made["/single_payments"]["id"],
                    "buyer_id": other["id"],
                    "external_id": "p1",
                    "invoice_information": {},
                },
            ),
        ):
            self.refused("POST", path, {name: body, "products": [PRODUCT]}, 409)

    def test_external_ids_of_another_program_are_its_own(self):
        mine = self.make_buyer(external_id="17")
        _client, auth = self.make_client(self.company)
        theirs = self.made("/buyers", {"buyer": {"name": "B", "external_id": "17"}}, auth=auth)
        for credentials, one in ((self.auth, mine), (auth, theirs)):
            found = self.call("GET", "/buyers?external_id=17", auth=credentials)[1]["data"]
            self.assertEqual([each["id"] for each in found], [one["id"]])

    def test_no_external_id_is_none(self):
        for external_id in (None, ""):
            for _again in range(2):
                self.make_buyer(external_id=external_id)
