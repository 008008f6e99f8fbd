"""Idempotency-Key: a call repeated is answered as the first one was, and does nothing."""

from ..common import ApiCase


class TestIdempotency(ApiCase):
    def post(self, path, body, key="k-1", **options):
        return self.call("POST", path, body, headers={"Idempotency-Key": key}, **options)

    def buyers(self, **options):
        return len(self.call("GET", "/buyers", **options)[1]["data"])

    def test_same_again(self):
        first = self.post("/buyers", {"buyer": {"name": "Ana Díaz"}})
        self.assertEqual(first[0], 201)
        self.assertEqual(self.post("/buyers", {"buyer": {"name": "Ana Díaz"}}), first)
        self.assertEqual(self.buyers(), 1)

    def test_other_keys_are_other_calls(self):
        body = {"buyer": {"name": "Ana Díaz"}}
        self.assertNotEqual(self.post("/buyers", body), self.post("/buyers", body, "k-2"))

    def test_another_body(self):
        self.post("/buyers", {"buyer": {"name": "Ana Díaz"}})
        for path, body in [
            ("/buyers", {"buyer": {"name": "Eva Díaz"}}),
            ("/single_payments", {"buyer": {"name": "Ana Díaz"}}),
        ]:
            status, answer = self.post(path, body)
            self.assertEqual((status, answer["error"]["code"]), (409, "idempotency_key_reused"))
        self.assertEqual(self.buyers(), 1)

    def test_of_another_program(self):
        _client, other = self.make_client(self.company)
        self.post("/buyers", {"buyer": {"name": "Ana Díaz"}})
        status, answer = self.post("/buyers", {"buyer": {"name": "Eva Díaz"}}, auth=other)
        self.assertEqual((status, answer["data"]["name"]), (201, "Eva Díaz"))

    def test_what_was_refused_may_be_corrected(self):
        self.assertEqual(self.post("/buyers", {"buyer": {}})[0], 400)
        self.assertEqual(self.post("/buyers", {"buyer": {"name": "Ana Díaz"}})[0], 201)

    def test_broken_keys(self):
        for key in ("", "k" * 256):
            status, answer = self.post("/buyers", {"buyer": {"name": "Ana Díaz"}}, key)
            self.assertEqual((status, answer["error"]["param"]), (400, "Idempotency-Key"))

    def test_wrong_secret_learns_nothing(self):
        body = {"buyer": {"name": "Ana Díaz"}}
        self.post("/buyers", body)
        self.assertEqual(self.post("/buyers", body, auth=(self.auth[0], "x"))[0], 401)

    def test_payment(self):
        plan = self.make_plan([1000], emit_document=False)
        path = f"/statements/{plan['installments'][0]['id']}/payments"
        first = self.post(path, {"payment": {"amount": 1000}})
        self.assertEqual(first[0], 201, first)
        self.assertEqual(self.post(path, {"payment": {"amount": 1000}}), first)
