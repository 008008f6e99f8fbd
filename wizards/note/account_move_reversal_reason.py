from collections import defaultdict

from odoo import api, fields, models

from ...models.base.texts.rules import term_text
from ...models.note.days import delivery_day
from ...models.note.reason import REASONS
from ...sii import clock, kinds
from ...sii.codes import NoteReason
from ...sii.rules.note_terms import term
from .mixin import AMOUNTS, ANNULS, TEXT


class AccountMoveReversal(models.TransientModel):
    """The reason of the credit notes, asked first, and whether they will lower the VAT."""

    _inherit = "account.move.reversal"

    l10n_cl_asks_reason = fields.Boolean(
        "Asks for a reason", compute="_compute_l10n_cl_asks_reason"
    )
    l10n_cl_note_reason = fields.Selection(
        REASONS,
        "Why",
        compute="_compute_l10n_cl_note_reason",
        store=True,
        readonly=False,
        help="Goods returned and services called off: six months from the delivery to the day of "
        "the return (art. 21 N° 2 DL 825). Error: an invoice that should not be, a price or "
        "quantity too high; the month of the invoice or the next one (art. 22). Discount or bonus "
        "granted later: no term (art. 21 N° 1).",
    )
    l10n_cl_delivered_on = fields.Date(
        "Delivered on",
        compute="_compute_l10n_cl_delivered_on",
        store=True,
        readonly=False,
        help="When what comes back had been delivered. Proposed: when the goods of the invoice "
        "arrived or left, its delivery date, or else its date. Each of several has its own.",
    )
    l10n_cl_returned_on = fields.Date(
        "Day of the return",
        compute="_compute_l10n_cl_returned_on",
        store=True,
        readonly=False,
        help="When the goods came back, or the service was called off.",
    )
    l10n_cl_term_text = fields.Text("VAT", compute="_compute_l10n_cl_term_text")
    l10n_cl_late = fields.Boolean("Too late to lower VAT", compute="_compute_l10n_cl_term_text")

    @api.depends("move_ids", "l10n_cl_does")
    def _compute_l10n_cl_asks_reason(self):
        for wizard in self:
            takes_off = wizard.l10n_cl_is_note and wizard.l10n_cl_does != TEXT
            made = set(wizard.move_ids._origin.mapped("move_type"))
            wizard.l10n_cl_asks_reason = takes_off and made <= {"out_invoice", "in_invoice"}

    @api.depends("l10n_cl_asks_reason", "l10n_cl_does")
    def _compute_l10n_cl_note_reason(self):
        """Proposed for what annuls; for a part a person chooses, or the draft takes it from its
        lines."""
        for wizard in self:
            proposed = NoteReason.RETURN.value if wizard.l10n_cl_does == ANNULS else False
            kept = wizard.l10n_cl_note_reason or proposed
            wizard.l10n_cl_note_reason = wizard.l10n_cl_asks_reason and kept

    @api.depends("l10n_cl_note_reason", "move_ids")
    def _compute_l10n_cl_delivered_on(self):
        for wizard in self:
            move, is_return = wizard.move_ids._origin, wizard._l10n_cl_is_return()
            asked = is_return and len(move) == 1
            usual = asked and (delivery_day(move) or move.invoice_date)
            wizard.l10n_cl_delivered_on = asked and (wizard.l10n_cl_delivered_on or usual)

    @api.depends("l10n_cl_note_reason", "date")
    def _compute_l10n_cl_returned_on(self):
        for wizard in self:
            day = wizard.date or clock.today()
            wizard.l10n_cl_returned_on = wizard._l10n_cl_is_return() and day

    @api.onchange("l10n_cl_note_reason")
    def _onchange_l10n_cl_note_reason(self):
        """A discount annuls nothing."""
        if self.l10n_cl_note_reason == NoteReason.DISCOUNT.value and self.l10n_cl_does == ANNULS:
            self.l10n_cl_does = AMOUNTS

    @api.onchange("l10n_cl_does")
    def _onchange_l10n_cl_does(self):
        """The proposal for the whole does not hold for a part."""
        if self.l10n_cl_does == AMOUNTS and self._l10n_cl_is_return():
            self.l10n_cl_note_reason = False

    @api.depends("l10n_cl_note_reason", "l10n_cl_delivered_on", "l10n_cl_returned_on", "date")
    def _compute_l10n_cl_term_text(self):
        for wizard in self:
            moves = wizard.move_ids._origin
            terms = [(move, found) for move in moves if (found := wizard._l10n_cl_term(move))]
            wizard.l10n_cl_late = any(found.late for _move, found in terms)
            names_of = defaultdict(list)
            for move, found in terms:
                names_of[term_text(wizard.env, found)].append(move.display_name)
            several = len(moves) > 1
            wizard.l10n_cl_term_text = "\n".join(
                f"{', '.join(names)}: {text}" if several else text
                for text, names in names_of.items()
            )

    def _l10n_cl_is_return(self):
        return self.l10n_cl_is_note and self.l10n_cl_note_reason == NoteReason.RETURN.value

    def _l10n_cl_term(self, move):
        """The sii Term of the note that is to be made over an invoice; None without reason."""
        if not self.l10n_cl_note_reason:
            return None
        delivered_on = self.l10n_cl_delivered_on or delivery_day(move)
        return term(
            NoteReason(self.l10n_cl_note_reason),
            move.invoice_date,
            self.date or clock.today(),
            delivered_on=delivered_on or None,
            returned_on=self.l10n_cl_returned_on or None,
            over_note=kinds.of(move.l10n_latam_document_type_id.code).is_note,
        )

    def _l10n_cl_reason_values(self):
        """Values of the notes: the reason counts as typed, its days only where they are known."""
        if not self.l10n_cl_note_reason:
            return {}
        values = {
            "l10n_cl_note_reason": self.l10n_cl_note_reason,
            "l10n_cl_note_typed": ["l10n_cl_note_reason"],
            "l10n_cl_returned_on": self.l10n_cl_returned_on,
        }
        if self.l10n_cl_delivered_on:
            values["l10n_cl_delivered_on"] = self.l10n_cl_delivered_on
        return values
