from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...sii import kinds, states
from ..access.entry import EMITTER, INTERNAL, VIEWER, entry
from ..access.unforeseen import attempt
from ..base.chilean_day import CHILE
from .outlook import rehearse


class AccountMove(models.Model):
    """An invoice shows its tax document's state, and is not undone while the SII holds that."""

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

    def _l10n_cl_emits(self):
        """Whether documents of the kinds that we issue are issued here, and not just recorded.

        What has a document keeps it, whatever the switch is afterwards. Hook: an addon that
        issues before the switch is on extends this.
        """
        self.ensure_one()
        return bool(self.company_id._l10n_cl_emits() or self.sudo().l10n_cl_dte_ids)

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

    @api.ondelete(at_uninstall=False)
    def _unlink_never_with_dte(self):
        for move in self.filtered(lambda move: move.sudo().l10n_cl_dte_ids):
            raise UserError(
                self.env._(
                    "%s had a folio of the SII, which is evidence: it cannot be deleted. "
                    "Cancel it.",
                    move.display_name,
                )
            )

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

    @entry("write", EMITTER)
    def l10n_cl_action_emit(self):
        """Action: show what the chosen invoices will become, and emit them."""
        wizard = self.env["l10n_cl.emit"]._open_over(self)
        return wizard._get_records_action(name=self.env._("Emit DTE"))

    @entry("write", EMITTER)
    def l10n_cl_action_check(self):
        """Button: would the SII accept it? Tries everything but the sending."""
        wizard = self.env["l10n_cl.emit"]._open_over(self, rehearse(self))
        wizard.rehearsed = True
        return wizard._get_records_action(name=self.env._("Would the SII Accept It?"))

    @entry("write", EMITTER)
    def l10n_cl_action_confirm(self):
        """Button of the form: confirm; if that is refused, the list of what is in its way.

        Programs call ``action_post``, which raises.
        """
        self.ensure_one()
        action, reason = attempt(self, type(self).action_post)
        if not reason:
            return action
        wizard = self.env["l10n_cl.emit"]._open_over(self, {self: reason})
        return wizard._get_records_action(name=self.env._("It Cannot Be Confirmed Yet"))

    def _get_name_invoice_report(self):
        if self._l10n_cl_is_own_purchase() and self._l10n_cl_emits():
            return "l10n_cl.report_invoice_document"
        return super()._get_name_invoice_report()

    # What l10n_cl calls on invoices in another currency, and Community defines nowhere.

    def _l10n_cl_normalize_currency_name(self, currency_name):
        """The customs' name of a currency (``DOLAR USA``), or its code where l10n_cl has none."""
        currency = self.env["res.currency"].with_context(active_test=False)
        found = currency.search([("name", "=", currency_name)], limit=1)
        return found.l10n_cl_short_name or currency_name

    def _format_length(self, text, text_len):
        """The text cut to a length; empty when there is none."""
        return (text or "")[:text_len]

    # Dates that Odoo computes from today are of Chile's day where the company is Chilean.

    def _l10n_cl_apart(self):
        """Chilean companies' invoices in Chile's timezone, and all others as they are."""
        chilean = self.filtered(lambda move: move.country_code == "CL")
        return chilean.with_context(tz=CHILE), self - chilean

    def _compute_date(self):
        chilean, others = self._l10n_cl_apart()
        super(AccountMove, others)._compute_date()
        return super(AccountMove, chilean)._compute_date()

    def _compute_invoice_date_due(self):
        chilean, others = self._l10n_cl_apart()
        super(AccountMove, others)._compute_invoice_date_due()
        return super(AccountMove, chilean)._compute_invoice_date_due()

    def _get_invoice_currency_rate_date(self):
        move = self.with_context(tz=CHILE) if self.country_code == "CL" else self
        return super(AccountMove, move)._get_invoice_currency_rate_date()
