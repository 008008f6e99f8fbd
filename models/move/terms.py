from dataclasses import dataclass
from datetime import date

from odoo import fields, models
from odoo.tools import float_compare

from ...sii import kinds
from ...sii.codes import FmaPago, IndServicio, MedioPago
from ...sii.document import Instalment, limits
from ..amounts.amounts import pesos

# Promises to pay, and online operations that pay.
_LATER = (MedioPago.DEFERRED_CHEQUE.value, MedioPago.BILL_OF_EXCHANGE.value)
_PAYING = ("online_redirect", "online_direct", "online_token", "offline")


@dataclass(frozen=True, slots=True)
class Terms:
    """The fields of a document that say when it is paid, and how: see sii.Document."""

    payment: FmaPago | None = None
    due_on: date | None = None
    text: str = ""
    instalments: tuple[Instalment, ...] = ()


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

    def _l10n_cl_terms_of(self, kind, issued_on, service):
        """The Terms of this document. A boleta has none, but for the day on which it is due."""
        if kinds.of(kind).is_boleta:
            return Terms(due_on=self._l10n_cl_boleta_due(issued_on, service))
        payment = self._l10n_cl_form_of_payment(issued_on)
        if payment is not FmaPago.CREDIT:
            return Terms(payment)
        return Terms(
            payment,
            due_on=self._l10n_cl_due() or None,
            text=self._l10n_cl_terms_name(),
            instalments=() if kinds.of(kind).is_note else self._l10n_cl_instalments(),
        )

    def _l10n_cl_boleta_due(self, issued_on, service):
        """The day on which it is due, where it is one to come; services at home always tell it."""
        due = self.invoice_date_due or None
        if service is IndServicio.PERIODIC_DOMICILIARY:
            return due and max(due, issued_on)
        return due if due and due > issued_on else None

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

    def _l10n_cl_terms_name(self):
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
