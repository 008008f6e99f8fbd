"""Programs get what becomes of documents: signed, once, tried again, or a person is called."""

import hashlib
import hmac
import json
import socket
import threading
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError

from ...models.webhook.webhook_delivery import GIVE_UP_AFTER, PAUSES
from ...transport import webhook as wire
from ..common import ApiCase
from .receiver import Receiver

EVENTS = [
    f"document.{name}"
    for name in ("emitted", "accepted", "objected", "rejected", "parked", "answered")
]


class WebhookCase(ApiCase):
    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        self.addCleanup(self.receiver.stop)

    def subscribe(self, events=EVENTS, url=None):
        """(webhook as the API answers it, its record)."""
        asked = {"name": "Shop", "url": url or self.receiver.url, "events": list(events)}
        made = self.made("/webhooks", {"webhook": asked})
        return made, self.env["l10n_cl.webhook"].search([("uuid", "=", made["id"])])

    def test_of_another_program_they_are_none(self):
        """Of the same company, too."""
        made, _webhook = self.subscribe()
        _client, auth = self.make_client(self.company)
        self.assertEqual(self.call("GET", "/webhooks", auth=auth)[1]["data"], [])
        path = f"/webhooks/{made['id']}"
        for method, body in (
            ("GET", None),
            ("PATCH", {"webhook": {"name": "x"}}),
            ("DELETE", None),
        ):
            self.refused(method, path, body, 404, auth=auth)
        self.assertEqual(self.call("GET", path)[0], 200)

    def emit(self):
        """A paid statement and its document, signed."""
        statement = self.order().l10n_cl_statement_ids
        self.pay(statement)
        self.run_requests()
        return statement

    def deliver(self, again=False):
        """What the program gets now. again: the time of the next try has come."""
        before = len(self.receiver.requests)
        if again:
            self.deliveries().next_attempt_at = False
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii_api.cron_webhooks").method_direct_trigger()
        self.env.invalidate_all()
        return [json.loads(body) for _headers, body in self.receiver.requests[before:]]

    def deliveries(self):
        return self.env["l10n_cl.webhook.delivery"].sudo().search([], order="id")


class TestEvents(WebhookCase):
    def test_emitted_and_accepted_once_each(self):
        self.subscribe()
        statement = self.emit()
        (emitted,) = self.deliver()
        data = emitted["data"]
        self.assertEqual((emitted["type"], emitted["object"]), ("document.emitted", "event"))
        self.assertRegex(emitted["id"], r"^evt_[0-9a-f]{32}$")
        self.assertEqual(data["statement_id"], statement.uuid)
        self.assertEqual(
            (data["document_type"], data["folio"]), (33, statement.move_id.l10n_cl_dte_id.folio)
        )
        self.assertEqual(data["emission"]["state"], "signed")
        self.assertTrue(data["pdf_url"].endswith("/pdf"))
        self.run_crons()
        (accepted,) = self.deliver()
        self.assertEqual(accepted["type"], "document.accepted")
        self.assertEqual(accepted["data"]["emission"]["state"], "accepted")
        self.assertTrue(accepted["data"]["track_id"])
        self.run_requests()
        self.run_crons()
        self.assertEqual(self.deliver(), [])

    def test_rejected(self):
        self.subscribe(["document.rejected", "document.emitted"])
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        statement = self.emit()
        self.run_crons()
        emitted, rejected = self.deliver()
        self.assertEqual(
            (emitted["type"], rejected["type"]), ("document.emitted", "document.rejected")
        )
        self.assertEqual(rejected["data"]["emission"]["state"], "rejected")
        self.assertTrue(rejected["data"]["emission"]["reason"]["message"])
        self.assertEqual(rejected["data"]["statement_id"], statement.uuid)

    def test_objected(self):
        self.subscribe(["document.objected"])
        self.sii.add_to_script({"on": "document", "do": "object:DTE-1-650"})
        self.emit()
        self.run_crons()
        self.assertEqual([event["type"] for event in self.deliver()], ["document.objected"])

    def test_parked_once_a_reason(self):
        self.subscribe()
        self.customer.street = False
        statement = self.emit()
        (parked,) = self.deliver()
        self.assertEqual(parked["type"], "document.parked")
        self.assertEqual(parked["data"]["emission"]["reason"]["field"], "address")
        statement.request_id.action_retry()
        self.run_requests()
        self.assertEqual(statement.request_id.state, "parked")
        self.assertEqual(self.deliver(), [])
        self.customer.write({"street": "Los Leones 55", "city_id": False})
        self.run_requests()
        (other,) = self.deliver()
        self.assertEqual(other["data"]["emission"]["reason"]["field"], "commune")
        self.customer.city_id = self.env.ref("l10n_cl_sii.city_cl_13122")
        self.run_requests()
        self.assertEqual([event["type"] for event in self.deliver()], ["document.emitted"])

    def test_only_what_was_asked_for(self):
        self.subscribe(["document.accepted"])
        self.emit()
        self.assertEqual(self.deliver(), [])
        self.run_crons()
        self.assertEqual([event["type"] for event in self.deliver()], ["document.accepted"])

    def test_nothing_of_what_was_taken_back(self):
        self.subscribe()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.emit()
            raise ZeroDivisionError
        self.assertEqual(self.deliver(), [])

    def test_an_invoice_by_hand_is_nobody_s_business(self):
        self.subscribe()
        self.post()
        self.run_crons()
        self.assertEqual(self.deliver(), [])

    def test_two_programs_hear_of_the_same_event(self):
        self.subscribe()
        self.subscribe()
        self.emit()
        first, second = self.deliver()
        self.assertEqual(first, second)

    def test_another_company_s_program_hears_nothing(self):
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        self.env["l10n_cl.webhook"].sudo().create(
            {"name": "Other", "url": self.receiver.url, "company_id": other.id}
        )
        self.emit()
        self.assertEqual(self.deliver(), [])


class TestDelivery(WebhookCase):
    def test_signature(self):
        made, _webhook = self.subscribe()
        self.emit()
        self.deliver()
        headers, body = self.receiver.requests[0]
        moment, signature = (part.split("=")[1] for part in headers["X-Signature"].split(","))
        self.assertLess(abs(time.time() - int(moment)), 300)
        signed = moment.encode() + b"." + body
        right = hmac.new(made["secret"].encode(), signed, hashlib.sha256).hexdigest()
        self.assertEqual(signature, right)

    def test_refused_then_taken(self):
        self.subscribe()
        self.receiver.answers = [500]
        self.emit()
        (first,) = self.deliver()
        delivery = self.deliveries()
        self.assertEqual((delivery.state, delivery.attempts, delivery.status), ("pending", 1, 500))
        self.assertLessEqual(len(delivery.answer), 300)
        self.assertGreater(delivery.next_attempt_at, fields.Datetime.now())
        self.assertEqual(self.deliver(), [])
        (second,) = self.deliver(again=True)
        self.assertEqual(first, second)
        self.assertEqual(
            (delivery.state, delivery.attempts, delivery.status), ("delivered", 2, 200)
        )

    def test_pauses_grow(self):
        self.subscribe()
        self.receiver.answers = [503] * len(PAUSES)
        self.emit()
        pauses = []
        for _attempt in PAUSES:
            self.deliver(again=True)
            pauses.append(self.deliveries().next_attempt_at - fields.Datetime.now())
        self.assertEqual(pauses, sorted(pauses))
        self.assertGreater(pauses[-1], timedelta(hours=5))

    def test_redirects_are_not_followed(self):
        self.subscribe()
        self.receiver.answers = [307]
        self.emit()
        self.assertEqual(len(self.deliver()), 1)
        self.assertEqual((self.deliveries().state, self.deliveries().status), ("pending", 307))

    def test_silence(self):
        self.subscribe()
        self.receiver.answers = ["silence"]
        self.emit()
        self.emit()
        began = time.monotonic()
        self.assertEqual(
            len(self.deliver()), 1, "who does not answer is not asked of all that waits"
        )
        self.assertLess(time.monotonic() - began, 15)
        first, second = self.deliveries()
        self.assertIn("in time", first.answer)
        self.assertEqual((first.attempts, second.attempts), (1, 0))
        self.assertEqual(first.next_attempt_at, second.next_attempt_at)
        self.receiver.released.set()
        self.assertEqual(len(self.deliver(again=True)), 2)
        self.assertEqual(set(self.deliveries().mapped("state")), {"delivered"})

    def test_down_for_days(self):
        _made, webhook = self.subscribe()
        self.emit()
        self.receiver.stop()
        delivery = self.deliveries()
        delivery.since -= GIVE_UP_AFTER
        self.deliver()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("could not be reached", delivery.answer)
        self.assertEqual(webhook.activity_ids.user_id, self.client.responsible_id)
        self.assertEqual(webhook.failed_count, 1)
        self.receiver = Receiver()
        self.addCleanup(self.receiver.stop)
        webhook.url = self.receiver.url
        delivery.with_user(self.manager()).action_retry()
        self.assertFalse(webhook.activity_ids)
        self.assertEqual(len(self.deliver()), 1)
        self.assertEqual(delivery.state, "delivered")

    def test_a_copy_of_the_database_announces_nothing(self):
        """The program would get it from both; what waits is sent once a manager confirms."""
        self.subscribe()
        self.emit()
        self.run_crons()
        dtes = self.env["l10n_cl.dte"].sudo().search([("company_id", "=", self.company.id)])
        dtes.environment = "production"
        self.issuer.sudo().write({"environment": "production", "resolution_number": 80})
        self.env["l10n_cl.mark"].sudo()._keep(database="the_original")
        self.assertEqual(self.deliver(), [])
        self.assertEqual(set(self.deliveries().mapped("state")), {"pending"})
        self.issuer.with_user(self.sii_manager()).action_confirm_database()
        self.assertEqual(len(self.deliver()), 2)
        self.assertEqual(self.deliver(), [])

    def test_one_whose_outcome_cannot_be_written_stops_no_other(self):
        self.subscribe()
        self.emit()
        self.run_crons()
        first, *others = self.deliveries()
        self.assertTrue(others)
        self.env.flush_all()
        self.cr.execute(
            f"""
            CREATE FUNCTION forbid_delivery() RETURNS trigger AS $$
            BEGIN
                IF NEW.id = {first.id} THEN RAISE EXCEPTION 'forbidden by a test'; END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER forbid_delivery BEFORE UPDATE ON l10n_cl_webhook_delivery
                FOR EACH ROW EXECUTE FUNCTION forbid_delivery();
            """
        )
        self.deliver()
        self.assertEqual({each.state for each in others}, {"delivered"})
        incident = self.env["l10n_cl.incident"].sudo().search([("res_model", "=", first._name)])
        self.assertEqual((incident.res_id, incident.kind), (first.id, "unwritten"))
        delivered = len(self.receiver.requests)
        self.deliver()
        self.assertEqual(len(self.receiver.requests), delivered, "it rests")

    def test_archived_it_waits(self):
        _made, webhook = self.subscribe()
        self.emit()
        webhook.active = False
        self.assertEqual(self.deliver(), [])
        webhook.active = True
        self.assertEqual(len(self.deliver()), 1)

    def manager(self):
        self.env.user.group_ids += self.env.ref("l10n_cl_sii.group_manager")
        return self.env.user


class TestWebhooks(WebhookCase):
    def test_the_secret_is_shown_once(self):
        made, _webhook = self.subscribe(["document.parked"])
        self.assertTrue(made["secret"].startswith("whsec_"))
        path = f"/webhooks/{made['id']}"
        status, answer = self.call("GET", path)
        self.assertEqual(status, 200)
        self.assertEqual(answer["data"], {k: v for k, v in made.items() if k != "secret"})
        self.assertEqual(answer["data"]["events"], ["document.parked"])
        self.assertNotIn("secret", str(self.call("GET", "/webhooks")))

    def test_of_all_events_unless_some_are_named(self):
        made = self.made("/webhooks", {"webhook": {"url": self.receiver.url}})
        self.assertEqual((made["name"], made["events"]), ("127.0.0.1", list(EVENTS)))

    def test_change_and_remove(self):
        made, _webhook = self.subscribe()
        path = f"/webhooks/{made['id']}"
        status, answer = self.call("PATCH", path, {"webhook": {"events": ["document.rejected"]}})
        self.assertEqual((status, answer["data"]["events"]), (200, ["document.rejected"]))
        self.assertEqual(self.call("DELETE", path)[0], 200)
        self.refused("GET", path, None, 404)

    def test_refused(self):
        rows = [
            ({"url": None}, "url"),
            ({"events": []}, "events"),
            ({"events": ["document.lost"]}, "events"),
            ({"name": ""}, "name"),
        ]
        for wrong, name in rows:
            with self.subTest(wrong=wrong):
                asked = {"name": "Shop", "url": self.receiver.url, "events": EVENTS, **wrong}
                error = self.refused("POST", "/webhooks", {"webhook": asked})
                self.assertIn(f"webhook.{name}", error["param"])

    def test_addresses(self):
        for url in (
            "http://shop.example.cl/",
            "ftp://127.0.0.1/",
            "https://user:password@shop.example.cl/",
            "https://",
            "https://shop.example.cl:99999/",
            "https://shop.example.cl/\nX: y",
            "javascript:alert(1)",
        ):
            with self.subTest(url=url):
                asked = {"name": "Shop", "url": url, "events": EVENTS}
                error = self.refused("POST", "/webhooks", {"webhook": asked})
                self.assertIn("https://", error["message"])
                self.assertEqual(error["param"], "webhook.url")

    def test_this_machine_only_where_the_sii_is_simulated(self):
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.base_url", False)
        with self.assertRaises(ValidationError):
            self.env["l10n_cl.webhook"].sudo().create({"name": "x", "url": self.receiver.url})
        url = self.receiver.url.replace("http://", "https://")
        with self.assertRaisesRegex(wire.NoAnswer, "could not be reached"):
            wire.post(url, "secret", 0, b"{}", simulated=False)
        self.assertEqual(self.receiver.requests, [])

    def test_a_name_that_nobody_answers_for(self):
        over = threading.Event()
        self.addCleanup(over.set)

        def look_up(*_asked, **_options):
            over.wait()
            raise OSError("too late")

        with (
            patch.object(socket, "getaddrinfo", look_up),
            patch.object(wire, "_STEP_SECONDS", 0.1),
            self.assertRaisesRegex(wire.NoAnswer, "could not be reached"),
        ):
            wire.post("https://slow.example/", "secret", 0, b"{}", simulated=False)
        self.assertFalse(over.is_set(), "it was not waited for")

    def test_another_company_s_is_not_found(self):
        made, _webhook = self.subscribe()
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        _client, auth = self.make_client(other)
        self.refused("GET", f"/webhooks/{made['id']}", None, 404, auth=auth)
        self.assertEqual(self.call("GET", "/webhooks", auth=auth)[1]["data"], [])
