"""A row of the register of purchases and sales, from whatever feeder (PROTOCOL 9).

Feeders (the SII's facade, its files, a provider) make ``Row``s; the record behind one is made from
no other thing. What a feeder does not know it leaves out of ``detail``; None is "the register has
no value", which is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .. import kinds

ISSUE_TYPES = ("issued", "received")

FIGURES = (
    "common_use_vat",
    "construction_company_credit",
    "container_deposit_guarantee",
    "domestic_ticket_sales",
    "exempt_amount",
    "exempt_commissions",
    "fixed_assets_net_amount",
    "fixed_assets_vat_amount",
    "free_zone_tax",
    "international_ticket_sales",
    "net_commissions",
    "non_credit_tax_amount",
    "non_refundable_vat_amount",
    "non_refundable_vat_code",
    "non_withheld_vat",
    "out_of_time_vat",
    "own_vat",
    "partial_vat_withheld",
    "receipt_reference_number",
    "reference_type_code",
    "third_party_vat",
    "total_documents",
    "total_vat_withheld",
    "vat_amount",
    "vat_commissions",
)
"""Whole numbers of a row (pesos, codes, counts), by the names of the object that programs read."""

MOMENTS = ("accepted_at", "received_at", "rejected_at")
TEXTS = ("reference_number", "settlement_issuer_id")
FLAGS = ("has_note", "is_services_invoice")
TOBACCO = ("cigarettes", "cigars", "processed_tobacco")

SERVICE_FLAGS = ("is_professional_society", "is_third_party")
SERVICE_FIGURES = ("issuer_withheld_amount", "receiver_withheld_amount")

WORDS = {
    "invoice_status": ("registered", "pending", "cancelled", "rejected"),
    "confirmation_status": ("C", "A", "P", "G", "R"),
    "transaction_category": (
        "del_giro",
        "supermercado",
        "bien_raiz",
        "activo_fijo",
        "iva_uso_comun",
        "iva_no_recuperable",
        "no_incluir",
    ),
    "services_status": ("VIG", "ANUL", "ObR", "VCA"),
}
"""Attributes with a list of values; another value is kept in ``Row.unknown``."""


@dataclass(frozen=True, slots=True)
class Taxpayer:
    """The other side of a document. rut: ``76086428-5``, or as it came when it is no RUT."""

    rut: str
    name: str = ""
    institution_tax_payer: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One document, or one summary line, of the register.

    document_type: the SII's code; None for fee receipts. period: ``AAAA-MM``. date: the day in
    Chile. counterpart: None in summary lines only; a boleta listed by itself has its buyer, the
    anonymous one when nobody is named.

    detail: by field name, only what the feeder knows: ``FIGURES`` (int or None), ``MOMENTS``
    (aware datetime or None), ``TEXTS``, ``FLAGS``, ``WORDS``; ``other_taxes``
    (``{"total_amount", "other_taxes_detail": [{"tax_amount", "tax_code", "tax_rate"}]}`` or None);
    ``tobacco_`` + ``TOBACCO``; ``services_issued_at`` (aware) and ``services_`` + ``SERVICE_FLAGS``
    or ``SERVICE_FIGURES``. unknown: text of each value that fits none of these, by attribute.

    line: where it begins in its file; 0 when it is of none.
    """

    issue_type: str
    document_type: int | None
    number: str
    date: date | None
    period: str | None
    counterpart: Taxpayer | None = None
    net_amount: int | None = None
    total_amount: int | None = None
    currency: str = "CLP"
    provider_id: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    line: int = field(default=0, compare=False)

    @property
    def is_services(self) -> bool:
        """Whether it is a fee receipt (boleta de honorarios, or of third-party services)."""
        return bool(self.detail.get("is_services_invoice"))

    @property
    def is_summary(self) -> bool:
        """Whether it stands for all documents of a type in a month."""
        counted = self.detail.get("total_documents") is not None
        return self.counterpart is None and (kinds.of(self.document_type).summed or counted)

    @property
    def identity(self) -> str:
        """The same for the same document from every feeder; unique within a company.

        A summary line has no folio of its own, so its month stands for it.
        """
        if self.is_summary:
            return f"{self.issue_type}|{self.document_type}||{self.period or ''}"
        rut = self.counterpart.rut if self.counterpart else ""
        return f"{self.issue_type}|{self._kind}|{self.number.lstrip('0')}|{rut}"

    @property
    def _kind(self) -> str:
        """BHE and BTE of one person are numbered apart."""
        if self.is_services:
            return "BTE" if self.detail.get("services_is_third_party") else "BHE"
        return str(self.document_type or self.unknown.get("document_type", ""))
