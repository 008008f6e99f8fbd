from dataclasses import replace

from odoo import fields, models
from odoo.tools import float_compare

from ...sii.codes import NOTE_KINDS, FmaPago, MedioPago
from ...sii.document import Instalment, limits
from ..amounts.amounts import pesos

# Promises to pay, and online operations that pay.
_LATER = (MedioPago.DEFERRED_CHEQUE.value, MedioPago.BILL_OF_EXCHANGE.value)
_PAYING = ("online_redirect", "online_direct", "online_token", "offline")


class AccountMove(models.Model):
    """When and how a document is paid (PROTOCOL 5.3, 5.5)."""

    _inherit = "account.move"

    l10n_cl_payment = fields.Selection(
        [
            (str(FmaPago.CASH.value), "Cash"),
            (str(FmaPago.CREDIT.value), "Credit"),
            (str(FmaPago.FREE.value), "Free of charge"),
        ],
        "Form of Payment",
        copy=False,
        help="Empty: cash when it is known to be paid (a payment, a means of payment or the "
        "immediate payment term), else on credit. Who bought for cash cannot claim the invoice, "
        "and nobody can cede it.",
    )

    def _l10n_cl_document(self):
        document = super()._l10n_cl_document()
        payment = self._l10n_cl_form_of_payment(document.issued_on)
        on_credit = payment is FmaPago.CREDIT
        return replace(
            document,
            payment=payment,
            due_on=self._l10n_cl_due() or None if on_credit else None,
            terms=self._l10n_cl_terms() if on_credit else "",
            means=MedioPago(self.l10n_cl_means) if self.l10n_cl_means else None,
            instalments=self._l10n_cl_instalments()
            if on_credit and document.kind not in NOTE_KINDS
            else (),
        )

    def _l10n_cl_form_of_payment(self, issued_on):
        if self.l10n_cl_payment:
            return FmaPago(int(self.l10n_cl_payment))
        if self._l10n_cl_is_paid_before():
            return FmaPago.CASH
        due_later = self.invoice_date_due and self.invoice_date_due > issued_on
        if due_later or self.l10n_cl_means in _LATER:
            return FmaPago.CREDIT
        told = self.l10n_cl_means or self._l10n_cl_is_immediate()
        return FmaPago.CASH if told else FmaPago.CREDIT

    def _l10n_cl_is_paid_before(self):
        """Whether the money is there already: of its statement, or paid online for the order."""
        if self.sudo().l10n_cl_statement_id.state == "paid":
            return True
        paid = self.sudo().transaction_ids.filtered(
            lambda paid: (
                paid.state == "done"
                and paid.currency_id == self.currency_id
                and paid.operation in _PAYING
            )
        )
        return bool(paid) and (
            float_compare(
                sum(paid.mapped("amount")),
                self.amount_total,
                precision_rounding=self.currency_id.rounding,
            )
            >= 0
        )

    def _l10n_cl_is_immediate(self):
        """Whether somebody chose a payment term by which all is due at once."""
        return self.invoice_payment_term_id and all(
            line.delay_type == "days_after" and not line.nb_days
            for line in self.invoice_payment_term_id.line_ids
        )

    def _l10n_cl_terms(self):
        """Name of the payment terms, in the language of the document."""
        term = self.invoice_payment_term_id.with_context(lang=self._l10n_cl_lang())
        return (term.name or "")[: limits.TERMS]

    def _l10n_cl_instalments(self):
        """MntPagos: what Odoo expects when, unless it is all at once."""
        lines = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        if len(lines) < 2:
            return ()
        return tuple(
            Instalment(line.date_maturity, pesos(abs(line.balance)))
            for line in lines.sorted(lambda line: (line.date_maturity, line.id))
        )
