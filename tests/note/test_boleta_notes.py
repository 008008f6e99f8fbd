"""Boletas are corrected by notes, which travel with the facturas (PROTOCOL 4.4)."""

from ..boleta_case import BoletaCase


class TestBoletaNotes(BoletaCase):
    def credit_note(self, move):
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": "Devolución"})
        )
        return self.env["account.move"].browse(wizard.reverse_moves()["res_id"])

    def debit_note(self, move):
        wizard = (
            self.env["account.debit.note"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"copy_lines": True, "reason": "Intereses"})
        )
        return self.env["account.move"].browse(wizard.create_debit()["res_id"])

    def test_credit_note_waits_for_the_boleta(self):
        move = self.boleta()
        note = self.credit_note(move)
        note.action_post()
        self.run_crons("cron_send")
        self.assertEqual(note.l10n_cl_dte_state, "signed")
        self.assertIn("BEL", note.l10n_cl_dte_waiting_text)
        self.run_crons("cron_poll", "cron_send", "cron_poll")
        self.assert_accepted(move + note)
        self.assertEqual(note.l10n_cl_dte_id.envio_id.channel, "dte")
        self.assertEqual(self.texts(note, "Referencia/s:TpoDocRef"), ["39"])
        self.assertEqual(self.texts(note, "Receptor/s:RUTRecep"), ["66666666-6"])
        self.assertEqual(self.texts(note, "Totales/s:MntTotal"), ["1190"])

    def test_over_a_boleta_to_nobody_known(self):
        passer_by = self.env["res.partner"].create({"name": "Cliente de paso"})
        move = self.boleta(partner_id=passer_by.id)
        self.run_crons()
        note = self.credit_note(move)
        note.action_post()
        self.run_crons()
        self.assert_accepted(note)
        self.assertEqual(self.texts(note, "Receptor/s:RUTRecep"), ["66666666-6"])

    def test_debit_note(self):
        move = self.boleta()
        self.run_crons()
        note = self.debit_note(move)
        note.action_post()
        self.run_crons()
        self.assert_accepted(note)
        self.assertEqual(note.l10n_latam_document_type_id.code, "56")

    def test_over_an_exempt_one(self):
        move = self.boleta(code=41)
        self.run_crons()
        note = self.credit_note(move)
        note.action_post()
        self.run_crons()
        self.assert_accepted(note)
