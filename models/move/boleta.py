from odoo import fields, models

from ...sii import kinds
from ...sii.codes import MedioPago
from ...sii.rules import boleta
from ..base.texts.rules import problems_text


class AccountMove(models.Model):
    """What is particular to boletas: buyers without a name, and who must be named."""

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
            kinds.of(self.l10n_latam_document_type_id.code).is_boleta
        )

    def _l10n_cl_may_be_anonymous(self):
        changed = self._l10n_cl_changing_references()
        codes = changed.mapped("l10n_cl_reference_doc_type_selection")
        return self._l10n_cl_is_boleta() or any(kinds.of(code).is_boleta for code in codes)

    def _l10n_cl_boleta_obstacles(self, document):
        """Who must be named above the limit of the year."""
        if not document.traits.is_boleta:
            return []
        limit = self.company_id.l10n_cl_issuer_id._boleta_limit(document.issued_on.year)
        problems = [] if limit is None else list(boleta.check_buyer(document, limit))
        places = [self._l10n_cl_place(problem.where) for problem in problems]
        return list(zip(problems_text(self.env, problems), places, strict=True))
