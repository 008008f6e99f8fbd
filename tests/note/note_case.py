"""Invoices that the SII accepted, and the wizards that make notes over them."""

import base64

from lxml import etree

from odoo.exceptions import UserError

from ..common import SiiCase


class NoteCase(SiiCase):
    def accepted(self, **values):
        """An invoice that the SII accepted."""
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        return move

    def credit(self, move, **values):
        """The draft of a credit note, made by the wizard."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": "Por acuerdo", **values})
        )
        return self.env["account.move"].browse(wizard.reverse_moves()["res_id"])

    def debit(self, move, **values):
        """The draft of a debit note, made by the wizard."""
        wizard = (
            self.env["account.debit.note"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"reason": "Por acuerdo", **values})
        )
        return self.env["account.move"].browse(wizard.create_debit()["res_id"])

    def assert_accepted(self, note):
        note.action_post()
        self.run_crons()
        self.assertEqual(note.l10n_cl_dte_state, "accepted", self.sii.envelopes()[0])

    def assert_refused(self, note, *phrases):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            note.action_post()
        for phrase in phrases:
            self.assertIn(phrase, str(caught.exception))
        self.assertEqual(note.state, "draft")
        self.assertFalse(note.sudo().l10n_cl_dte_ids)

    def texts(self, move, path):
        root = etree.fromstring(base64.b64decode(move.l10n_cl_dte_id.xml))
        return [element.text for element in root.iterfind(f".//{{*}}{path}")]
