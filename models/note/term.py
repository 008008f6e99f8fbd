from datetime import date

from odoo import api, fields, models

from ...sii import clock
from ...sii.codes import NoteReason
from ...sii.rules.note_terms import term
from ..base.texts.rules import term_text


class AccountMove(models.Model):
    """The term in which a credit note lowers the seller's VAT, by its reason."""

    _inherit = "account.move"

    l10n_cl_returned_on = fields.Date(
        "Day of the return",
        compute="_compute_l10n_cl_returned_on",
        inverse="_inverse_l10n_cl_returned_on",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="When the goods came back, or the service was called off: six months are counted "
        "from the delivery to this day.",
    )
    l10n_cl_delivered_on = fields.Date(
        "Delivered on",
        compute="_compute_l10n_cl_delivered_on",
        inverse="_inverse_l10n_cl_delivered_on",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="When what comes back had been delivered. Proposed: when the goods of the invoice "
        "arrived or left, its delivery date, or else its date.",
    )
    l10n_cl_late = fields.Boolean(
        "Does not lower VAT",
        compute="_compute_l10n_cl_late",
        inverse="_inverse_l10n_cl_late",
        store=True,
        readonly=False,
        copy=False,
        help="IndNoRebaja: this credit note comes after the term that its reason has for lowering "
        "the VAT to be paid. It is still right, and needed to ask for the refund (art. 126 CT).",
    )
    l10n_cl_term_text = fields.Char("Its VAT", compute="_compute_l10n_cl_term_text")

    @api.depends("l10n_cl_note_reason", "invoice_date")
    def _compute_l10n_cl_returned_on(self):
        for move in self:
            proposed = move._l10n_cl_is_proposed("l10n_cl_returned_on")
            day = move._l10n_cl_usual_return() if proposed else move.l10n_cl_returned_on
            move.l10n_cl_returned_on = move._l10n_cl_is_return() and day

    @api.depends(
        "l10n_cl_note_reason",
        "reversed_entry_id.delivery_date",
        "reversed_entry_id.l10n_cl_departs_at",
        "reversed_entry_id.l10n_cl_arrives_on",
        "l10n_cl_reference_ids.issued_on",
        "l10n_cl_reference_ids.code",
    )
    def _compute_l10n_cl_delivered_on(self):
        for move in self:
            proposed = move._l10n_cl_is_proposed("l10n_cl_delivered_on")
            day = move._l10n_cl_usual_delivery() if proposed else move.l10n_cl_delivered_on
            move.l10n_cl_delivered_on = move._l10n_cl_is_return() and day

    @api.depends(
        "invoice_date",
        "l10n_cl_note_reason",
        "l10n_cl_returned_on",
        "l10n_cl_delivered_on",
        "l10n_latam_document_type_id",
        "l10n_cl_reference_ids.issued_on",
        "l10n_cl_reference_ids.code",
    )
    def _compute_l10n_cl_late(self):
        for move in self:
            proposed = move._l10n_cl_is_proposed("l10n_cl_late")
            move.l10n_cl_late = move._l10n_cl_is_late() if proposed else move.l10n_cl_late

    @api.depends("l10n_cl_late", "l10n_cl_returned_on", "l10n_cl_delivered_on", "invoice_date")
    def _compute_l10n_cl_term_text(self):
        for move in self:
            found = move._l10n_cl_term()
            move.l10n_cl_term_text = found and term_text(move.env, found, move.l10n_cl_late)

    @api.onchange("l10n_cl_returned_on")
    def _inverse_l10n_cl_returned_on(self):
        for move in self:
            move._l10n_cl_mark_typed("l10n_cl_returned_on", move._l10n_cl_usual_return())

    @api.onchange("l10n_cl_delivered_on")
    def _inverse_l10n_cl_delivered_on(self):
        for move in self:
            move._l10n_cl_mark_typed("l10n_cl_delivered_on", move._l10n_cl_usual_delivery())

    @api.onchange("l10n_cl_late")
    def _inverse_l10n_cl_late(self):
        for move in self:
            late = move._l10n_cl_is_late()
            move._l10n_cl_mark_typed("l10n_cl_late", late)
            if isinstance(move.id, int) and move.l10n_cl_late != late:
                move._message_log(body=move._l10n_cl_late_text())

    def _l10n_cl_late_text(self):
        if self.l10n_cl_late:
            return self.env._("Set by hand: this credit note does not lower the VAT.")
        return self.env._(
            "Set by hand: this credit note lowers the VAT, although its term is over."
        )

    def _l10n_cl_is_return(self):
        return self.l10n_cl_note_reason == NoteReason.RETURN.value

    def _l10n_cl_usual_return(self):
        return self._l10n_cl_is_return() and (self.invoice_date or clock.today())

    def _l10n_cl_usual_delivery(self):
        """When what comes back was delivered: the oldest of the documents, or their delivery."""
        days = self._l10n_cl_original_days()
        delivered = self.reversed_entry_id._l10n_cl_delivery_day()
        return self._l10n_cl_is_return() and (delivered or min(days, default=False))

    def _l10n_cl_delivery_day(self):
        """When the goods of this invoice were delivered, where that is known."""
        departure = self._l10n_cl_departure()
        return self.l10n_cl_arrives_on or (departure and departure.date()) or self.delivery_date

    def _l10n_cl_original_days(self) -> list[date]:
        return list(filter(None, self._l10n_cl_changing_references().mapped("issued_on")))

    def _l10n_cl_is_late(self):
        found = self._l10n_cl_term()
        return bool(found) and found.late

    def _l10n_cl_term(self):
        """The sii Term of this credit note; None without reason, or without what it changes."""
        days = self._l10n_cl_original_days()
        if not (self._l10n_cl_takes_off() and self.l10n_cl_note_reason and days):
            return None
        return term(
            NoteReason(self.l10n_cl_note_reason),
            min(days),
            self.invoice_date or clock.today(),
            delivered_on=self.l10n_cl_delivered_on or None,
            returned_on=self.l10n_cl_returned_on or None,
            over_note=self._l10n_cl_is_over_note(),
        )
