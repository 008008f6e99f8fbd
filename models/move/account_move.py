from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...sii import kinds, states
from ..access.entry import EMITTER, INTERNAL, VIEWER, entry


class AccountMove(models.Model):
    """The invoice only projects the state of its tax document."""

    _inherit = "account.move"

    l10n_cl_dte_ids = fields.One2many("l10n_cl.dte", "move_id", readonly=True)
    l10n_cl_dte_id = fields.Many2one(
        "l10n_cl.dte",
        "Tax document (DTE)",
        compute="_compute_l10n_cl_dte_id",
        store=True,
        copy=False,
        index="btree_not_null",
    )
    l10n_cl_is_dte = fields.Boolean(
        "Issued to the SII", compute="_compute_l10n_cl_is_dte", help="Its folio comes from a CAF."
    )
    l10n_cl_dte_state = fields.Selection(related="l10n_cl_dte_id.state", store=True, string="SII")
    l10n_cl_dte_sii_text = fields.Char(related="l10n_cl_dte_id.sii_text", groups=INTERNAL)
    l10n_cl_sii_track_id = fields.Char(
        related="l10n_cl_dte_id.track_id", string="SII track ID", groups=INTERNAL
    )
    l10n_cl_event_ids = fields.One2many(
        related="l10n_cl_dte_id.event_ids", string="SII history", groups=INTERNAL
    )
    l10n_cl_reference_ids = fields.One2many(
        "l10n_cl.reference", "move_id", "References", copy=False
    )

    @api.depends("l10n_cl_dte_ids.state")
    def _compute_l10n_cl_dte_id(self):
        for move in self:
            documents = move.l10n_cl_dte_ids
            move.l10n_cl_dte_id = documents.filtered(lambda dte: dte.state not in states.GIVEN_UP)[
                :1
            ]

    @api.depends(
        "country_code",
        "move_type",
        "l10n_latam_use_documents",
        "l10n_latam_document_type_id",
        "company_id",
        "l10n_cl_dte_ids",
        "reversed_entry_id",
        "debit_origin_id",
    )
    def _compute_l10n_cl_is_dte(self):
        for move in self:
            move.l10n_cl_is_dte = move._l10n_cl_is_electronic()

    def _l10n_cl_is_electronic(self):
        """Whether this is a tax document that we issue: of one of our kinds, and switched on."""
        return self._l10n_cl_is_issued_kind() and self._l10n_cl_emits()

    def _l10n_cl_is_issued_kind(self):
        """Whether this is a tax document of the kinds that we issue."""
        self.ensure_one()
        kind = kinds.of(self.l10n_latam_document_type_id.code)
        return self._l10n_cl_is_own_purchase() or (
            self.country_code == "CL"
            and self.move_type in ("out_invoice", "out_refund")
            and self.l10n_latam_use_documents
            and kind.issued
            and kind.book is kinds.Book.SALES
        )

    def _l10n_cl_is_emitted(self):
        """Whether posting this move now means issuing its tax document.

        What was posted before without one was issued by another system: it keeps its number.
        """
        self.ensure_one()
        issued_elsewhere = self.posted_before and not self.sudo().l10n_cl_dte_ids
        issued_elsewhere = issued_elsewhere or self._l10n_cl_from_elsewhere()
        return self._l10n_cl_is_electronic() and not issued_elsewhere

    def _l10n_cl_forbid_if_live(self):
        """What the SII holds, or may hold, is corrected by a note, never taken back."""
        for move in self.filtered(lambda m: m.sudo().l10n_cl_dte_id):
            if move.sudo().l10n_cl_dte_id._is_live():
                raise UserError(
                    self.env._(
                        "%s is a tax document of the SII. It cannot be changed nor cancelled: "
                        "make a credit note or a debit note.",
                        move.name,
                    )
                )

    @entry("write")
    def button_draft(self):
        self._l10n_cl_forbid_if_live()
        return super().button_draft()

    @entry("write")
    def button_cancel(self):
        self._l10n_cl_forbid_if_live()
        # the state of a payment that names statements is not a person's to write
        entries = self.origin_payment_id.sudo().filtered("l10n_cl_statement_ids").move_id & self
        super(AccountMove, entries.sudo()).button_cancel()
        return super(AccountMove, self - entries).button_cancel()

    def _compute_show_reset_to_draft_button(self):
        result = super()._compute_show_reset_to_draft_button()
        for move in self.filtered("show_reset_to_draft_button"):
            document = move.sudo().l10n_cl_dte_id
            move.show_reset_to_draft_button = not document or not document._is_live()
        return result

    def _l10n_cl_folio(self):
        """The folio of this document as text: the signed one's; the number of what has none."""
        folio = self.sudo().l10n_cl_dte_id.folio
        return str(folio) if folio else (self.l10n_latam_document_number or "").lstrip("0")

    def _l10n_cl_note_values(self, does, reason):
        """Values that make a note refer to this invoice; none when it is no tax document.

        does: sii.CodRef.
        """
        self.ensure_one()
        if not self._l10n_cl_is_electronic():
            return {}
        reference = {
            "document_type_id": self.l10n_latam_document_type_id.id,
            "folio": self._l10n_cl_folio(),
            "issued_on": self.invoice_date,
            "code": str(does.value),
            "reason": reason,
        }
        return {"l10n_cl_reference_ids": [Command.create(reference)]}

    @entry("read", VIEWER)
    def l10n_cl_action_open_dte(self):
        """Button: the tax document of this invoice."""
        self.ensure_one()
        return self.l10n_cl_dte_id._get_records_action()

    @entry("read", EMITTER)
    def l10n_cl_action_retry(self):
        """Button: try again what stopped."""
        return self.l10n_cl_dte_id.action_retry()
