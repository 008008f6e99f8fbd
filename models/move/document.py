from dataclasses import dataclass, replace

from odoo import SUPERUSER_ID, api, fields, models

from ...sii import clock, kinds, rut
from ...sii.codes import (
    ANONYMOUS_RUT,
    CodRef,
    FmaPago,
    IndServicio,
    MedioPago,
    TpoTranCompra,
    TpoTranVenta,
)
from ...sii.document import (
    Document,
    ForeignTotals,
    GlobalAdjustment,
    Issuer,
    Line,
    Receiver,
    Reference,
    Totals,
    limits,
)
from ..amounts.discounts import adjustments_of
from ..amounts.foreign import foreign_totals
from ..amounts.lines import lines_of
from ..amounts.totals import totals_of
from .terms import terms_of
from .trade import proposed_purchase, proposed_sale, purchase_of, sale_of

_SPANISH = ("es_CL", "es_419")


@dataclass(frozen=True, slots=True)
class Content:
    """What a document sells, and what that comes to in pesos and in another currency."""

    lines: tuple[Line, ...]
    adjustments: tuple[GlobalAdjustment, ...]
    totals: Totals
    foreign: ForeignTotals | None


class AccountMove(models.Model):
    """An invoice as the tax document it stands for.

    In: an invoice, posted or not. Out: its sii.Document, every field of it named in one call. It
    is never judged here (``_l10n_cl_obstacles``), has no folio, and nothing is written.
    """

    _inherit = "account.move"

    l10n_cl_service = fields.Selection(
        [
            (str(IndServicio.PERIODIC_DOMICILIARY.value), "Periodic, at home (water, power...)"),
            (str(IndServicio.PERIODIC_OTHER.value), "Periodic, other"),
            (str(IndServicio.SERVICES.value), "Services"),
        ],
        "Service",
        help="IndServicio: empty for goods.",
    )
    l10n_cl_period_from = fields.Date("Service From", copy=False)
    l10n_cl_period_to = fields.Date("Service To", copy=False)
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
    l10n_cl_sale_kind = fields.Selection(
        [
            (str(TpoTranVenta.BUSINESS.value), "Line of business"),
            (str(TpoTranVenta.FIXED_ASSET.value), "Fixed asset"),
            (str(TpoTranVenta.REAL_ESTATE.value), "Real estate"),
        ],
        "Kind of Sale",
        help="TpoTranVenta, by which the SII's register of sales knows what was sold. Empty: as "
        "proposed by the accounts of the lines.",
    )
    l10n_cl_purchase_kind = fields.Selection(
        [
            (str(TpoTranCompra.BUSINESS.value), "Line of business"),
            (str(TpoTranCompra.SUPERMARKET.value), "Supermarkets and the like"),
            (str(TpoTranCompra.REAL_ESTATE.value), "Real estate"),
            (str(TpoTranCompra.FIXED_ASSET.value), "Fixed asset"),
            (str(TpoTranCompra.COMMON_USE.value), "VAT of common use"),
            (str(TpoTranCompra.NO_CREDIT.value), "No right to the credit"),
            (str(TpoTranCompra.NOT_INCLUDED.value), "Not to be included"),
        ],
        "Kind of Purchase",
        help="TpoTranCompra, by which the buyer's register knows what was bought. Empty: nothing "
        "is told; in a purchase invoice, as proposed by the accounts of the lines.",
    )
    l10n_cl_transaction_text = fields.Char(
        "Proposed Kind", compute="_compute_l10n_cl_transaction_text"
    )

    @api.depends("invoice_line_ids.account_id", "move_type")
    @api.depends_context("lang")
    def _compute_l10n_cl_transaction_text(self):
        for move in self:
            name, kind = (
                ("l10n_cl_purchase_kind", proposed_purchase(move))
                if move.is_purchase_document()
                else ("l10n_cl_sale_kind", proposed_sale(move))
            )
            labels = dict(move._fields[name]._description_selection(move.env))
            move.l10n_cl_transaction_text = labels[str(kind.value)]

    def _l10n_cl_document(self):
        """The sii.Document of this invoice. Reads records only; judges nothing."""
        self.ensure_one()
        kind = kinds.of(self.l10n_latam_document_type_id.code).code
        issued_on = self.invoice_date or clock.today()
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        receiver = self._l10n_cl_document_receiver()
        content = self._l10n_cl_content(kind)
        service = self._l10n_cl_service_of(kind)
        terms = terms_of(self, kind, issued_on, service)
        reason = self._l10n_cl_reason_of(kind)
        return Document(
            kind=kind,
            issued_on=issued_on,
            issuer=self._l10n_cl_document_issuer(),
            receiver=self._l10n_cl_placed(receiver) if kinds.of(kind).is_note else receiver,
            lines=content.lines,
            adjustments=content.adjustments,
            totals=content.totals,
            foreign=content.foreign,
            gross=self._l10n_cl_is_gross(),
            references=tuple(map(self._l10n_cl_document_reference, self.l10n_cl_reference_ids)),
            service=service,
            period_from=self.l10n_cl_period_from or None,
            period_to=self.l10n_cl_period_to or None,
            payment=terms.payment,
            due_on=terms.due_on,
            terms=terms.text,
            instalments=terms.instalments,
            means=MedioPago(self.l10n_cl_means) if self.l10n_cl_means else None,
            sale=sale_of(self, kind),
            purchase=purchase_of(self, kind),
            transport=self._l10n_cl_transport(kind),
            late=reason.late,
            note_reason=reason.reason,
            delivered_on=reason.delivered_on,
            returned_on=reason.returned_on,
            software_rut=issuer.software_rut or "" if kinds.of(kind).is_boleta else "",
        )

    def _l10n_cl_content(self, kind):
        """The Content of this document. A note that comes to nothing is only text."""
        rows = self._l10n_cl_rows()
        lines, totals = lines_of(self, rows, kind), totals_of(rows, kind)
        if kinds.of(kind).is_note and not totals.total and not self.invoice_line_ids.tax_ids:
            lines, totals = tuple(map(_as_text, lines)), Totals(total=0)
        return Content(
            lines,
            adjustments_of(rows, kind),
            totals,
            foreign_totals(self, rows),
        )

    def _l10n_cl_service_of(self, kind):
        """The IndServicio; None for goods, which a boleta has no word for."""
        service = self.l10n_cl_service
        if kinds.of(kind).is_boleta and not service:
            issuer = self.company_id.l10n_cl_issuer_id.sudo()
            service = issuer.boleta_service or IndServicio.SERVICES.value
        return IndServicio(int(service)) if service else None

    def _l10n_cl_document_issuer(self):
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        company = issuer.company_id or self.company_id
        place = self._l10n_cl_branch() or company.partner_id
        branch = self.journal_id.sudo().l10n_cl_sii_branch_id
        # what emits by itself is nobody's sale
        seller = self.invoice_user_id.filtered(lambda user: user.id != SUPERUSER_ID)
        return Issuer(
            rut=issuer.company_rut or "",
            name=company.name,
            giro=company.l10n_cl_activity_description or "",
            actecos=tuple(int(code) for code in issuer.acteco_ids.mapped("code")),
            address=place.street or "",
            comuna=place.city_id.name or "",
            city=place.city or "",
            phone=company.phone or "",
            email=company.email or "",
            branch=branch.name or "",
            sii_branch_code=branch.code or None,
            seller=(seller.name or "")[: limits.SELLER],
        )

    def _l10n_cl_branch(self):
        """The address that this is issued from when it is not the head office's."""
        branch = self.journal_id.sudo().l10n_cl_sii_branch_id
        if branch._has_address():
            return branch.partner_id or branch
        main = self.company_id.l10n_cl_issuer_id.sudo().company_id
        partner = self.company_id.partner_id
        return partner.filtered("street") if self.company_id != main else partner.browse()

    def _l10n_cl_document_receiver(self):
        """Who buys. Whoever gives no RUT is nobody: in a boleta, and in a note over one."""
        company = self.commercial_partner_id
        number = rut.canonical_or_text(company._l10n_cl_rut() or "")
        if not number and self._l10n_cl_may_be_anonymous():
            number = ANONYMOUS_RUT
        address = self.partner_id if self.partner_id.street else company
        person = self.partner_id if self.partner_id != company else company.browse()
        return Receiver(
            rut=number,
            name=company.l10n_cl_business_name or company.name or "",
            giro=(company.l10n_cl_activity_description or "")[: limits.GIRO],
            address=", ".join(filter(None, [address.street, address.street2])),
            comuna=address.city_id.name or "",
            city=address.city or "",
            contact=(person.name or "")[: limits.CONTACT],
            email=company.email or "",
            # the place of a number that is no RUT (PROTOCOL 4.4), which is never cut: it would be
            # another's
            internal_code=company._l10n_cl_other_number()
            or (company.ref or "")[: limits.INTERNAL_CODE],
        )

    def _l10n_cl_document_reference(self, reference):
        return Reference(
            document_type=reference.l10n_cl_reference_doc_type_selection,
            folio=reference.folio,
            issued_on=reference.issued_on,
            code=CodRef(int(reference.code)) if reference.code else None,
            reason=self._l10n_cl_reference_reason(reference),
            is_global=reference.is_global,
        )

    def _l10n_cl_is_boleta(self):
        return self._l10n_cl_is_electronic() and (
            kinds.of(self.l10n_latam_document_type_id.code).is_boleta
        )

    def _l10n_cl_may_be_anonymous(self):
        changed = self._l10n_cl_changing_references()
        codes = changed.mapped("l10n_cl_reference_doc_type_selection")
        return self._l10n_cl_is_boleta() or any(kinds.of(code).is_boleta for code in codes)

    def _l10n_cl_lang(self):
        """The customer's language; Spanish when he has none; else that of who makes it."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        wanted = (self.partner_id.lang, self.commercial_partner_id.lang, *_SPANISH)
        found = [code for code in wanted if code in installed]
        spanish = [code for code in installed if code.startswith("es")]
        return next(iter(found + spanish), self.env.lang)


def _as_text(line):
    """A line that is only text has neither price nor quantity (PROTOCOL 5.6.9)."""
    return replace(line, quantity=None, unit="", unit_price=None, exempt=None, codes=())
