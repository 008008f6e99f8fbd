from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.note_texts import CORRECTED, correction, said_before, said_now
from ..models.reference import CODES
from ..sii.codes import CodRef

ANNULS, TEXT, AMOUNTS = (
    str(code.value) for code in (CodRef.ANNULS, CodRef.CORRECTS_TEXT, CodRef.CORRECTS_AMOUNTS)
)


class NoteMixin(models.AbstractModel):
    """What a credit or debit note does to its document, asked where the note is made."""

    _name = "l10n_cl.note.mixin"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "What a note does to its document"

    l10n_cl_is_note = fields.Boolean("Note to the SII", compute="_compute_l10n_cl_is_note")
    l10n_cl_does = fields.Selection(
        CODES,
        "What it does",
        compute="_compute_l10n_cl_does",
        store=True,
        readonly=False,
        help="Annuls: repeats the whole document. Corrects its text: a note without amount that "
        "says what was wrong. Corrects its amounts: change the quantities on the draft.",
    )
    l10n_cl_corrected = fields.Selection(CORRECTED, "Wrong text", default="giro")
    l10n_cl_wrong_text = fields.Char(
        "Where it says", compute="_compute_l10n_cl_wrong_text", store=True, readonly=False
    )
    l10n_cl_right_text = fields.Char(
        "It must say", compute="_compute_l10n_cl_right_text", store=True, readonly=False
    )

    @api.depends("move_ids")
    def _compute_l10n_cl_is_note(self):
        for wizard in self:
            moves = wizard.move_ids._origin
            wizard.l10n_cl_is_note = len(moves) == 1 and moves._l10n_cl_is_electronic()

    @api.depends("move_ids")
    def _compute_l10n_cl_does(self):
        for wizard in self:
            wizard.l10n_cl_does = wizard.l10n_cl_is_note and wizard._l10n_cl_usual(
                wizard.move_ids._origin
            )

    def _l10n_cl_usual(self, move):
        """What a note over this invoice does most often."""
        return ANNULS

    @api.depends("move_ids", "l10n_cl_corrected")
    def _compute_l10n_cl_wrong_text(self):
        for wizard in self:
            move = wizard.move_ids._origin
            wizard.l10n_cl_wrong_text = wizard.l10n_cl_is_note and said_before(
                move, wizard.l10n_cl_corrected
            )

    @api.depends("move_ids", "l10n_cl_corrected")
    def _compute_l10n_cl_right_text(self):
        for wizard in self:
            move = wizard.move_ids._origin
            wizard.l10n_cl_right_text = wizard.l10n_cl_is_note and said_now(
                move, wizard.l10n_cl_corrected
            )

    def _l10n_cl_check_note(self):
        """Refuse at once what would be refused on the note anyway."""
        moves = self.move_ids.filtered(lambda move: move._l10n_cl_is_electronic()).sudo()
        documents = [move.l10n_cl_dte_id or move.l10n_cl_dte_ids[:1] for move in moves]
        dead = [text for document in documents if (text := document._dead_text())]
        if dead:
            raise UserError("\n".join(dead))
        if not self._l10n_cl_corrects_text():
            return
        wrong, right = (
            " ".join((text or "").split())
            for text in (self.l10n_cl_wrong_text, self.l10n_cl_right_text)
        )
        if not wrong or not right or wrong == right:
            raise UserError(
                self.env._("Write what the document says, and what it must say instead.")
            )

    def _l10n_cl_corrects_text(self):
        return self.l10n_cl_is_note and self.l10n_cl_does == TEXT

    def _l10n_cl_note_values(self, move):
        """Values of the note over an invoice: its reference, and the rate of the original."""
        if not move._l10n_cl_is_electronic():
            return {}
        does = self.l10n_cl_does or self._l10n_cl_usual(move)
        words = self.with_context(lang=move._l10n_cl_lang()).env
        labels = dict(self._fields["l10n_cl_does"]._description_selection(words))
        reason = self.reason or labels[does].partition(" - ")[2]
        return {
            **move._l10n_cl_note_values(CodRef(int(does)), reason),
            "invoice_currency_rate": move.invoice_currency_rate,
        }

    def _l10n_cl_write_text(self, notes):
        """A note that corrects text has one line, which says what was wrong and what is right."""
        if not self._l10n_cl_corrects_text():
            return
        text = correction(self.l10n_cl_corrected, self.l10n_cl_wrong_text, self.l10n_cl_right_text)
        line = {"name": text, "quantity": 1, "price_unit": 0, "tax_ids": [Command.clear()]}
        notes.invoice_line_ids = [Command.clear(), Command.create(line)]
