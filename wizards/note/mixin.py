from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.base.texts.rules import problems_text
from ...models.dte.reference import CODES
from ...models.note.obstacles import dead_text
from ...models.note.texts import CORRECTED, correction, text_now, text_then
from ...sii.codes import CodRef
from ...sii.errors import Problem
from ...sii.rules.note_changes import forbidden

ANNULS, TEXT, AMOUNTS = (
    str(code.value) for code in (CodRef.ANNULS, CodRef.CORRECTS_TEXT, CodRef.CORRECTS_AMOUNTS)
)


class NoteMixin(models.AbstractModel):
    """What a credit or debit note does to its document, asked in the wizard that makes it.

    Offers what the format's table allows, and nothing else passes ``_l10n_cl_check_note``.
    """

    _name = "l10n_cl.note.mixin"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "What a note does to its document"
    # the sii.TipoDte of the note that the wizard makes
    _l10n_cl_makes = None

    l10n_cl_is_note = fields.Boolean("Note to the SII", compute="_compute_l10n_cl_is_note")
    l10n_cl_are_many = fields.Boolean("Several notes", compute="_compute_l10n_cl_is_note")
    l10n_cl_must_do = fields.Boolean("Nothing to choose", compute="_compute_l10n_cl_must_do")
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
        """Whether notes to the SII come of it: of one document, or of several of one kind."""
        for wizard in self:
            moves = wizard.move_ids._origin
            alike = len(set(moves.mapped("move_type"))) == 1
            ours = all(move._l10n_cl_is_electronic() for move in moves)
            wizard.l10n_cl_is_note = alike and ours
            wizard.l10n_cl_are_many = wizard.l10n_cl_is_note and len(moves) > 1

    @api.depends("move_ids")
    def _compute_l10n_cl_does(self):
        for wizard in self:
            moves = wizard.move_ids._origin
            usual = wizard.l10n_cl_is_note and wizard._l10n_cl_usual(moves[0])
            possible = wizard._l10n_cl_possible()
            # where nothing is possible the usual is kept, and refused with its sentence
            wizard.l10n_cl_does = possible[0] if possible and usual not in possible else usual

    @api.depends("move_ids")
    def _compute_l10n_cl_must_do(self):
        for wizard in self:
            wizard.l10n_cl_must_do = len(wizard._l10n_cl_possible()) == 1

    def _l10n_cl_possible(self):
        """What a note may do to each of the documents, by the format's table."""
        if not self.l10n_cl_is_note:
            return []
        moves = self.move_ids._origin
        return [
            code
            for code, _label in CODES
            if not any(self._l10n_cl_forbidden(move, code) for move in moves)
        ]

    def _l10n_cl_forbidden(self, move, code):
        """The sentence that forbids a note over this invoice; empty when nothing does."""
        kind = move.l10n_latam_document_type_id.code
        problem = forbidden(self._l10n_cl_makes, CodRef(int(code)), kind, "")
        return problem and problems_text(self.env, [Problem(problem.code)])[0]

    def _l10n_cl_type_made(self):
        """The l10n_latam.document.type of the notes that the wizard makes."""
        return self.env["l10n_latam.document.type"].search(
            [("code", "=", str(self._l10n_cl_makes.value)), ("country_id.code", "=", "CL")], limit=1
        )

    def _l10n_cl_usual(self, move):
        """What a note over this invoice does most often."""
        return ANNULS

    @api.depends("move_ids", "l10n_cl_corrected")
    def _compute_l10n_cl_wrong_text(self):
        for wizard in self:
            move = wizard.move_ids._origin
            single = wizard.l10n_cl_is_note and len(move) == 1
            wizard.l10n_cl_wrong_text = single and text_then(move, wizard.l10n_cl_corrected)

    @api.depends("move_ids", "l10n_cl_corrected")
    def _compute_l10n_cl_right_text(self):
        for wizard in self:
            move = wizard.move_ids._origin
            single = wizard.l10n_cl_is_note and len(move) == 1
            wizard.l10n_cl_right_text = single and text_now(move, wizard.l10n_cl_corrected)

    def _l10n_cl_check_note(self):
        """Refuse at once what would be refused on the note anyway."""
        moves = self.move_ids.filtered(lambda move: move._l10n_cl_is_electronic()).sudo()
        documents = [move.l10n_cl_dte_id or move.l10n_cl_dte_ids[:1] for move in moves]
        dead = [text for document in documents if (text := dead_text(document))]
        if dead:
            raise UserError("\n".join(dead))
        if self.l10n_cl_is_note:
            self._l10n_cl_check_does()
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

    def _l10n_cl_check_does(self):
        moves = self.move_ids._origin
        does = [self.l10n_cl_does or self._l10n_cl_usual(move) for move in moves]
        texts = [
            f"{move.display_name}: {text}"
            for move, code in zip(moves, does, strict=True)
            if (text := self._l10n_cl_forbidden(move, code))
        ]
        if texts:
            raise UserError("\n".join(texts))
        if len(moves) > 1 and self.l10n_cl_does == TEXT:
            raise UserError(
                self.env._(
                    "Each document says something else: correct the text of one at a time. Several "
                    "at once can be annulled, or their amounts corrected."
                )
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
        """A note that corrects text has one line: the wrong text and the right one."""
        if not self._l10n_cl_corrects_text():
            return
        text = correction(self.l10n_cl_corrected, self.l10n_cl_wrong_text, self.l10n_cl_right_text)
        line = {"name": text, "quantity": 1, "price_unit": 0, "tax_ids": [Command.clear()]}
        notes.invoice_line_ids = [Command.clear(), Command.create(line)]
