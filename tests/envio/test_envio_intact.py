"""What leaves is what was signed, under who the company is today; else nothing leaves."""

from ..boleta_case import BoletaCase
from ..taxpayer.identity_case import IdentityCase

OTHER_RUT = "9876543-3"


class TestEnvioFit(IdentityCase):
    """Envelopes that wait while certificate, sender or resolution change."""

    @classmethod
    def _register_at_sii(cls, **values):
        result = super()._register_at_sii()
        company = next(each for each in cls.sii.companies() if each["rut"] == "76354771-K")
        cls.sii.register_company({**company, "users": [*company["users"], OTHER_RUT], **values})
        return result

    def waiting(self, count=2, fault="503"):
        """Posted and sealed; the SII did not take them."""
        self.sii.add_to_script({"on": "upload", "do": fault, "times": count})
        moves = self.env["account.move"]
        for _each in range(count):
            moves |= self.post()
        self.run_crons("cron_send")
        return moves

    def change_person(self):
        self.issuer.sudo().certificate_id = self.load_certificate(rut=OTHER_RUT, name="Otro Pérez")
        self.assertEqual(self.issuer.sender_rut, OTHER_RUT)

    def sent(self):
        return [each for each in self.exchanges() if each["operation"] == "upload"]

    def assert_accepted(self, moves):
        self.run_crons()
        for move in moves:
            self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_another_persons_certificate(self):
        moves = self.waiting()
        documents = moves.l10n_cl_dte_id
        before = documents.mapped("xml_sha256"), documents.envio_id.mapped("xml_sha256")
        self.change_person()
        self.assert_accepted(moves)
        self.assertEqual(documents.mapped("xml_sha256"), before[0], "documents stay as signed")
        self.assertNotEqual(documents.envio_id.mapped("xml_sha256"), before[1])
        self.assertIn("Sealed anew", str(documents.envio_id.event_ids.mapped("text")))

    def test_the_same_persons_new_certificate(self):
        moves = self.waiting()
        self.issuer.sudo().certificate_id = self.load_certificate()
        self.assert_accepted(moves)

    def test_after_a_refusal_of_the_sender(self):
        moves = self.waiting(fault="status:1")
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"exception"})
        self.change_person()
        moves.l10n_cl_dte_id.action_retry()
        self.assert_accepted(moves)

    def test_what_may_be_held_is_not_sealed_anew(self):
        [move] = self.waiting(1, fault="drop_before")
        envio = move.l10n_cl_dte_id.envio_id
        sha256 = envio.xml_sha256
        self.change_person()
        for _probe in range(3):
            self.run_crons("cron_probe")
        before = len(self.sent())
        self.run_crons()
        self.assertEqual((envio.state, envio.xml_sha256), ("exception", sha256))
        self.assertEqual(len(self.sent()), before, "nothing was uploaded")
        self.assertIn("may have been sent", move.activity_ids.note)
        move.l10n_cl_action_retry()
        self.assert_accepted(move)
        self.assertNotEqual(envio.xml_sha256, sha256)

    def test_another_resolution(self):
        moves = self.waiting()
        self.issuer.resolution_date = "2020-02-02"
        self._register_at_sii(resolution_date="2020-02-02")
        self.addCleanup(self._register_at_sii)
        self.assert_accepted(moves)

    def test_without_certificate_nothing_leaves(self):
        [move] = self.waiting(1)
        before = len(self.sent())
        self.issuer.sudo().certificate_id = False
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        self.assertEqual(len(self.sent()), before)


class TestEnvioFiles(IdentityCase):
    """Files that were lost or changed on the server are never sent."""

    def uploads(self):
        return [each for each in self.exchanges() if each["operation"] == "upload"]

    def sealed(self):
        self.sii.add_to_script({"on": "upload", "do": "503"})
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "ready")
        return move

    def assert_stopped(self, move, phrase, uploads):
        document = move.l10n_cl_dte_id
        self.assertEqual(document.state, "exception")
        self.assertIn(phrase, document.sii_text)
        self.assertIn(phrase, move.activity_ids.note)
        self.assertIn("Files of documents", self.issuer.alarms)
        self.assertEqual(len(self.uploads()), uploads, "nothing was uploaded")

    def test_a_lost_envelope(self):
        move = self.sealed()
        self.lose(move.l10n_cl_dte_id.envio_id)
        self.run_crons()
        self.assert_stopped(move, "missing on the server", 1)
        self.assertTrue(self.incidents(move.l10n_cl_dte_id.envio_id))
        move.l10n_cl_action_retry()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", "never sent: sealed anew")

    def test_an_altered_envelope(self):
        move = self.sealed()
        self.alter(move.l10n_cl_dte_id.envio_id, b"<MntTotal>1190<", b"<MntTotal>9190<")
        self.run_crons()
        self.assert_stopped(move, "not the one that was kept", 1)

    def test_an_envelope_lost_after_it_may_have_been_sent(self):
        self.sii.add_to_script({"on": "upload", "do": "drop_before"})
        move = self.post()
        self.run_crons("cron_send")
        envio = move.l10n_cl_dte_id.envio_id
        data = self.lose(envio)
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.run_crons()
        self.assert_stopped(move, "missing on the server", 1)
        self.keep(self.attachment(envio), data)
        move.l10n_cl_action_retry()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_an_altered_document_before_it_is_sealed(self):
        move, other = self.post(), self.post()
        self.alter(move.l10n_cl_dte_id, b"<MntTotal>1190<", b"<MntTotal>9190<")
        self.run_crons()
        self.assert_stopped(move, "not the one that was kept", 1)
        self.assertEqual(other.l10n_cl_dte_state, "accepted")


class TestBoletaFiles(BoletaCase, IdentityCase):
    def test_a_lost_document_gives_its_folio_up(self):
        """No backup holds the file: it never left, so the invoice takes another folio."""
        move = self.post()
        document = move.l10n_cl_dte_id
        self.lose(document)
        self.run_crons()
        self.assertEqual(document.state, "exception")
        document.with_user(self.sii_manager()).action_void()
        self.assertEqual(document.state, "void")
        self.assertTrue(document.void_ids)
        move.button_draft()
        move.action_post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assertEqual(move.l10n_cl_dte_id.folio, document.folio + 1)

    def test_one_altered_boleta_stays_behind(self):
        moves = self.boleta() | self.boleta() | self.boleta() | self.boleta()
        altered = moves[2].l10n_cl_dte_id
        self.alter(altered, b"<MntTotal>", b"<MntTotal>9")
        self.run_crons()
        self.assertEqual(altered.state, "exception")
        self.assertEqual(set((moves - moves[2]).mapped("l10n_cl_dte_state")), {"accepted"})
