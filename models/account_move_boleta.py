from dataclasses import replace

from odoo import fields, models

from ..sii.amounts import affected_sum, net_of
from ..sii.codes import ANONYMOUS_RUT, BOLETA_KINDS, IndServicio, MedioPago
from .account_move_document_type import BOLETA_CODES, is_anonymous
from .issuer_boleta import NAMED_ABOVE_UF, dotted

# Pesos by which the SII lets the net of gross prices differ (PROTOCOL 5.6).
_TOLERANCE = 1


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
        help="How it was paid, or will be; the law asks for it in boletas above 135 UF.",
    )

    def _l10n_cl_is_boleta(self):
        return self._l10n_cl_is_electronic() and (
            self.l10n_latam_document_type_id.code in BOLETA_CODES
        )

    def _l10n_cl_document(self):
        document = super()._l10n_cl_document()
        if document.kind not in BOLETA_KINDS:
            return document
        service = document.service or int(self.company_id.l10n_cl_issuer_id.boleta_service or 3)
        document = replace(
            document,
            gross=True,
            payment=None,
            instalments=(),
            service=IndServicio(service),
            means=MedioPago(self.l10n_cl_means) if self.l10n_cl_means else document.means,
        )
        return replace(document, totals=self._l10n_cl_boleta_totals(document))

    def _l10n_cl_boleta_totals(self, document):
        """Net and VAT of gross prices: the ledger's, and the law's where the two differ.

        The buyer owes the sum of the gross lines, which is the invoice's total to the peso; the
        law takes the net out of it and leaves the rest to VAT (PROTOCOL 4.4). The ledger comes to
        the same when VAT is rounded once per document, as the Chilean chart of accounts has it.
        A company that rounds line by line may end several pesos away: then the boleta must say
        what the SII computes, and the total stays the same.
        """
        totals = document.totals
        if not totals.net or totals.vat_rate is None:
            return totals
        affected = affected_sum(document.kind, document.lines, document.adjustments)
        net = net_of(affected, totals.vat_rate)
        if abs(net - totals.net) <= _TOLERANCE and totals.net + totals.vat == affected:
            return totals
        return replace(totals, net=net, vat=affected - net)

    def _l10n_cl_document_receiver(self):
        """Whoever gives no RUT is nobody: in a boleta, and in a note over one."""
        receiver = super()._l10n_cl_document_receiver()
        if receiver.rut or not self._l10n_cl_may_be_anonymous():
            return receiver
        return replace(receiver, rut=ANONYMOUS_RUT)

    def _l10n_cl_may_be_anonymous(self):
        original = self.reversed_entry_id or self.debit_origin_id
        return self._l10n_cl_is_boleta() or bool(original and original._l10n_cl_is_boleta())

    def _l10n_cl_obstacles(self, document):
        found = super()._l10n_cl_obstacles(document)
        if document is None or document.kind not in BOLETA_KINDS:
            return found
        return found + self._l10n_cl_obstacles_of_high_amount(document)

    def _l10n_cl_obstacles_of_high_amount(self, document):
        """What a boleta above the limit lacks; nothing is asked while Odoo knows no UF."""
        limit = self.company_id.l10n_cl_issuer_id._boleta_limit(document.issued_on)
        if not limit or document.totals.total <= limit:
            return []
        data = {"uf": NAMED_ABOVE_UF, "limit": dotted(limit)}
        obstacles = []
        if is_anonymous(document.receiver.rut):
            text = self.env._(
                "A boleta of more than %(uf)s UF ($ %(limit)s) names its buyer: choose a customer "
                "with RUT and name.",
                **data,
            )
            obstacles.append((text, self))
        if not document.means:
            text = self.env._(
                "A boleta of more than %(uf)s UF ($ %(limit)s) tells the means of payment.", **data
            )
            obstacles.append((text, self))
        return obstacles
