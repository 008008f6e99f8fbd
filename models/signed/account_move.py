from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError

from ..transport.mixin import TRANSPORT_FIELDS

# What identifies a document: nothing writes it, Odoo's own code neither
NUMBER_FIELDS = frozenset(
    {
        "name",
        "sequence_prefix",
        "sequence_number",
        "l10n_latam_document_number",
        "l10n_latam_document_type_id",
        "move_type",
    }
)
# What the signed document has, and what the books have of it
SIGNED_FIELDS = NUMBER_FIELDS | frozenset(
    {
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
# Links and states of ours: nobody writes them, on any invoice
OUR_FIELDS = frozenset(
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
    """An invoice stays as its document was signed: a note corrects it, nobody writes it.

    In: values that are written. Out: AccessError where they would change what the signed document
    has, what only our code sets, or make a tax document without confirming it. Code that runs as
    system passes, but for the number.
    """

    _name = "account.move"
    _inherit = ["account.move", "l10n_cl.given.mixin"]

    @api.model
    def _looks_at(self, name):
        """Ids of what a note is over are checked too: its reference and term are taken from it."""
        return super()._looks_at(name) or name in ("reversed_entry_id", "debit_origin_id")

    @api.model
    def _l10n_cl_ours(self):
        """Names of fields that nobody writes. Hook: an addon adds those that it brings."""
        return OUR_FIELDS

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
        """Raise AccessError when values would change a signed document, or what is ours alone."""
        if not self.env.su:
            self._l10n_cl_check_people(vals)
        if names := NUMBER_FIELDS & vals.keys():
            self._l10n_cl_check_number(names, vals)

    def _l10n_cl_signed_due(self, vals):
        """The day on which each signed invoice is due before the values are written."""
        if "invoice_date_due" not in vals:
            return {}
        return {move: move.invoice_date_due for move in self._l10n_cl_signed()}

    def _l10n_cl_log_due(self, due):
        """Note in the history a due date that is no longer the signed document's."""
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
        """Inside, and nowhere else, people's calls make invoices posted."""
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
        if names := SIGNED_FIELDS & vals.keys():
            self._l10n_cl_check_signed(names, vals)

    def _l10n_cl_check_number(self, names, vals):
        """The same for code that runs as system. Posted invoices of another system, and documents
        of suppliers, keep the number that the SII knows as well."""
        self._l10n_cl_check_signed(names, vals)
        for move in self.filtered(lambda move: move.state == "posted"):
            known = move.sudo()
            of_supplier = move.is_purchase_document(include_receipts=True)
            if not known.l10n_cl_issued_elsewhere and not (
                of_supplier and known.l10n_cl_received_ids
            ):
                continue
            if any(move._l10n_cl_would_change(vals, name) for name in names):
                raise AccessError(
                    self.env._(
                        "The number of %s is the one that the SII knows it by: it is not given "
                        "another. If it was typed wrong, reset to draft and correct it.",
                        known.name,
                    )
                )

    def _l10n_cl_check_signed(self, names, vals):
        """Raise AccessError when a field of a signed document would become something else."""
        for move in self._l10n_cl_signed():
            changed = [name for name in names if move._l10n_cl_would_change(vals, name)]
            if changed:
                raise AccessError(move._l10n_cl_signed_text(changed))

    def _l10n_cl_check_confirming(self):
        """Raise AccessError where writing "posted" would take a folio and sign nothing."""
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
        """Whether a value is another than now; another contact of the same receiver is not."""
        if name in _RECEIVER:
            return not self._l10n_cl_is_receiver(self.env["res.partner"].browse(vals[name]))
        value = vals[name]
        if name == "payment_state":
            # a hold on the payment changes nothing of the document
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
        receiver = moved.sudo()._l10n_cl_document_receiver()
        return (receiver.rut, receiver.name) == (document.receiver_rut, document.receiver_name)

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
