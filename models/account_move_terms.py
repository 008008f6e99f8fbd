from dataclasses import replace

from odoo import fields, models

from ..sii.codes import NOTE_KINDS, FmaPago, MedioPago
from ..sii.document import Instalment
from .account_move_amounts import pesos

_TERMS_LENGTH = 100


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
        help="Empty: on credit when it is due after its date, else cash.",
    )

    def _l10n_cl_document(self):
        document = super()._l10n_cl_document()
        payment = self._l10n_cl_form_of_payment(document.issued_on)
        on_credit = payment is FmaPago.CREDIT
        return replace(
            document,
            payment=payment,
            due_on=self.invoice_date_due or None if on_credit else None,
            terms=self._l10n_cl_terms() if on_credit else "",
            means=MedioPago(self.l10n_cl_means) if self.l10n_cl_means else None,
            instalments=self._l10n_cl_instalments()
            if on_credit and document.kind not in NOTE_KINDS
            else (),
        )

    def _l10n_cl_form_of_payment(self, issued_on):
        if self.l10n_cl_payment:
            return FmaPago(int(self.l10n_cl_payment))
        due_later = self.invoice_date_due and self.invoice_date_due > issued_on
        return FmaPago.CREDIT if due_later else FmaPago.CASH

    def _l10n_cl_terms(self):
        """Name of the payment terms, in the language of the document."""
        term = self.invoice_payment_term_id.with_context(lang=self._l10n_cl_lang())
        return (term.name or "")[:_TERMS_LENGTH]

    def _l10n_cl_instalments(self):
        """MntPagos: what Odoo expects when, unless it is all at once."""
        lines = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        if len(lines) < 2:
            return ()
        return tuple(
            Instalment(line.date_maturity, pesos(abs(line.balance)))
            for line in lines.sorted(lambda line: (line.date_maturity, line.id))
        )
