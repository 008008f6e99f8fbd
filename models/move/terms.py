"""When and how a document is paid (PROTOCOL 5.3, 5.5)."""

from dataclasses import dataclass
from datetime import date

from odoo import fields
from odoo.tools import float_compare

from ...sii import clock, kinds
from ...sii.codes import FmaPago, IndServicio, MedioPago
from ...sii.document import Instalment, limits
from ..amounts.amounts import pesos

# Promises to pay, and online operations that pay.
_LATER = (MedioPago.DEFERRED_CHEQUE.value, MedioPago.BILL_OF_EXCHANGE.value)
_PAYING = ("online_redirect", "online_direct", "online_token", "offline")


@dataclass(frozen=True, slots=True)
class Terms:
    """The fields of a document that state when it is paid, and how: see sii.Document."""

    payment: FmaPago | None = None
    due_on: date | None = None
    text: str = ""
    instalments: tuple[Instalment, ...] = ()


def terms_of(move, kind, issued_on, service):
    """The Terms of this document. A boleta has none, but for the day on which it is due."""
    if kinds.of(kind).is_boleta:
        return Terms(due_on=_boleta_due(move, issued_on, service))
    payment = _form_of_payment(move, issued_on)
    if payment is not FmaPago.CREDIT:
        return Terms(payment)
    return Terms(
        payment,
        due_on=due_of(move) or None,
        text=_terms_name(move),
        instalments=() if kinds.of(kind).is_note else _instalments(move),
    )


def _boleta_due(move, issued_on, service):
    """The day on which it is due, where it is one to come; services at home always state it."""
    due = move.invoice_date_due or None
    if service is IndServicio.PERIODIC_DOMICILIARY:
        return due and max(due, issued_on)
    return due if due and due > issued_on else None


def _form_of_payment(move, issued_on):
    if move.l10n_cl_payment:
        return FmaPago(int(move.l10n_cl_payment))
    if _is_paid_before(move):
        return FmaPago.CASH
    due_later = move.invoice_date_due and move.invoice_date_due > issued_on
    if due_later or move.l10n_cl_means in _LATER:
        return FmaPago.CREDIT
    known = move.l10n_cl_means or _is_immediate(move)
    return FmaPago.CASH if known else FmaPago.CREDIT


def _is_paid_before(move):
    """Whether the money is there already: of its statement, or paid online for the order."""
    if move.sudo().l10n_cl_statement_id.state == "paid":
        return True
    paid = move.sudo().transaction_ids.filtered(
        lambda paid: (
            paid.state == "done"
            and paid.currency_id == move.currency_id
            and paid.operation in _PAYING
        )
    )
    return bool(paid) and (
        float_compare(
            sum(paid.mapped("amount")),
            move.amount_total,
            precision_rounding=move.currency_id.rounding,
        )
        >= 0
    )


def _is_immediate(move):
    """Whether somebody chose a payment term by which all is due at once."""
    return move.invoice_payment_term_id and all(
        line.delay_type == "days_after" and not line.nb_days
        for line in move.invoice_payment_term_id.line_ids
    )


def _terms_name(move):
    """Name of the payment terms, in the language of the document."""
    term = move.invoice_payment_term_id.with_context(lang=move._l10n_cl_lang())
    return (term.name or "")[: limits.TERMS]


def _instalments(move):
    """MntPagos: what Odoo expects when, unless it is all at once."""
    lines = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
    if len(lines) < 2:
        return ()
    return tuple(
        Instalment(line.date_maturity, pesos(abs(line.balance)))
        for line in lines.sorted(lambda line: (line.date_maturity, line.id))
    )


def due_of(move):
    """When it is due: as somebody or its terms set it, else on its date.

    Without terms Odoo makes it due on the day on which the draft was made.
    """
    day = move.invoice_date or clock.today()
    due = move.invoice_date_due
    untyped = move.state == "draft" and not move.invoice_payment_term_id
    return day if untyped and due and due < day and due in _days_made(move) else due


def _days_made(move):
    """The day of its making: here, for who made it, and where servers count."""
    made = move.create_date or fields.Datetime.now()
    return {
        made.date(),
        fields.Date.context_today(move, made),
        fields.Date.context_today(move.with_context(tz=str(clock.CHILE)), made),
    }
