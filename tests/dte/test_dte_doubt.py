"""The SII holds an equal of ours: without its signature nobody knows whose it is."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from ..boleta_case import BoletaCase
from ..common import COMPANY_RUT
from ..taxpayer.identity_case import IdentityCase


class DoubtCase(BoletaCase, IdentityCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.sii.clear_script)

    def equal_held(self, code):
        """Another system's document, equal to the next one of ours."""
        buyer = {"partner_id": self.nobody.id} if code == 39 else {}
        return self.another_holds(price=1000, code=code, **buyer)

    def ours(self, code):
        return self.boleta() if code == 39 else self.post(code=code)

    def upload(self, code):
        return "boleta_upload" if code == 39 else "upload"

    def run_all(self, times=6):
        for _time in range(times):
            self.run_crons()

    def silent(self, do="estado:3", times=1000):
        """The service that compares signatures gives no useful answer."""
        self.script("signature_status", do, times=times)

    def age(self, move, days=3):
        move.l10n_cl_dte_id.envio_id.sudo().first_sent_at -= timedelta(days=days)

    def assert_in_doubt(self, move):
        document = move.l10n_cl_dte_id
        self.assertIn(document.state, ("signed", "sent"), document.sii_text)
        self.assertTrue(document.envio_id.in_doubt)
        self.assertIn("another system", document.waiting_text)

    def uploads(self, move):
        return len(self.asked(self.upload(move.l10n_cl_dte_id.document_code)))

    def stopped(self, code=39):
        """Ours never arrived, an equal of another is held, and the SII does not show whose."""
        self.silent()
        self.equal_held(code)
        move = self.ours(code)
        self.script(self.upload(code), "drop_before")
        self.run_all()
        self.assert_in_doubt(move)
        self.age(move)
        self.run_crons("cron_probe")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        return move


class TestWhoseIsIt(DoubtCase):
    def test_an_equal_one_and_ours_never_arrived(self):
        for code in (39, 33):
            with self.subTest(code):
                folio = self.equal_held(code)
                before = len(self.asked(self.upload(code)))
                move = self.ours(code)
                self.script(self.upload(code), "drop_before")
                self.run_all()
                self.assertEqual(move.l10n_cl_dte_state, "foreign", move.l10n_cl_dte_sii_text)
                self.assertEqual(len(self.held_folio(folio, code)), 1)
                self.assertEqual(len(self.asked(self.upload(code))), before + 1)

    def held_folio(self, folio, code):
        return self.sii.documents(COMPANY_RUT, code, folio)

    def test_an_equal_one_and_ours_arrived(self):
        """Rejected as its folio is taken: by another's, whether the answer came or was lost."""
        for code in (39, 33):
            for do in ("", "drop_after_processing", "truncate"):
                with self.subTest(code=code, do=do):
                    self.equal_held(code)
                    move = self.ours(code)
                    if do:
                        self.script(self.upload(code), do)
                    self.run_all()
                    self.assertEqual(move.l10n_cl_dte_state, "foreign", move.l10n_cl_dte_sii_text)

    def test_tried_twice_is_not_sent_twice(self):
        """The first try never left: that the SII holds an equal one is no merit of it."""
        for do in ("503", "denied"):
            self.equal_held(39)
            move = self.boleta()
            self.script("boleta_upload", do)
            self.run_crons("cron_send")
            if move.l10n_cl_dte_state == "exception":
                move.l10n_cl_action_retry()
            self.run_all()
            self.assertEqual(move.l10n_cl_dte_state, "foreign", move.l10n_cl_dte_sii_text)

    def test_ours_sent_again_after_a_restore(self):
        """In another envelope, whose copy the SII rejects: the boleta is ours, and accepted."""
        for code in (39, 33):
            with self.subTest(code):
                move = self.ours(code)
                with self.forgotten():
                    self.run_crons()
                    self.assertEqual(move.l10n_cl_dte_state, "accepted")
                self.run_all()
                self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_rejected_as_repeated(self):
        """The other words for a second copy: ours is there, another's is, or nothing is."""
        for ours in (True, False, None):
            with self.subTest(ours=ours):
                if ours is False:
                    self.equal_held(39)
                move = self.boleta()
                if ours:
                    with self.forgotten():
                        self.run_crons()
                self.script("document", "duplicate")
                self.run_all(2)
                state = {True: "accepted", False: "foreign", None: "rejected"}[ours]
                self.assertEqual(move.l10n_cl_dte_state, state, move.l10n_cl_dte_sii_text)

    def test_some_of_an_envelope_are_anothers(self):
        self.equal_held(39)
        moves = self.boleta() + self.boleta() + self.boleta()
        self.run_all()
        self.assertEqual(len(moves.l10n_cl_dte_id.envio_id), 1)
        states = moves.sorted("id").mapped("l10n_cl_dte_state")
        self.assertEqual(states, ["foreign", "accepted", "accepted"])

    def test_an_envelope_that_never_arrived_and_one_of_it_is_anothers(self):
        """The others go out again, in the same bytes, once the SII has shown none of them."""
        folio = self.equal_held(39)
        before = len(self.asked("boleta_upload"))
        moves = self.boleta() + self.boleta() + self.boleta()
        self.script("boleta_upload", "drop_before")
        self.run_all()
        states = moves.sorted("id").mapped("l10n_cl_dte_state")
        self.assertEqual(states, ["foreign", "accepted", "accepted"])
        self.assertEqual(len(self.asked("boleta_upload")), before + 2)
        held = [each["verdict"] for each in self.held_folio(folio, 39)]
        self.assertEqual(sorted(held), ["accepted", "rejected"])

    def test_a_lost_answer_of_many(self):
        moves = self.boleta() + self.boleta() + self.boleta()
        self.script("boleta_upload", "drop_after_processing")
        self.run_all()
        self.assert_accepted(moves)
        self.assertEqual(len(self.asked("boleta_upload")), 1)


class TestNobodyKnows(DoubtCase):
    """getEstDteAv answers oddly, or does not know boletas."""

    def test_never_accepted(self):
        for code in (39, 33):
            for do in ("estado:3", "estado:-10", "error_500", "estado:0", "html", "503"):
                with self.subTest(code=code, do=do):
                    self.sii.clear_script()
                    self.equal_held(code)
                    self.silent(do)
                    move = self.ours(code)
                    before = self.uploads(move)
                    self.script(self.upload(code), "drop_before")
                    self.run_crons("cron_send")
                    for _time in range(5):
                        self.issuer.sudo().write({"unanswered": 0, "unreachable_since": False})
                        self.run_crons("cron_probe", "cron_poll")
                    self.assertEqual(move.l10n_cl_dte_state, "signed")
                    self.assertEqual(self.uploads(move), before + 1, "nothing is sent again")
                    self.sii.clear_script()
                    self.run_all()
                    self.assertEqual(move.l10n_cl_dte_state, "foreign", move.l10n_cl_dte_sii_text)

    def test_the_verdict_waits(self):
        """Ours was rejected for its folio: by its own earlier copy, or by another's equal?"""
        for code in (39, 33):
            for ours in (True, False):
                with self.subTest(code=code, ours=ours):
                    self.sii.clear_script()
                    if not ours:
                        self.equal_held(code)
                    move = self.ours(code)
                    if ours:
                        with self.forgotten():
                            self.run_crons()
                    self.silent()
                    self.run_all()
                    self.assert_in_doubt(move)
                    self.sii.clear_script()
                    self.run_all(1)
                    self.assertEqual(
                        move.l10n_cl_dte_state,
                        "accepted" if ours else "foreign",
                        move.l10n_cl_dte_sii_text,
                    )

    def test_the_others_of_its_envelope_do_not_wait(self):
        self.equal_held(39)
        moves = self.boleta() + self.boleta() + self.boleta()
        self.silent()
        self.run_all()
        states = moves.sorted("id").mapped("l10n_cl_dte_state")
        self.assertEqual(states, ["sent", "accepted", "accepted"])
        self.assert_in_doubt(moves.sorted("id")[0])

    def test_a_person_is_called(self):
        for code in (39, 33):
            with self.subTest(code):
                self.sii.clear_script()
                move = self.stopped(code)
                self.assertIn("Another's on the Portal", move.activity_ids.note)
                self.assertIn("attention", self.issuer.alarms)
                move.l10n_cl_action_retry()
                self.run_all()
                self.assertEqual(move.l10n_cl_dte_state, "exception", "it is asked once more")

    def test_the_portal_shows_anothers(self):
        move = self.stopped()
        document = move.l10n_cl_dte_id
        clerk = self.member("cajera", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            document.with_user(clerk).action_foreign_on_portal()
        document.with_user(self.sii_manager()).action_foreign_on_portal()
        self.assertEqual((document.state, document.envio_id.state), ("foreign", "processed"))
        move.l10n_cl_action_give_up_folio()
        move.action_post()
        self.sii.clear_script()
        self.run_crons()
        self.assert_accepted(move)

    def follow(self, move, track_id):
        document = move.l10n_cl_dte_id.with_user(self.sii_manager())
        wizard = self.env["l10n_cl.track.id"].with_user(self.sii_manager())
        action = document.action_track_id_on_portal()
        with Form(wizard.browse(action["res_id"])) as form:
            form.track_id = track_id
        wizard.browse(action["res_id"]).action_follow()

    def test_the_portal_shows_our_envelope(self):
        """It was accepted, and only its track id leads to it: the SII itself gives the verdict."""
        self.silent()
        move = self.boleta()
        self.script("boleta_upload", "drop_after_processing")
        self.run_all()
        self.assert_in_doubt(move)
        self.age(move)
        self.run_crons("cron_probe")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        [held] = self.held(move)
        self.follow(move, held["track_id"])
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.uploads(move), 1)

    def held(self, move):
        document = move.l10n_cl_dte_id
        return self.sii.documents(COMPANY_RUT, document.document_code, document.folio)

    def test_a_track_id_of_another_envelope(self):
        others = self.boleta() + self.boleta()
        self.run_crons()
        track_id = others[0].l10n_cl_sii_track_id
        move = self.stopped()
        for given in (track_id, "123"):
            self.follow(move, given)
            for _time in range(7):
                self.run_crons("cron_poll")
            self.assertEqual(move.l10n_cl_dte_state, "exception")
            self.assertIn("does not know the envelope", move.l10n_cl_dte_sii_text)
            self.assertTrue(move.l10n_cl_dte_id.is_doubtful)

    def test_what_is_no_track_id(self):
        move = self.stopped()
        for given in ("", "abc", "-1", "٣", "9" * 40, "0"):
            with self.assertRaises(UserError):
                self.follow(move, given)
        settled = self.post()
        self.run_crons()
        with self.assertRaisesRegex(UserError, "The SII itself tells"):
            settled.l10n_cl_dte_id.with_user(self.sii_manager()).action_track_id_on_portal()
