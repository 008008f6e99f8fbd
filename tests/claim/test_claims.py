"""Acceptance and claims within eight days, sent to the SII and to the supplier."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...sii.exchange.claims import ClaimAction
from ..received.received_case import ReceivedCase

DAY = 24 * 3600


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedClaims(ReceivedCase):
    def answer(self, documents, choice):
        wizard = self.env["l10n_cl.claim.documents"].create(
            {"document_ids": documents.ids, "choice": choice}
        )
        wizard.action_send()
        self.run_claims()
        return documents.claim_ids

    def run_claims(self):
        self.env["l10n_cl.claim"].sudo().search([]).next_attempt_at = False
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_claim").method_direct_trigger()

    def run_days(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_received_days").method_direct_trigger()

    def events(self, document):
        with self.buyer_issuer._gateway() as gateway:
            history = gateway.claim_history(
                document.issuer_rut, document.document_code, document.folio
            )
        return [event.code for event in history.events]

    def calls(self):
        """Actions that reached the register."""
        return [
            each["outcome"]
            for each in self.exchanges()
            if "ingresarAceptacionReclamoDoc" in each["outcome"]
        ]

    def test_accept_two_at_once_with_goods(self):
        documents = self.receive() + self.receive()
        claims = self.answer(documents, "both")
        self.assertEqual(set(claims.mapped("state")), {"done"})
        self.assertEqual(documents.mapped("state"), ["answered", "answered"])
        for document in documents:
            self.assertEqual(set(self.events(document)), {"ACD", "ERM"})
            self.assertEqual(
                set(document.delivery_ids.mapped("kind")), {"reception", "result", "receipts"}
            )

    def test_claim_and_then_nothing_else(self):
        document = self.receive()
        self.answer(document, "RCD")
        self.assertEqual(self.events(document), ["RCD"])
        self.assertTrue(document._is_claimed())
        with self.assertRaisesRegex(UserError, "claimed before"):
            self.answer(document, "ACD")
        self.answer(document, "RFT")
        self.assertEqual(self.events(document), ["RCD", "RFT"])

    def test_an_accepted_document_is_not_claimed(self):
        document = self.receive()
        self.answer(document, "ACD")
        with self.assertRaisesRegex(UserError, "accepted before"):
            self.answer(document, "RCD")

    def test_accepted_on_the_portal_meanwhile(self):
        document = self.receive()
        with self.buyer_issuer._gateway() as gateway:
            gateway.claim(document.issuer_rut, 33, document.folio, ClaimAction.ACCEPT)
        [claim] = self.answer(document, "RCD")
        self.assertEqual(claim.state, "refused")
        self.assertIn("No se puede reclamar", claim.sii_text)
        self.assertEqual(document.state, "verified")
        self.assertTrue(document.activity_ids)

    def test_after_the_deadline(self):
        document = self.receive()
        document.sudo().deadline = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "eight days"):
            self.answer(document, "RCD")
        document.sudo().deadline = fields.Datetime.now() + timedelta(minutes=1)
        self.sii.move_clock({"advance": 8 * DAY + 60})
        self.addCleanup(self.sii.move_clock, {"advance": -8 * DAY - 60})
        [claim] = self.answer(document, "RCD")
        self.assertEqual(claim.state, "refused")
        self.assertIn("8 días", claim.sii_text)

    def test_a_lost_answer_is_never_repeated(self):
        document = self.receive()
        self.sii.add_to_script({"on": "claims", "do": "drop_after_processing"})
        [claim] = self.answer(document, "ACD")
        self.assertEqual(claim.state, "unknown")
        self.run_claims()
        self.assertEqual(claim.state, "done")
        self.assertEqual(len(self.calls()), 1)
        self.assertEqual(self.events(document), ["ACD"])

    def test_what_never_arrived_is_sent_again(self):
        document = self.receive()
        self.sii.add_to_script({"on": "claims", "do": "drop_before"})
        [claim] = self.answer(document, "ACD")
        self.assertEqual(claim.state, "unknown")
        self.run_claims()
        self.assertEqual((claim.state, self.events(document)), ("done", ["ACD"]))

    def test_the_register_is_down(self):
        document = self.receive()
        self.sii.add_to_script({"on": "claims", "do": "503"})
        [claim] = self.answer(document, "ACD")
        self.assertEqual(claim.state, "to_send")
        self.run_claims()
        self.assertEqual(claim.state, "done")

    def test_a_reminder_two_days_before(self):
        document = self.receive()
        self.run_days()
        self.assertFalse(document.activity_ids)
        document.sudo().deadline = fields.Datetime.now() + timedelta(days=1)
        self.run_days()
        self.run_days()
        self.assertEqual(len(document.activity_ids), 1)
        self.assertIn("silence accepts it", document.activity_ids.note)
        self.answer(document, "ACD")
        self.assertFalse(document.activity_ids)

    def test_silence_accepts(self):
        document, claimed = self.receive(), self.receive()
        with self.buyer_issuer._gateway() as gateway:
            gateway.claim(claimed.issuer_rut, 33, claimed.folio, ClaimAction.CLAIM_TOTAL)
        (document + claimed).sudo().deadline = fields.Datetime.now() - timedelta(minutes=1)
        self.run_days()
        self.assertEqual(document.state, "expired")
        self.assertEqual(claimed.state, "answered")
        self.assertEqual(claimed.claim_event_ids.code, "RFT")

    def test_acceptance_by_rule(self):
        big = self.receive(lines=[{"price_unit": 1_000_000}])
        small = self.receive()
        self.run_days()
        self.assertFalse((big + small).claim_ids)
        self.buyer_issuer.write({"accept_by_rule": True, "accept_after": 0, "accept_limit": 5000})
        self.run_days()
        self.assertFalse((big + small).claim_ids, "the supplier is not known yet")
        big.bill_id.action_post()
        self.run_days()
        self.run_claims()
        self.assertEqual(small.claim_ids.mapped("action"), ["ACD"])
        self.assertEqual(small.state, "answered")
        self.assertFalse(big.claim_ids)

    def test_only_emitters_answer_at_the_sii(self):
        document = self.receive()
        viewer = new_test_user(
            self.env,
            "received_viewer",
            groups="account.group_account_readonly",
            company_id=self.buyer.id,
            company_ids=self.buyer.ids,
        )
        self.assertEqual(document.with_user(viewer).folio, document.folio)
        with self.assertRaises(AccessError):
            self.env["l10n_cl.claim.documents"].with_user(viewer).create(
                {"document_ids": document.ids}
            )
        with self.assertRaises(AccessError):
            document.with_user(viewer).action_ask_again()

    def test_a_note_is_neither_accepted_nor_claimed(self):
        document = self.receive()
        self.assertFalse(document._claim_obstacle("ACD"))
        document.sudo().document_code = 61
        with self.assertRaisesRegex(UserError, "neither be accepted nor claimed"):
            self.answer(document, "ACD")
