"""What customers answer at the SII about the documents that we issued, shown on the invoice."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...sii.exchange.claims import ClaimAction
from .received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestIssuedAnswers(ReceivedCase):
    def ask(self):
        self.env["l10n_cl.dte"].sudo().search(
            [("answer_asked_at", "!=", False)]
        ).answer_asked_at = fields.Datetime.now()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_ask_answers").method_direct_trigger()

    def answer(self, move, action):
        document = move.l10n_cl_dte_id
        with self.buyer_issuer._gateway() as gateway:
            answer = gateway.claim(document.issuer_rut, 33, document.folio, action)
        self.assertTrue(answer.is_registered)

    def test_accepted_and_goods_received(self):
        move, _xml = self.issued()
        self.assertEqual(move.l10n_cl_answer, "open")
        self.ask()
        self.assertEqual(move.l10n_cl_answer, "open")
        self.answer(move, ClaimAction.ACCEPT)
        self.answer(move, ClaimAction.RECEIVE_GOODS)
        self.ask()
        self.ask()
        self.assertEqual(move.l10n_cl_answer, "accepted")
        self.assertEqual(set(move.l10n_cl_claim_event_ids.mapped("code")), {"ACD", "ERM"})
        bodies = [body for body in move.message_ids.mapped("body") if "Customer:" in body]
        self.assertEqual(len(bodies), 2)

    def test_a_claim_calls_a_person(self):
        move, _xml = self.issued()
        self.answer(move, ClaimAction.CLAIM_TOTAL)
        self.ask()
        self.assertEqual(move.l10n_cl_answer, "claimed")
        self.assertIn("claimed", move.activity_ids.summary)

    def test_after_eight_days_nobody_asks_any_more(self):
        move, _xml = self.issued()
        document = move.l10n_cl_dte_id.sudo()
        document.answer_until = fields.Datetime.now() - timedelta(minutes=1)
        self.sii.add_to_script({"on": "claims", "do": "503"})
        self.ask()
        self.assertEqual(document.answer, "open")
        self.assertTrue(document.answer_asked_at)
        self.ask()
        self.assertEqual(document.answer, "silent")
        self.assertFalse(document.answer_asked_at)
