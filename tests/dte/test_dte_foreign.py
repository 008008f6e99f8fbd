"""A folio under which the SII holds another document: ours is never taken for it."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ...sii import clock
from ...sii.codes import CodRef
from ..taxpayer.identity_case import IdentityCase


class TestForeign(IdentityCase):
    def post_on_taken_folio(self):
        folio = self.another_holds()
        move = self.post()
        self.assertEqual(move.l10n_cl_dte_id.folio, folio)
        return move

    def assert_foreign(self, move):
        document = move.l10n_cl_dte_id
        self.assertEqual(document.state, "foreign", document.sii_text)
        self.assertNotIn("ready", document.envio_id.mapped("state"))
        self.assertIn(document.envio_id.state, ("processed", "refused"))
        [activity] = move.activity_ids
        self.assertIn("gives the folio up", document.event_ids.sorted("id")[-1].text)
        self.assertTrue(activity.note)
        self.assertIn("another document", self.issuer.alarms)
        self.assertFalse(move._l10n_cl_printed_dte(), "nothing to print nor to hand out")

    def test_plain_upload_is_rejected_for_another(self):
        move = self.post_on_taken_folio()
        self.run_crons()
        self.assert_foreign(move)

    def test_lost_answer_is_not_believed(self):
        move = self.post_on_taken_folio()
        self.sii.add_to_script({"on": "upload", "do": "drop_after_processing"})
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "unknown")
        self.run_crons("cron_probe")
        self.run_crons()
        self.assert_foreign(move)

    def test_upload_that_never_arrived_is_not_believed(self):
        move = self.post_on_taken_folio()
        self.sii.add_to_script({"on": "upload", "do": "drop_before"})
        self.run_crons("cron_send")
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.assert_foreign(move)
        self.run_crons()
        self.assertEqual(len(self.held(move.l10n_cl_dte_id.folio)), 1, "nothing was sent again")

    def test_without_track_id_the_document_decides(self):
        """An envelope that passes for a second copy is followed document by document."""
        move = self.post_on_taken_folio()
        self.sii.add_to_script({"on": "upload", "do": "duplicate"})
        self.run_crons("cron_send")
        self.assertFalse(move.l10n_cl_sii_track_id)
        self.run_crons("cron_poll")
        self.assert_foreign(move)

    def test_an_equal_document_that_is_not_ours(self):
        """Same customer, day, amount: the SII's data agree, yet it rejected ours."""
        self.another_holds(price=1000)
        move = self.post()
        self.run_crons()
        self.assert_foreign(move)

    def test_an_equal_document_and_a_lost_answer(self):
        """The SII's data agree with ours to the peso: only the signature differs."""
        self.another_holds(price=1000)
        move = self.post()
        self.sii.add_to_script({"on": "upload", "do": "drop_before"})
        self.run_crons("cron_send")
        self.run_crons("cron_probe")
        self.assert_foreign(move)

    def test_the_very_same_bytes_are_ours(self):
        """A document of the same data, signed by the same key in the same second, is the same."""
        for script in ((), ("drop_before",), ("drop_after_processing",)):
            with self.subTest(script), freeze_time(clock.now()):
                with self.forgotten():
                    other = self.post()
                    self.run_crons()
                    self.assertEqual(other.l10n_cl_dte_state, "accepted")
                    signed = other.l10n_cl_dte_id.xml_sha256
                move = self.post()
                document = move.l10n_cl_dte_id
                self.assertEqual(document.xml_sha256, signed)
                for do in script:
                    self.sii.add_to_script({"on": "upload", "do": do})
                self.run_crons("cron_send")
                self.run_crons()
                self.run_crons()
                self.assertEqual(document.state, "accepted", document.sii_text)
                self.assertEqual(self.held(document.folio).count("accepted"), 1)

    def test_sent_again_after_a_restore(self):
        """The very document that left before the backup was restored is ours, sent twice."""
        move = self.post()
        with self.forgotten():
            self.run_crons()
            self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertEqual(move.l10n_cl_dte_state, "signed")
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_the_remedy(self):
        move = self.post_on_taken_folio()
        taken = move.l10n_cl_dte_id
        self.run_crons()
        move.button_draft()
        with self.assertRaisesRegex(UserError, "gives the folio up"):
            move.action_post()
        move.l10n_cl_action_give_up_folio()
        self.assertEqual((taken.state, move.state), ("elsewhere", "draft"))
        self.assertFalse(move.l10n_cl_dte_id)
        self.assertFalse(taken.void_ids, "nothing to declare: the folio is another document's")
        self.assertFalse(move.activity_ids)
        move.action_post()
        self.assertEqual(move.l10n_cl_dte_id.folio, taken.folio + 1)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_the_button_goes_back_to_draft_by_itself(self):
        move = self.post_on_taken_folio()
        self.run_crons()
        move.l10n_cl_action_give_up_folio()
        self.assertEqual((move.state, bool(move.l10n_cl_dte_id)), ("draft", False))

    def test_only_a_manager_gives_up(self):
        move = self.post_on_taken_folio()
        self.run_crons()
        clerk = new_test_user(
            self.env,
            "folio_clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaises(AccessError):
            move.with_user(clerk).l10n_cl_action_give_up_folio()

    def test_nobody_gets_it_by_mail(self):
        self.issuer.mail_auto = True
        self.customer.email = "cliente@example.com"
        move = self.post_on_taken_folio()
        self.run_crons()
        self.assertFalse(
            move.l10n_cl_dte_id.delivery_ids.filtered(lambda row: row.state == "to_send")
        )

    def test_a_note_shows_why_it_waits(self):
        move = self.post_on_taken_folio()
        note = self.draft(
            code=61,
            reversed_entry_id=move.id,
            **move._l10n_cl_note_values(CodRef.ANNULS, "Se anula"),
        )
        note.action_post()
        self.run_crons()
        self.assertIn("another document", note.l10n_cl_dte_waiting_text)
