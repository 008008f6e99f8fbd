"""Wrong keys and secrets: all alike, slowed down, and left in a trace without them."""

import base64

from ..common import ROOT, ApiCase

# What the limiter lets pass in a minute, and in the next one if it has begun
PATIENCE = 20


class TestCredentials(ApiCase):
    def asked(self, auth=None, **headers):
        return self.opener.get(self.base_url() + ROOT + "/buyers", auth=auth, headers=headers)

    def answered(self, auth):
        answer = self.asked(auth)
        headers = {name: answer.headers[name] for name in answer.headers if name != "Date"}
        return answer.status_code, answer.content, headers

    def test_a_wrong_secret_looks_like_a_wrong_key(self):
        key = self.client.api_key
        other, _auth = self.make_client(self.company)
        expected = self.answered(("nobody", "secret"))
        self.assertEqual(expected[0], 401)
        for auth in [
            (key, ""),
            (key, "wrong"),
            (key, self.auth[1][:8] + "wrong"),
            (key, self.auth[1] + "x"),
            (other.api_key, self.auth[1]),
            ("", self.auth[1]),
            ("", ""),
            ("nobody", ""),
            (key.lower() + "-", self.auth[1]),
        ]:
            with self.subTest(auth=auth):
                self.assertEqual(self.answered(auth), expected)

    def test_headers_that_are_none(self):
        for header in [
            b"Basic \xff",
            b"Basic ",
            b"Basic",
            b"Basic =",
            b"Basic \xc3\xb1",
            b"Basic " + base64.b64encode(b"\xff:\xff"),
            b"Basic " + base64.b64encode(b"\0:\0"),
            b"Basic " + base64.b64encode(b"a" * 5000),
            b"Bearer x",
            b"\xff",
        ]:
            with self.subTest(header=header):
                self.assertEqual(self.asked(Authorization=header).status_code, 401)

    def test_languages_that_are_none(self):
        for header in ["es;", "es;q=x", ";", ",", "es;q=", "q=1", "\xff", "*", "es-" * 2000]:
            with self.subTest(header=header[:20]):
                answer = self.asked(self.auth, **{"Accept-Language": header.encode("latin-1")})
                self.assertEqual(answer.status_code, 200, answer.text)

    def test_who_is_wrong_too_often_waits_and_who_is_right_passes(self):
        auth = (self.client.api_key, "wrong")
        answers = [self.asked(auth) for _time in range(3 * PATIENCE)]
        statuses = [answer.status_code for answer in answers]
        self.assertEqual(statuses[:PATIENCE], [401] * PATIENCE)
        late = answers[-1] if 429 in statuses[-1:] else answers[statuses.index(429)]
        self.assertLessEqual(int(late.headers["Retry-After"]), 60)
        self.assertEqual(late.json()["error"]["code"], "too_many_failures")
        self.assertEqual(self.asked(self.auth).status_code, 200)

    def test_traces_without_the_secret(self):
        # each worker writes what it counted once a minute
        self.client, self.auth = self.make_client(self.company)
        self.asked((self.client.api_key, "my-wrong-secret"))
        self.asked(("my-wrong-key", "my-wrong-secret"))
        self.asked(self.auth)
        self.env.invalidate_all()
        lines = self.env["l10n_cl.trace"].sudo().search([])
        mine = lines.filtered(lambda line: line.res_id == self.client.id)
        self.assertEqual(set(mine.mapped("kind")), {"login_refused", "program"})
        self.assertEqual(mine.company_id, self.company)
        self.assertEqual(set(mine.mapped("address")), {"127.0.0.1"})
        unknown = lines.filtered(lambda line: line.kind == "login_refused" and not line.res_id)
        self.assertTrue(unknown)
        written = " ".join(lines.mapped("text"))
        for secret in ("my-wrong", self.client.api_key, self.auth[1]):
            self.assertNotIn(secret, written)

    def test_a_program_is_one_line_a_day(self):
        self.client, self.auth = self.make_client(self.company)
        for _time in range(5):
            self.asked(self.auth)
        self.env.invalidate_all()
        own = [("res_id", "=", self.client.id), ("kind", "=", "program")]
        self.assertEqual(len(self.env["l10n_cl.trace"].sudo().search(own)), 1)

    def test_a_refused_call_leaves_its_trace(self):
        """Everything else of it is taken back."""
        headers = {"Idempotency-Key": "k"}
        self.call("POST", "/buyers", {"buyer": 5}, auth=("nobody", "x"), headers=headers)
        refused = [("kind", "=", "login_refused")]
        self.assertTrue(self.env["l10n_cl.trace"].sudo().search_count(refused))
