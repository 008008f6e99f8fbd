"""Public pages: no request breaks the server, and tries with wrong tokens are limited."""

import json
import threading
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..printing.print_case import PrintCase

PATIENCE = 20
NASTY = ["%00", "a%00b", "%ff%fe", "%ed%a0%80", "..%2f..%2fetc", "%F0%9F%98%80", "x" * 5000, "'--"]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDoors(PrintCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.move = self.post()
        self.address = self.move.l10n_cl_public_url()
        self.path = self.address[self.address.index("/l10n_cl_sii/") :]
        self.env.flush_all()

    def rpc(self, path, body):
        data = body if isinstance(body, bytes) else json.dumps({"params": body}).encode()
        return self.url_open(path, data=data, headers={"Content-Type": "application/json"})

    def test_wrong_tokens_end_at_429_and_the_right_one_passes(self):
        answers = [
            self.url_open(f"/l10n_cl_sii/document/{'A' * 43}{number}")
            for number in range(3 * PATIENCE)
        ]
        statuses = [answer.status_code for answer in answers]
        self.assertEqual(statuses[:PATIENCE], [404] * PATIENCE)
        self.assertIn(429, statuses)
        late = answers[statuses.index(429)]
        self.assertLessEqual(int(late.headers["Retry-After"]), 60)
        self.assertEqual(self.url_open(self.path).status_code, 200)
        self.assertEqual(self.url_open(f"{self.path}/xml").status_code, 200)

    def test_a_wrong_signature_of_a_webhook_too(self):
        statuses = [
            self.url_open("/l10n_cl_sii/v1/register/x", data=b"{}").status_code
            for _time in range(3 * PATIENCE)
        ]
        self.assertEqual(set(statuses), {401, 429})

    def test_invalid_addresses_are_not_found(self):
        for nasty in NASTY:
            for path in (
                f"/l10n_cl_sii/document/{nasty}",
                f"/l10n_cl_sii/document/{nasty}/pdf",
                f"/my/statements/{nasty}",
                f"/my/statements/{nasty}?access_token={nasty}",
                # no page of anybody
                f"/my/statements/page/{nasty}",
                f"/my/statements/{nasty}/{nasty}",
                f"/l10n_cl_sii/{nasty}",
                f"/l10n_cl_sii/document/{nasty}/{nasty}",
                f"/l10n_cl_sii/static/{nasty}",
                f"/en/{nasty}",
                f"/v1/{nasty}",
                f"/api/v1/integration/{nasty}",
                f"/{nasty}",
                f"/l10n_cl_sii/v1/health?{nasty}={nasty}",
            ):
                with self.subTest(path=path[:80]):
                    self.assertLess(self.url_open(path).status_code, 500)
            with self.subTest(post=nasty[:80]):
                answer = self.url_open(f"/l10n_cl_sii/v1/register/{nasty}", data=b"{}")
                self.assertLess(answer.status_code, 500)

    def test_invalid_calls_are_refused(self):
        for path in (
            "/l10n_cl_sii/checkout/rut",
            "/l10n_cl_sii/checkout/communes",
            "/my/statements/x/buyer",
            f"/my/statements/{'0' * 8}-{'0' * 4}-{'0' * 4}-{'0' * 4}-{'0' * 12}/transaction",
            "/my/orders/1/buyer",
            f"/my/orders/{10**30}/buyer",
        ):
            for body in (
                b"{",
                b"[" * 100_000,
                b'{"params": [1]}',
                b'{"params": 5}',
                b'{"params": null}',
                b'{"params": {"context": 5}}',
                b'{"params": {"context": [1]}}',
                b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
                b"5",
                b"null",
                {"name": "a\0b"},
                {"name": "\ud800"},
                {"rut_typed": "\ud800\0"},
                {"access_token": ["a"]},
                {"access_token": 5},
                {"access_token": {"a": 1}},
                {"access_token": "ñ\0"},
                {"is_validation": True},
                {"data": 5, "document": ["x"]},
            ):
                with self.subTest(path=path, body=str(body)[:60]):
                    answer = self.rpc(path, body)
                    self.assertLess(answer.status_code, 500)
                    name = "{}" if answer.status_code != 200 else answer.text
                    self.assertNotIn("psycopg2", name)
                    self.assertNotIn('"name": "builtins', name)
                    self.assertNotRegex(name, "Unexpected error|Error inesperado")

    def test_long_bodies_are_not_read(self):
        for path in (
            "/l10n_cl_sii/checkout/rut",
            "/l10n_cl_sii/checkout/communes",
            "/my/statements/x/buyer",
            "/my/statements/x/transaction",
            "/my/orders/1/buyer",
            "/my/orders/1/transaction",
            "/l10n_cl_sii/v1/register/x",
        ):
            with self.subTest(path=path):
                body = b'{"params": {"access_token": "' + b"x" * 2_000_000 + b'"}}'
                answer = self.rpc(path, body)
                # over JSON-RPC the status stands in the body
                name = answer.json()["error"]["data"]["name"] if answer.ok else ""
                too_long = answer.status_code == 413 or "RequestEntityTooLarge" in name
                self.assertTrue(too_long, answer.text[:200])

    def test_every_page_that_takes_a_body_of_strangers_has_a_bound(self):
        self.url_open("/web/login")
        with patch.object(threading.current_thread(), "dbname", self.cr.dbname, create=True):
            rules = list(self.env["ir.http"].routing_map().iter_rules())
        for rule in rules:
            routing = rule.endpoint.routing
            ours = rule.endpoint.func.__module__.startswith("odoo.addons.l10n_cl_sii.")
            if ours and routing["auth"] == "public" and routing["methods"] != ["GET"]:
                with self.subTest(rule=rule.rule):
                    self.assertLessEqual(routing["max_content_length"], 10**6)

    def test_what_nobody_foresaw_is_refused_with_a_sentence(self):
        """The database itself refuses: nothing of our code expects it."""
        self.env.cr.execute(
            """CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE 'not this one'; END $$;
               CREATE TRIGGER refuse BEFORE INSERT ON l10n_cl_trace FOR EACH ROW
                      EXECUTE FUNCTION pg_temp.refuse()"""
        )
        with self.assertLogs("odoo.http", "ERROR"):
            answer = self.url_open(f"{self.path}/xml")
        self.assertEqual(answer.status_code, 422)
        # in the language of whoever asks
        self.assertRegex(answer.text, "tell who runs this server|avise a quien administra")

    def test_pages_behind_a_token_stay_with_who_has_it(self):
        for path in (self.path, f"{self.path}/xml"):
            headers = self.url_open(path).headers
            self.assertIn("no-store", headers["Cache-Control"])
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_downloads_are_counted_without_addresses_of_buyers(self):
        for _time in range(3):
            self.url_open(f"{self.path}/xml")
        self.env.invalidate_all()
        lines = self.env["l10n_cl.trace"].sudo().search([("kind", "=", "download")])
        line = lines.filtered(lambda each: each.company_id == self.company)
        self.assertEqual((len(line), line.times, line.address), (1, 3, False))
        self.assertNotIn(self.move.l10n_cl_dte_id.sudo().public_token, line.text)

    def test_an_unknown_method_is_refused(self):
        answer = self.opener.request("DELETE", self.base_url() + self.path)
        self.assertEqual(answer.status_code, 405)
        self.assertIn("GET", answer.headers["Allow"])

    def test_keys_and_folios_that_are_loaded_leave_a_line(self):
        lines = self.env["l10n_cl.trace"].sudo().search([("kind", "=", "key_loaded")])
        cafs = lines.filtered(lambda line: line.res_model == "l10n_cl.caf")
        self.assertEqual(set(cafs.mapped("res_id")), {caf.id for caf in self.cafs.values()})
        self.assertEqual(cafs.company_id, self.company)

    def test_signing_names_who_signed(self):
        event = self.move.l10n_cl_dte_id.event_ids.filtered(lambda each: each.to_state == "signed")
        self.assertEqual(event.create_uid, self.env.user)
