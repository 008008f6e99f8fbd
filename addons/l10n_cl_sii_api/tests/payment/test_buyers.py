"""Who pays: made, read, changed, listed; of one's own company only."""

from ..common import ApiCase


class TestBuyers(ApiCase):
    def make(self, **values):
        status, answer = self.call("POST", "/buyers", {"buyer": {"name": "Ana Díaz", **values}})
        self.assertEqual(status, 201, answer)
        return answer["data"]

    def test_create_and_read(self):
        buyer = self.make(email="ana@example.com", external_id="17")
        self.assertEqual(
            (buyer["name"], buyer["email"], buyer["external_id"]),
            ("Ana Díaz", "ana@example.com", "17"),
        )
        for uuid in (buyer["id"], buyer["id"].upper()):
            self.assertEqual(self.call("GET", f"/buyers/{uuid}"), (200, {"data": buyer}))

    def test_who_works_here_is_no_buyer(self):
        clerk = self.env.user.partner_id
        clerk.company_id = self.company
        self.assertEqual(self.call("GET", "/buyers")[1]["data"], [])
        self.assertEqual(self.call("GET", f"/buyers/{clerk.l10n_cl_uuid}")[0], 404)

    def test_update(self):
        buyer = self.make()
        status, answer = self.call("PATCH", f"/buyers/{buyer['id']}", {"buyer": {"name": "Ana D."}})
        self.assertEqual((status, answer["data"]["name"]), (200, "Ana D."))

    def test_list_newest_first(self):
        ids = [self.make(name=f"Buyer {number}")["id"] for number in range(52)]
        status, answer = self.call("GET", "/buyers")
        self.assertEqual((status, len(answer["data"])), (200, 50))
        self.assertEqual(answer["meta"]["current"], 1)
        self.assertEqual([each["id"] for each in answer["data"][:3]], ids[:-4:-1])
        cursors = answer["meta"]
        self.assertEqual(set(cursors), {"pages", "current", "next", "last"})
        for cursor, wanted in ((cursors["next"], ids[1::-1]), (cursors["last"], ids[49::-1])):
            status, answer = self.call("GET", f"/buyers?cursor={cursor}")
            self.assertEqual((status, [each["id"] for each in answer["data"]]), (200, wanted))
        self.assertEqual(set(answer["meta"]), {"prev", "last"})
        by_number = self.call("GET", "/buyers?page=2")[1]
        self.assertEqual([each["id"] for each in by_number["data"]], ids[1::-1])
        status, answer = self.call("GET", "/buyers?cursor=x")
        self.assertEqual((status, answer["error"]["param"]), (400, "cursor"))

    def test_wrong_credentials(self):
        for auth in [("nobody", "x"), (self.auth[0], "x"), ("", "")]:
            status, answer = self.call("GET", "/buyers", auth=auth)
            self.assertEqual((status, answer["error"]["type"]), (401, "authentication_error"))

    def test_a_secret_for_something_else(self):
        user = self.client.user_id
        secret = self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "x", None)
        status, answer = self.call("GET", "/buyers", auth=(self.auth[0], secret))
        self.assertEqual((status, answer["error"]["code"]), (401, "invalid_credentials"))
        _other, auth = self.make_client(self.company)
        self.assertEqual(self.call("GET", "/buyers", auth=(self.auth[0], auth[1]))[0], 401)

    def test_revoked(self):
        self.client.action_revoke()
        self.assertEqual(self.call("GET", "/buyers")[0], 401)

    def test_name_is_required(self):
        status, answer = self.call("POST", "/buyers", {"buyer": {"email": "x@example.com"}})
        self.assertEqual((status, answer["error"]["param"]), (400, "buyer.name"))

    def test_not_json(self):
        status, answer = self.call(
            "POST", "/buyers", data=b"{broken", headers={"Content-Type": "application/json"}
        )
        self.assertEqual((status, answer["error"]["code"]), (400, "invalid_json"))

    def test_unknown(self):
        status, answer = self.call("GET", "/buyers/00000000-0000-0000-0000-000000000000")
        self.assertEqual((status, answer["error"]["code"]), (404, "not_found"))
