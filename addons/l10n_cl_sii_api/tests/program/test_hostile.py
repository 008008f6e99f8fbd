"""What should not be sent: refused with a reason, and nothing changes or leaks."""

from ..common import PRODUCT, ROOT, ApiCase
from ..payment.test_single_payments import INFORMATION

NOWHERE = "00000000-0000-0000-0000-000000000000"
JSON = {"Content-Type": "application/json"}


class TestHostile(ApiCase):
    def raw(self, body, path="/buyers", method="POST", headers=None):
        return self.call(method, path, data=body, headers=headers or JSON)

    def test_bodies_that_are_no_body(self):
        for body in [
            b"",
            b"{",
            b"[]",
            b"null",
            b"5",
            b'"buyer"',
            b"\xff\xfe",
            b'{"buyer": 5}',
            b'{"buyer": null}',
            b'{"buyer": {"name": 5}}',
            b'{"buyer": {"name": "\\u0000"}}',
            b'{"buyer": {"name": "\\ud800"}}',
            b"[" * 100_000,
            b'{"buyer": {"name": "' + b"a" * 500 + b'"}}',
        ]:
            with self.subTest(body=body[:40]):
                status, answer = self.raw(body)
                self.assertEqual(status, 400, answer)
                self.assertEqual(answer["error"]["type"], "invalid_request_error")

    def test_the_error_states_what_is_wrong(self):
        for body, message in [
            (b"", "The body is not JSON in UTF-8."),
            (b'{"buyer": {"name": "\xf1"}}', "The body is not JSON in UTF-8."),
            (b'{"buyer": ' + b"9" * 5000 + b"}", "The body is not JSON in UTF-8."),
            (b"[]", "The body must be an object"),
            (b"{}", "buyer is required"),
            (b'{"buyer": 5}', "buyer must be an object"),
            (b'{"buyer": {"name": 5}}', "buyer.name must be text"),
            (b'{"buyer": {"name": ""}}', "buyer.name must not be empty"),
        ]:
            with self.subTest(body=body[:40]):
                self.assertEqual(self.raw(body)[1]["error"]["message"], message)

    def test_json_whatever_it_is_called(self):
        for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
            status, answer = self.raw(b'{"buyer": {"name": "Ana"}}', headers={"Content-Type": kind})
            self.assertEqual(status, 201, answer)

    def test_body_in_chunks(self):
        status, answer = self.raw(iter([b'{"buyer": ', b'{"name": "Ana"}}']))
        self.assertEqual((status, answer["error"]["code"]), (411, "length_required"))

    def test_extra_fields(self):
        service = {"name": "Curso"}
        deep = []
        for _level in range(300):
            deep = [deep]
        for extra in [{"a": deep}, "x", [1], {"a": "\0"}, {"a": "b" * 20_000}, {"\ud800": 1}, 5]:
            body = {"single_payment": {**service, "extra_fields": extra}, "products": [PRODUCT]}
            error = self.refused("POST", "/single_payments", body)
            self.assertTrue(error["param"].startswith("single_payment.extra_fields"), error)

    def test_huge_body(self):
        status, answer = self.raw(b'{"buyer": {"name": "' + b"a" * 1_000_001 + b'"}}')
        self.assertEqual((status, answer["error"]["code"]), (413, "body_too_large"))

    def test_products(self):
        for products in [
            None,
            [],
            "x",
            [{"name": "Curso"}],
            [{"value": 5000}],
            [{**PRODUCT, "value": "mil"}],
            [{**PRODUCT, "value": True}],
            [{**PRODUCT, "value": [5000]}],
            [{**PRODUCT, "value": "NaN"}],
            [{**PRODUCT, "value": 0}],
            [{**PRODUCT, "value": 0.5}],
            [{**PRODUCT, "currency": "EUR"}],
            [{**PRODUCT, "name": ""}],
            [PRODUCT, {**PRODUCT, "currency": "UF"}],
        ]:
            body = {"single_payment": {"name": "Curso"}, "products": products}
            error = self.refused("POST", "/single_payments", body)
            self.assertTrue(error["param"].startswith("products"), error)

    def test_unknown_ids(self):
        for uuid in (NOWHERE, "1", "x", "%00", "..%2f", "' or 1=1", "é"):
            for path in ("buyers", "single_payments", "single_payment_buyers", "statements"):
                self.refused("GET", f"/{path}/{uuid}", None, 404)
        self.refused("POST", f"/statements/{NOWHERE}/payments", {"payment": {"amount": 1}}, 404)
        payment = {"payment": {"statement_ids": [NOWHERE], "amount": 1}}
        self.assertEqual(
            self.refused("POST", "/payments", payment, 404)["param"], "payment.statement_ids"
        )
        service, buyer = self.make_service(), self.make_buyer()
        for ids, param in [
            ((NOWHERE, buyer["id"]), "single_payment_id"),
            ((service["id"], NOWHERE), "buyer_id"),
        ]:
            part = dict(zip(("single_payment_id", "buyer_id"), ids, strict=True))
            body = {"single_payment_buyer": part}
            error = self.refused("POST", "/single_payment_buyers", body, 404)
            self.assertEqual(error["param"], f"single_payment_buyer.{param}")

    def test_another_company(self):
        sold = self.enrol(self.make_service(), invoice_information=INFORMATION)
        plan = self.make_plan([1000], invoice_information=INFORMATION)
        statement = sold["statements"][0]["id"]
        other = self.env["res.company"].create({"name": "Otra"})
        _client, auth = self.make_client(other)
        for path in [
            f"/buyers/{sold['buyer_id']}",
            f"/single_payments/{sold['single_payment_id']}",
            f"/single_payment_buyers/{sold['id']}",
            f"/payment_plans/{plan['id']}",
            f"/statements/{statement}",
        ]:
            self.refused("GET", path, None, 404, auth=auth)
        for path in ("/buyers", "/single_payments", "/payment_plans", "/statements"):
            self.assertEqual(self.call("GET", path, auth=auth)[1]["data"], [])
        body = {"payment": {"amount": 5000}}
        self.refused("POST", f"/statements/{statement}/payments", body, 404, auth=auth)
        body = {"payment": {"amount": 5000, "statement_ids": [statement]}}
        self.refused("POST", "/payments", body, 404, auth=auth)
        self.refused("GET", f"/statements?payment_plan_id={plan['id']}", None, 404, auth=auth)

    def test_strict(self):
        body = {
            "single_payment": {"name": "Curso", "colour": "red"},
            "products": [{**PRODUCT, "sku": "7"}],
            "surprise": 1,
        }
        self.made("/single_payments", body)
        strict = {"headers": {"Prefer": "respond-async, handling=strict"}}
        for name in ("surprise", "single_payment.colour", "products.sku"):
            error = self.refused("POST", "/single_payments", body, **strict)
            self.assertEqual((error["code"], error["param"]), ("unknown_parameter", name))
            *parts, last = name.split(".")
            target = body
            for part in parts:
                target = target[part][0] if part == "products" else target[part]
            del target[last]
        self.made("/single_payments", body, **strict)

    def test_no_such_route(self):
        self.assertEqual(self.refused("GET", "/nothing", None, 404)["code"], "not_found")
        error = self.refused("DELETE", "/buyers", None, 405)
        self.assertEqual(error["code"], "method_not_allowed")

    def test_page_for_programmers(self):
        status, openapi = self.call("GET", "/openapi.json", auth=("", ""))
        self.assertEqual(status, 200)
        creation = openapi["paths"]["/single_payments"]["post"]
        self.assertEqual(creation["security"], [{"api_key:api_secret": []}])
        self.assertEqual(set(creation["responses"]), {"201", "4XX"})
        page = self.opener.get(self.base_url() + ROOT + "/docs")
        self.assertIn(f"{ROOT}/openapi.json", page.text)

    def test_broken_credentials(self):
        for header in ["", "Basic", "Basic %%%", "Bearer x", "Basic AA==", "Basic /w=="]:
            answer = self.opener.get(
                self.base_url() + ROOT + "/buyers", headers={"Authorization": header}
            )
            self.assertEqual(answer.status_code, 401)
            self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Basic"))
