from dataclasses import replace

from odoo import fields, models

from ...sii.codes import ANONYMOUS_RUT, BOLETA_KINDS, IndServicio, MedioPago
from ...sii.rules import boleta
from ..base.texts.rules import problems_text
from .document_type import BOLETA_CODES


class AccountMove(models.Model):
    """What is particular to boletas: gross amounts, buyers without a name, no terms of payment."""

    _inherit = "account.move"

    l10n_cl_means = fields.Selection(
        [
            (MedioPago.CASH.value, "Cash"),
            (MedioPago.CARD.value, "Card"),
            (MedioPago.TRANSFER.value, "Bank transfer"),
            (MedioPago.CHEQUE.value, "Cheque"),
            (MedioPago.DEFERRED_CHEQUE.value, "Deferred cheque"),
            (MedioPago.BILL_OF_EXCHANGE.value, "Bill of exchange"),
            (MedioPago.OTHER.value, "Other"),
        ],
        "Means of payment",
        copy=False,
        help="How it was paid, or will be; the law asks for it in boletas above 135 UF "
        "(of 31 December of the year before).",
    )

    def _l10n_cl_is_boleta(self):
        return self._l10n_cl_is_electronic() and (
            self.l10n_latam_document_type_id.code in BOLETA_CODES
        )

    def _l10n_cl_document(self):
        document = super()._l10n_cl_document()
        if document.kind not in BOLETA_KINDS:
            return document
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        service = document.service or int(issuer.boleta_service or 3)
        return replace(
            document,
            gross=True,
            payment=None,
            due_on=self._l10n_cl_boleta_due(document.issued_on, IndServicio(service)),
            instalments=(),
            service=IndServicio(service),
            means=MedioPago(self.l10n_cl_means) if self.l10n_cl_means else document.means,
            software_rut=issuer.software_rut or "",
        )

    def _l10n_cl_boleta_due(self, issued_on, service):
        """The day on which it is due, where it is one to come; services at home always tell it."""
        due = self.invoice_date_due or None
        if service is IndServicio.PERIODIC_DOMICILIARY:
            return due and max(due, issued_on)
        return due if due and due > issued_on else None

    def _l10n_cl_document_receiver(self):
        """Whoever gives no RUT is nobody: in a boleta, and in a note over one."""
        receiver = super()._l10n_cl_document_receiver()
        if receiver.rut or not self._l10n_cl_may_be_anonymous():
            return receiver
        return replace(receiver, rut=ANONYMOUS_RUT)

    def _l10n_cl_may_be_anonymous(self):
        changed = self._l10n_cl_changing_references()
        kinds = changed.mapped("l10n_cl_reference_doc_type_selection")
        return self._l10n_cl_is_boleta() or not set(kinds).isdisjoint(BOLETA_CODES)

    def _l10n_cl_obstacles(self, document):
        """Also who must be named above the limit of the year."""
        found = super()._l10n_cl_obstacles(document)
        if document is None or document.kind not in BOLETA_KINDS:
            return found
        limit = self.company_id.l10n_cl_issuer_id._boleta_limit(document.issued_on.year)
        problems = [] if limit is None else list(boleta.check_buyer(document, limit))
        places = [self._l10n_cl_place(problem.where) for problem in problems]
        return found + list(zip(problems_text(self.env, problems), places, strict=True))
