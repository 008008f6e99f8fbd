from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError

from ..transport.mixin import TRANSPORT_FIELDS

# What the signed document says, and what the books say of it
SAID = frozenset(
    {
        "name",
        "sequence_prefix",
        "sequence_number",
        "l10n_latam_document_number",
        "l10n_latam_document_type_id",
        "move_type",
        "state",
        "date",
        "invoice_date",
        "company_id",
        "journal_id",
        "currency_id",
        "company_currency_id",
        "invoice_currency_rate",
        "partner_id",
        "commercial_partner_id",
        "invoice_partner_display_name",
        "invoice_pdf_report_file",
        "partner_shipping_id",
        "fiscal_position_id",
        "invoice_payment_term_id",
        "invoice_cash_rounding_id",
        "reversed_entry_id",
        "debit_origin_id",
        "tax_totals",
        "quick_edit_total_amount",
        "payment_state",
        "amount_untaxed",
        "amount_tax",
        "amount_total",
        "amount_residual",
        "amount_untaxed_signed",
        "amount_untaxed_in_currency_signed",
        "amount_tax_signed",
        "amount_total_signed",
        "amount_total_in_currency_signed",
        "amount_residual_signed",
        "l10n_cl_rate_typed",
        "l10n_cl_late",
        "l10n_cl_note_reason",
        "l10n_cl_note_typed",
        "l10n_cl_returned_on",
        "l10n_cl_delivered_on",
        "l10n_cl_means",
        "l10n_cl_payment",
        *TRANSPORT_FIELDS,
        "l10n_cl_service",
        "l10n_cl_sale_kind",
        "l10n_cl_purchase_kind",
        "l10n_cl_period_from",
        "l10n_cl_period_to",
    }
)
# What tells one document from all others: nothing writes it, Odoo's own code neither
NUMBER = frozenset(
    {
        "name",
        "sequence_prefix",
        "sequence_number",
        "l10n_latam_document_number",
        "l10n_latam_document_type_id",
        "move_type",
    }
)
# Links and states of ours: nobody writes them, on any invoice
OURS = frozenset(
    {
        "l10n_cl_dte_id",
        "l10n_cl_dte_ids",
        "l10n_cl_dte_state",
        "l10n_cl_xml_file",
        "l10n_cl_statement_id",
        "l10n_cl_issued_elsewhere",
        "l10n_cl_received_ids",
        "l10n_cl_rcv_entry_ids",
    }
)
# What only confirming an invoice does
_POSTING = {"state", "posted_before"}
_RECEIVER = ("partner_id", "commercial_partner_id")
_UNPAID = ("not_paid", "blocked")


class AccountMove(models.Model):
    """What a signed document says is changed by a note, and by nobody's writing."""

    _inherit = "account.move"

    @api.model
    def _l10n_cl_ours(self):
        """Names of fields that nobody writes. Hook: an addon adds those that it brings."""
        return OURS

    @api.model
    def default_get(self, fields):
        """Neither context nor ir.default sets what only our code does, or confirming."""
        closed = self._l10n_cl_ours() | _POSTING
        values = super().default_get([name for name in fields if name not in closed])
        if "state" in fields:
            values["state"] = "draft"
        return values

    def _l10n_cl_check_created(self, vals):
        """Raise AccessError when a person makes an invoice with what only our code writes."""
        if not self.env.su and (closed := self._l10n_cl_ours() & vals.keys()):
            raise AccessError(self._l10n_cl_ours_text(closed))

    def _l10n_cl_check_written(self, vals):
        """Raise AccessError when values would change what a signed document says."""
        if not self.env.su:
            self._l10n_cl_check_people(vals)
        if names := NUMBER & vals.keys():
            self._l10n_cl_check_number(names, vals)

    def _l10n_cl_signed_due(self, vals):
        """The day on which each signed invoice is due before the values are written."""
        if "invoice_date_due" not in vals:
            return {}
        return {move: move.invoice_date_due for move in self._l10n_cl_signed()}

    def _l10n_cl_log_due(self, due):
        """Another day to pay than the signed document's is in the invoice's history."""
        for move, before in due.items():
            if move.invoice_date_due != before:
                move._message_log(
                    body=self.env._(
                        "Due date: %(before)s → %(after)s. The signed document keeps the first.",
                        before=before,
                        after=move.invoice_date_due,
                    )
                )

    @contextmanager
    def _l10n_cl_posting(self):
        """Inside, and nowhere else, invoices become posted."""
        state = self.env.cr.precommit.data
        state["l10n_cl_posting"] = state.get("l10n_cl_posting", 0) + 1
        try:
            yield
        finally:
            # who flushes with hooks at hand empties this meanwhile
            state["l10n_cl_posting"] = max(0, state.get("l10n_cl_posting", 0) - 1)

    def _l10n_cl_check_people(self, vals):
        if closed := self._l10n_cl_ours() & vals.keys():
            raise AccessError(self._l10n_cl_ours_text(closed))
        if vals.get("state") == "posted" or "posted_before" in vals:
            self._l10n_cl_check_confirming()
        if said := SAID & vals.keys():
            self._l10n_cl_check_said(said, vals)

    def _l10n_cl_check_number(self, names, vals):
        """The same for the system. What another issued, and a supplier's document, have the number
        that the SII knows too, as long as they are posted."""
        self._l10n_cl_check_said(names, vals)
        for move in self.filtered(lambda move: move.state == "posted"):
            told = move.sudo()
            if not (told.l10n_cl_issued_elsewhere or told.l10n_cl_received_ids):
                continue
            if any(move._l10n_cl_would_change(vals, name) for name in names):
                raise AccessError(
                    self.env._(
                        "The number of %s is the one that the SII knows it by: it is not given "
                        "another. If it was typed wrong, reset to draft and correct it.",
                        told.name,
                    )
                )

    def _l10n_cl_check_said(self, names, vals):
        """Raise AccessError when what a signed document says would become something else."""
        for move in self._l10n_cl_signed():
            changed = [name for name in names if move._l10n_cl_would_change(vals, name)]
            if changed:
                raise AccessError(move._l10n_cl_signed_text(changed))

    def _l10n_cl_check_confirming(self):
        """Who writes that it is posted would take a folio, and sign nothing."""
        if self.env.cr.precommit.data.get("l10n_cl_posting"):
            return
        if electronic := self.filtered(lambda move: move._l10n_cl_is_electronic()):
            raise AccessError(
                self.env._(
                    "%s becomes a tax document when it is confirmed: use the button for that.",
                    electronic[:1].display_name,
                )
            )

    def _l10n_cl_signed(self):
        """Those whose document is signed and stands. What was never posted costs no query."""
        return self.filtered(
            lambda move: move.posted_before and move.sudo().l10n_cl_dte_id._is_signed()
        )

    def _l10n_cl_would_change(self, vals, name):
        """Whether writing would say something else than now; another card of one receiver not."""
        if name in _RECEIVER:
            return not self._l10n_cl_is_receiver(self.env["res.partner"].browse(vals[name]))
        value = vals[name]
        if name == "payment_state":
            # a hold on the payment says nothing of the document
            return not (value in _UNPAID and self.payment_state in (*_UNPAID, "partial"))
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return bool(value)
        new = field.convert_to_cache(value, self, validate=False)
        return new != field.convert_to_cache(self[name], self, validate=False)

    def _l10n_cl_is_receiver(self, partner):
        """Whether RUT and name of a contact are those that the document was made out to."""
        if partner == self.partner_id or partner == self.commercial_partner_id:
            return True
        document = self.sudo().l10n_cl_dte_id
        moved = self.new({"partner_id": partner.id}, origin=self)
        said = moved.sudo()._l10n_cl_document_receiver()
        return (said.rut, said.name) == (document.receiver_rut, document.receiver_name)

    def _l10n_cl_signed_text(self, names):
        labels = self._fields
        return self.env._(
            "%(fields)s: the signed document %(document)s says so and the SII holds it. It "
            "cannot be changed: make a credit note or a debit note.",
            fields=", ".join(labels[name]._description_string(self.env) for name in sorted(names)),
            document=self.sudo().name,
        )

    def _l10n_cl_ours_text(self, names):
        labels = self._fields
        return self.env._(
            "%s: this follows from what happens to the tax document. It cannot be written.",
            ", ".join(labels[name]._description_string(self.env) for name in sorted(names)),
        )

    def _l10n_cl_check_references(self):
        """Raise AccessError when a person changes what a signed document refers to."""
        if not self.env.su and (signed := self._l10n_cl_signed()):
            raise AccessError(signed[:1]._l10n_cl_signed_text(["l10n_cl_reference_ids"]))
