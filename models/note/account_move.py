from odoo import api, fields, models
from odoo.exceptions import RedirectWarning

from ...sii.errors import Problem
from ..access.entry import entry
from ..base.obstacle import Obstacle
from ..base.texts.rules import problems_text, term_text
from .days import is_late, is_return, term_of, typed_late_text, usual_delivery, usual_return
from .document import placed, reason_fields, reference_reason
from .family import family_of
from .family_rows import hold_family
from .obstacles import note_texts
from .original import changed_documents, changing_references, propose_reference
from .reason import REASONS, takes_off, usual_reason
from .typed import mark_typed, typed_or


class AccountMove(models.Model):
    """A credit or debit note: what it changes, why it is made, until when it lowers the VAT.

    Reason, days and term are proposed on the draft; what somebody typed is kept (``typed.py``). A
    note is posted only over documents that stand, with a reason, and takes no more than is left
    of them (``obstacles.py``); what it adds to its document is in ``document.py``.
    """

    _inherit = "account.move"

    # what the query of families looks for among invoices of other systems
    _l10n_cl_elsewhere = models.Index("(sequence_number) WHERE l10n_cl_issued_elsewhere")

    l10n_cl_asks_reason = fields.Boolean(
        "Asks for a reason", compute="_compute_l10n_cl_asks_reason"
    )
    l10n_cl_note_reason = fields.Selection(
        REASONS,
        "Reason of the credit note",
        compute="_compute_l10n_cl_note_reason",
        inverse="_inverse_l10n_cl_note_reason",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="Each reason has a term of its own for lowering the VAT. Goods returned and services "
        "called off: six months from the delivery to the day of the return (art. 21 N° 2 DL 825). "
        "An error, such as an invoice that should not be or a price or quantity too high: the "
        "month of the invoice or the next one (art. 22). A discount or bonus granted later has "
        "no term (art. 21 N° 1).",
    )
    l10n_cl_note_typed = fields.Json(
        "Fields of the term that were typed",
        copy=False,
        help="Names of the fields of a credit note's term that somebody typed.",
    )
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

    @api.depends("l10n_latam_document_type_id", "l10n_cl_reference_ids.code")
    def _compute_l10n_cl_asks_reason(self):
        for move in self:
            move.l10n_cl_asks_reason = takes_off(move)

    @api.depends(
        "l10n_latam_document_type_id",
        "reversed_entry_id",
        "l10n_cl_reference_ids.code",
        "l10n_cl_reference_ids.l10n_cl_reference_doc_type_selection",
        "invoice_line_ids.quantity",
        "invoice_line_ids.price_unit",
        "invoice_line_ids.discount",
    )
    def _compute_l10n_cl_note_reason(self):
        for move in self:
            move.l10n_cl_note_reason = typed_or(move, "l10n_cl_note_reason", usual_reason)

    @api.depends("l10n_cl_note_reason", "invoice_date")
    def _compute_l10n_cl_returned_on(self):
        for move in self:
            day = typed_or(move, "l10n_cl_returned_on", usual_return)
            move.l10n_cl_returned_on = is_return(move) and day

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
            day = typed_or(move, "l10n_cl_delivered_on", usual_delivery)
            move.l10n_cl_delivered_on = is_return(move) and day

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
            move.l10n_cl_late = typed_or(move, "l10n_cl_late", is_late)

    @api.depends("l10n_cl_late", "l10n_cl_returned_on", "l10n_cl_delivered_on", "invoice_date")
    def _compute_l10n_cl_term_text(self):
        for move in self:
            found = term_of(move)
            move.l10n_cl_term_text = found and term_text(move.env, found, move.l10n_cl_late)

    @api.onchange("l10n_cl_note_reason")
    def _inverse_l10n_cl_note_reason(self):
        for move in self:
            mark_typed(move, "l10n_cl_note_reason", usual_reason(move))

    @api.onchange("l10n_cl_returned_on")
    def _inverse_l10n_cl_returned_on(self):
        for move in self:
            mark_typed(move, "l10n_cl_returned_on", usual_return(move))

    @api.onchange("l10n_cl_delivered_on")
    def _inverse_l10n_cl_delivered_on(self):
        for move in self:
            mark_typed(move, "l10n_cl_delivered_on", usual_delivery(move))

    @api.onchange("l10n_cl_late")
    def _inverse_l10n_cl_late(self):
        for move in self:
            late = is_late(move)
            mark_typed(move, "l10n_cl_late", late)
            if isinstance(move.id, int) and move.l10n_cl_late != late:
                move._message_log(body=typed_late_text(move.env, move.l10n_cl_late))

    def _l10n_cl_changing_references(self):
        """The references with which a note changes tax documents."""
        return changing_references(self)

    def _l10n_cl_changed_documents(self):
        """The documents (l10n_cl.dte) issued by us that this note changes."""
        return changed_documents(self)

    def _l10n_cl_family(self, document):
        """The NoteFamily of this note, or invoice. document: its sii.Document."""
        return family_of(self, document)

    def _l10n_cl_propose_reference(self):
        """Refer to the one document that this draft can be about, where it changes none yet."""
        propose_reference(self)

    def _l10n_cl_reason_of(self, kind):
        """The ReasonFields of this document; empty in what is no note."""
        return reason_fields(self, kind)

    def _l10n_cl_reference_reason(self, reference):
        """The reason of a reference: what was written, or what the note does and why."""
        return reference_reason(self, reference)

    def _l10n_cl_placed(self, receiver):
        """The buyer, with the address of the changed document where there is none on file now."""
        return placed(self, receiver)

    def _l10n_cl_note_texts(self, document):
        """What forbids this note, or what its notes take. document: its sii.Document."""
        return note_texts(self, document)

    def _l10n_cl_reason_obstacles(self):
        """Whether the reason of this credit note is missing: an Obstacle, or nothing."""
        if not self._l10n_cl_lacks_reason():
            return []
        problem = Problem("note_reason_missing", "note_reason")
        return [Obstacle(text, self) for text in problems_text(self.env, [problem])]

    def _l10n_cl_lacks_reason(self):
        return not self.l10n_cl_note_reason and takes_off(self)

    def _l10n_cl_hold_changed(self):
        """Nobody else posts notes over what these change until this transaction ends."""
        for issuer, moves in self.grouped(lambda move: move.company_id.l10n_cl_issuer_id).items():
            changing = changing_references(moves.sudo()).filtered("changed_folio")
            if changing and issuer.sudo().company_rut:
                keys = {reference._changed_key() for reference in changing}
                hold_family(issuer.sudo(), sorted(keys))

    def _l10n_cl_ask_reason(self):
        """Raise RedirectWarning, with the way to the field, when a single note lacks its reason
        and nothing else."""
        if len(self) != 1 or not self._l10n_cl_lacks_reason():
            return
        obstacles = self._l10n_cl_obstacles(self._l10n_cl_foreseen_document())
        if len(obstacles) == 1:
            text = "\n- ".join([self._l10n_cl_label(), obstacles[0].text])
            action = self._l10n_cl_reason_action()
            raise RedirectWarning(text, action, self.env._("Choose the Reason"))

    def _l10n_cl_reason_action(self):
        """The reason of this credit note in a dialogue, and nothing else of it."""
        view = self.env.ref("l10n_cl_sii.account_move_view_form_reason")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why Is This Credit Note Made?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    @entry("write")
    def l10n_cl_action_reason_chosen(self):
        """Button: the reason was chosen in the dialogue, and the invoice behind it shows it."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}
