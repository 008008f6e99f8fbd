"""A provider of the register: what it serves is kept once; its webhook triggers a sync or alert."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import _super_send
from odoo.tools import file_open

SECRET = "whsec_test"
REFRESHED = {"type": "link.refresh_intent.succeeded", "data": {}}


class Served:
    """Pages of invoice objects on a port of this machine. asked: paths, in order."""

    def __init__(self):
        self.pages, self.asked, self.status = [[]], [], 200
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                served.asked.append(self.path)
                number = int(self.path.partition("&page=")[2] or 1)
                body = json.dumps(served.pages[number - 1]).encode()
                self.send_response(served.status)
                if number < len(served.pages):
                    base = self.path.partition("&page=")[0]
                    self.send_header("Link", f'<{base}&page={number + 1}>; rel="next"')
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments):
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRcvProvider(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Registro SpA", "vat": "76354771-K"})
        cls.served = Served()
        cls.addClassCleanup(cls.served.stop)
        with file_open("l10n_cl_sii/sii/tests/invoice_object.json") as file:
            cls.sample = json.load(file)

    def setUp(self):
        super().setUp()
        self.served.pages, self.served.status = [[]], 200
        self.served.asked.clear()
        self.provider = self.env["l10n_cl.rcv.provider"].create(
            {
                "company_id": self.company.id,
                "base_url": f"{self.served.url}/v1",
                "token": "sk_secret",
                "link_token": "link_abc",
                "webhook_secret": SECRET,
            }
        )

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        """The harness lets requests to this machine through, but chokes on a pair of timeouts."""
        if request.url.startswith(cls.served.url):
            return _super_send(session, request, **kwargs)
        return super()._request_handler(session, request, **kwargs)

    def invoice(self, number, **values):
        return {**self.sample, "id": f"inv_{number}", "number": str(number), **values}

    def sync(self):
        self.provider.next_attempt_at = False
        self.env.ref("l10n_cl_sii.cron_rcv_provider").method_direct_trigger()

    def numbers(self):
        found = self.env["l10n_cl.rcv.entry"].search([("company_id", "=", self.company.id)])
        return sorted(found.mapped("number"))

    def notify(self, event, secret=SECRET, age=0, key=None):
        body = json.dumps(event).encode()
        stamp = int(time.time() - age)
        digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        return self.url_open(
            f"/l10n_cl_sii/v1/register/{key or self.provider.webhook_key}",
            data=body,
            headers={"Fintoc-Signature": f"t={stamp},v1={digest}"},
        ).status_code

    def test_a_document_twice_with_other_totals_is_reported(self):
        self.served.pages = [[self.invoice(1), self.invoice(2)], [self.invoice(1, total_amount=7)]]
        self.sync()
        self.assertFalse(self.provider.problem)
        self.assertRegex(self.provider.contradictions, r"1 (of|de) .*Total [\d.]+ / 7")
        self.served.pages = [[self.invoice(1), self.invoice(1)]]
        self.sync()
        self.assertFalse(self.provider.contradictions)

    def test_secrets_of_one_address_never_go_to_another(self):
        other = Served()
        self.addCleanup(other.stop)
        for given in (
            {},
            {"token": ""},
            {"token": "sk_other", "link_token": False},
            {"link_token": "link_other"},
            {"webhook_secret": "whsec_other"},
        ):
            with self.subTest(given=given), self.assertRaises(ValidationError):
                self.provider.write({"base_url": f"{other.url}/v1", **given})
        self.sync()
        self.assertEqual(other.asked, [])
        self.assertTrue(self.served.asked)

    def test_at_another_address_with_secrets_of_its_own(self):
        other = {"base_url": "https://other.example/v1"}
        self.provider.write({**other, "token": "sk_other", "link_token": "link_other"})
        account = self.provider.sudo()
        kept = [account.token_id._take(), account.link_token_id._take()]
        self.assertEqual(kept, [b"sk_other", b"link_other"])
        self.assertEqual(self.notify(REFRESHED), 401, "the former one's secret opens nothing")
        account.write({"base_url": account.base_url, "active": True})
        self.assertEqual(account.token_id._take(), b"sk_other")

    def test_all_pages_once(self):
        self.served.pages = [[self.invoice(1), self.invoice(2)], [self.invoice(2), self.invoice(3)]]
        self.sync()
        self.assertEqual(self.numbers(), ["1", "2", "3"])
        self.assertEqual(len(self.served.asked), 6)
        self.sync()
        self.assertEqual(self.numbers(), ["1", "2", "3"])
        self.assertIn("updated_since=", self.served.asked[-2])

    def test_half_of_it_is_not_kept(self):
        self.served.pages = [[self.invoice(number) for number in range(1, 1500)], ["no object"]]
        self.sync()
        self.assertEqual(self.numbers(), [])
        self.assertFalse(self.provider.synced_at)
        self.assertTrue(self.provider.problem)
        self.assertGreater(self.provider.next_attempt_at, fields.Datetime.now())

    def test_a_refusal_is_reported(self):
        self.served.status = 401
        self.sync()
        self.assertRegex(self.provider.problem, "refuses|rechaza")  # in the company's language

    def test_its_keys_are_shown_to_nobody(self):
        """Typed once; not even who typed them reads them again, nor an answer that repeats them."""
        provider = self.provider
        rows = provider.token_id | provider.link_token_id | provider.webhook_secret_id
        self.assertEqual(
            {row._take() for row in rows}, {b"sk_secret", b"link_abc", SECRET.encode()}
        )
        names = ["token", "link_token", "webhook_secret"]
        self.assertEqual(set(provider.read(names)[0].values()) - {provider.id}, {False})
        provider.write({"token": "sk_another", "base_url": provider.base_url})
        self.assertEqual(provider.token_id._take(), b"sk_another")
        self.assertEqual(len(rows.exists()), 2)
        self.assertFalse(provider.token)
        provider.token = False
        self.assertEqual(provider.token_id._take(), b"sk_another", "left empty, it stays")
        self.assertEqual((provider.token_id)._masked("no sk_another here"), "no *** here")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            provider.copy({"active": False})
        kept = provider.token_id | provider.link_token_id
        provider.unlink()
        self.assertFalse(kept.exists())

    def test_news_are_read(self):
        self.sync()
        self.assertTrue(self.provider.next_attempt_at)
        self.assertEqual(self.notify(REFRESHED), 200)
        self.provider.invalidate_recordset()
        self.assertFalse(self.provider.next_attempt_at)

    def test_other_events_change_nothing(self):
        self.sync()
        self.assertEqual(self.notify({"type": "link.created"}), 200)
        self.assertEqual(self.notify(["no event"]), 200)
        self.provider.invalidate_recordset()
        self.assertTrue(self.provider.next_attempt_at)

    def test_a_provider_that_cannot_log_in_is_seen(self):
        issuer = self.env["l10n_cl.issuer"].sudo().create({"company_id": self.company.id})
        self.assertEqual(self.notify({"type": "link.credentials_changed"}), 200)
        self.provider.invalidate_recordset()
        self.assertTrue(self.provider.is_disconnected)
        health = self.env["l10n_cl.health"]
        self.assertIn("provider", [found.code for found in health._findings(issuer)])
        self.assertEqual(self.notify(REFRESHED), 200)
        self.provider.invalidate_recordset()
        self.assertFalse(self.provider.is_disconnected)

    def test_forged_and_replayed(self):
        self.sync()
        self.assertEqual(self.notify(REFRESHED, secret="another"), 401)
        self.assertEqual(self.notify(REFRESHED, age=400), 401)
        self.assertEqual(self.notify(REFRESHED, age=-400), 401)
        self.assertEqual(self.notify(REFRESHED, key="nobody"), 401)
        self.provider.webhook_secret = False
        self.assertEqual(self.notify(REFRESHED, secret=""), 401)
        self.provider.invalidate_recordset()
        self.assertTrue(self.provider.next_attempt_at)
