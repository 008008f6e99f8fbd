"""Days and numbers out of bounds, and addresses that are not public."""

import ipaddress
import socket

from odoo.exceptions import ValidationError

from ...transport import webhook as wire
from ..common import PRODUCT, ROOT, ApiCase

PRIVATE = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2001:0:7f00:1::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]


class TestDays(ApiCase):
    def test_days_on_which_nothing_is_owed(self):
        service, buyer = self.make_service(emit_document=False), self.make_buyer()
        for day in ("0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"):
            sold = {"single_payment_id": service["id"], "buyer_id": buyer["id"], "due_date": day}
            plan = {
                "buyer_id": buyer["id"],
                "name": "Plan",
                "installments": [{"amount": 1000, "due_date": day}],
            }
            for path, body in (
                ("/single_payment_buyers", {"single_payment_buyer": sold}),
                ("/payment_plans", {"payment_plan": plan}),
            ):
                with self.subTest(day=day, path=path):
                    error = self.refused("POST", path, body)
                    self.assertIn("years 2000 to 2100", error["message"])

    def test_moments_at_the_ends_of_the_calendar(self):
        sold = self.enrol(self.make_service(emit_document=False))
        path = f"/statements/{sold['statements'][0]['id']}/payments"
        for moment in (
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "0001-01-01",
            "9999-12-31",
            5,
            [1],
        ):
            with self.subTest(moment=moment):
                payment = {"amount": 5000, "payment_date": moment}
                self.refused("POST", path, {"payment": payment})

    def test_how_many(self):
        buyer = self.make_buyer()["id"]
        due = {"amount": 1, "due_date": "2026-12-01"}
        plan = {"buyer_id": buyer, "name": "x", "installments": [due] * 361}
        self.refused("POST", "/payment_plans", {"payment_plan": plan})
        body = {"single_payment": {"name": "x"}, "products": [PRODUCT] * 61}
        self.refused("POST", "/single_payments", body)
        payment = {"amount": 1, "statement_ids": ["x"] * 1001}
        self.refused("POST", "/payments", {"payment": payment})

    def test_an_unknown_method_is_answered_with_those_allowed(self):
        for path in ("/buyers", "/statements", "/payment_plans"):
            answer = self.opener.request("DELETE", self.base_url() + ROOT + path, auth=self.auth)
            self.assertEqual(answer.status_code, 405)
            self.assertIn("GET", answer.headers["Allow"])


class TestAddresses(ApiCase):
    def test_which_addresses_are_public(self):
        for text in PRIVATE:
            self.assertFalse(wire.is_public(ipaddress.ip_address(text)), text)
        for text in ("8.8.8.8", "200.1.2.3", "2606:4700::1111", "2800:3f0::1"):
            self.assertTrue(wire.is_public(ipaddress.ip_address(text)), text)

    def test_an_open_port_looks_like_a_closed_one(self):
        with socket.socket() as listening, socket.socket() as closed:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            closed.bind(("127.0.0.1", 0))
            reasons = set()
            for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0", "127.1"):
                for port in (listening.getsockname()[1], closed.getsockname()[1]):
                    with self.assertRaises(wire.NoAnswer) as refused:
                        wire.post(f"https://{host}:{port}/", "s", 0, b"{}", simulated=False)
                    reasons.add(refused.exception.reason)
            listening.settimeout(0.2)
            with self.assertRaises(TimeoutError):
                listening.accept()
        self.assertEqual(reasons, {"it could not be reached"})

    def test_providers_are_reached_over_tls(self):
        for url in (
            "http://127.0.0.1.evil.example/",
            "http://127.0.0.1@evil.example/",
            "http://evil.example/",
            "https://",
            "https://user:pass@x.example/",
            "ftp://127.0.0.1/",
            "http://[::1",
        ):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.env["l10n_cl.rcv.provider"].sudo().create(
                    {"base_url": url, "token": "t", "link_token": "l"}
                )
