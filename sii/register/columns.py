"""The official columns of the register's CSV files and what each means (PROTOCOL 9.1).

The names of a column differ among files in case and in "Rec." or "Recuperable", never in sense, so
each list is known by the whole set of its columns.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a column is read."""

    ROW = "row"
    CODE = "code"
    AMOUNT = "amount"
    DATE = "date"
    MOMENT = "moment"
    RUT = "rut"
    TEXT = "text"
    TAX_CODE = "tax_code"
    TAX_AMOUNT = "tax_amount"
    TAX_RATE = "tax_rate"
    NOTE = "note"
    CATEGORY = "category"


RUT, NAME = "rut", "name"
"""Fields that make the counterpart of a row."""

EXTRA = (
    "foreign_receiver_id",
    "foreign_receiver_country",
    "free_sale_indicator",
    "periodic_service_indicator",
    "non_billable_amount",
    "period_amount",
    "branch_code",
)
"""What the list of sales has beyond the object that programs exchange; kept beside it."""


@dataclass(frozen=True, slots=True)
class Column:
    """name: as the SII writes it. field: of ``rcv.Row`` or its detail; empty for the rest."""

    name: str
    kind: Kind
    field: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the SII's lists. book: ``issued`` or ``received``. status: as the object names it."""

    name: str
    book: str
    status: str
    columns: tuple[Column, ...]

    @property
    def summary(self) -> bool:
        """Whether its rows are totals of a type and no documents."""
        return self.name == "RESUMEN"


def _amounts(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, Kind.AMOUNT, field) for name, field in pairs)


_DOCUMENT = (
    Column("Folio", Kind.TEXT, "number"),
    Column("Fecha Docto", Kind.DATE, "date"),
    Column("Fecha Recepcion", Kind.MOMENT, "received_at"),
)
_PURCHASE_HEAD = (
    Column("Nro", Kind.ROW),
    Column("Tipo Doc", Kind.CODE, "document_type"),
    Column("Tipo Compra", Kind.CATEGORY, "transaction_category"),
    Column("RUT Proveedor", Kind.RUT, RUT),
    Column("Razon Social", Kind.TEXT, NAME),
    *_DOCUMENT,
)
_PURCHASE_AMOUNTS = (
    *_amounts(
        ("Monto Exento", "exempt_amount"),
        ("Monto Neto", "net_amount"),
        ("Monto IVA Recuperable", "vat_amount"),
        ("Monto Iva No Recuperable", "non_refundable_vat_amount"),
    ),
    Column("Codigo IVA No Rec.", Kind.CODE, "non_refundable_vat_code"),
    *_amounts(
        ("Monto Total", "total_amount"),
        ("Monto Neto Activo Fijo", "fixed_assets_net_amount"),
        ("IVA Activo Fijo", "fixed_assets_vat_amount"),
        ("IVA uso Comun", "common_use_vat"),
        ("Impto. Sin Derecho a Credito", "non_credit_tax_amount"),
        ("IVA No Retenido", "non_withheld_vat"),
    ),
)
_TOBACCO = _amounts(
    ("Tabacos Puros", "tobacco_cigars"),
    ("Tabacos Cigarrillos", "tobacco_cigarettes"),
    ("Tabacos Elaborados", "tobacco_processed_tobacco"),
)
_NOTE = Column("NCE o NDE sobre Fact. de Compra", Kind.NOTE, "has_note")
_PURCHASE_TAIL = (
    _NOTE,
    Column("Codigo Otro Impuesto", Kind.TAX_CODE),
    Column("Valor Otro Impuesto", Kind.TAX_AMOUNT),
    Column("Tasa Otro Impuesto", Kind.TAX_RATE),
)
_ACKNOWLEDGED = Column("Fecha Acuse", Kind.MOMENT, "accepted_at")
_CLAIMED = Column("Fecha Reclamo", Kind.MOMENT, "rejected_at")

_SALE = (
    Column("Nro", Kind.ROW),
    Column("Tipo Doc", Kind.CODE, "document_type"),
    Column("Tipo Venta", Kind.CATEGORY, "transaction_category"),
    Column("Rut cliente", Kind.RUT, RUT),
    Column("Razon Social", Kind.TEXT, NAME),
    *_DOCUMENT,
    Column("Fecha Acuse Recibo", Kind.MOMENT, "accepted_at"),
    _CLAIMED,
    *_amounts(
        ("Monto Exento", "exempt_amount"),
        ("Monto Neto", "net_amount"),
        ("Monto IVA", "vat_amount"),
        ("Monto total", "total_amount"),
        ("IVA Retenido Total", "total_vat_withheld"),
        ("IVA Retenido Parcial", "partial_vat_withheld"),
        ("IVA no retenido", "non_withheld_vat"),
        ("IVA propio", "own_vat"),
        ("IVA Terceros", "third_party_vat"),
    ),
    Column("RUT Emisor Liquid. Factura", Kind.RUT, "settlement_issuer_id"),
    *_amounts(
        ("Neto Comision Liquid. Factura", "net_commissions"),
        ("Exento Comision Liquid. Factura", "exempt_commissions"),
        ("IVA Comision Liquid. Factura", "vat_commissions"),
        ("IVA fuera de plazo", "out_of_time_vat"),
    ),
    Column("Tipo Docto. Referencia", Kind.CODE, "reference_type_code"),
    Column("Folio Docto. Referencia", Kind.TEXT, "reference_number"),
    Column("Num. Ident. Receptor Extranjero", Kind.TEXT, "foreign_receiver_id"),
    Column("Nacionalidad Receptor Extranjero", Kind.TEXT, "foreign_receiver_country"),
    *_amounts(
        ("Credito empresa constructora", "construction_company_credit"),
        ("Impto. Zona Franca (Ley 18211)", "free_zone_tax"),
        ("Garantia Dep. Envases", "container_deposit_guarantee"),
    ),
    Column("Indicador Venta sin Costo", Kind.CODE, "free_sale_indicator"),
    Column("Indicador Servicio Periodico", Kind.CODE, "periodic_service_indicator"),
    *_amounts(
        ("Monto No facturable", "non_billable_amount"),
        ("Total Monto Periodo", "period_amount"),
        ("Venta Pasajes Transporte Nacional", "domestic_ticket_sales"),
        ("Venta Pasajes Transporte Internacional", "international_ticket_sales"),
    ),
    Column("Numero Interno", Kind.CODE, "receipt_reference_number"),
    Column("Codigo Sucursal", Kind.TEXT, "branch_code"),
    _NOTE,
    Column("Codigo Otro Imp.", Kind.TAX_CODE),
    Column("Valor Otro Imp.", Kind.TAX_AMOUNT),
    Column("Tasa Otro Imp.", Kind.TAX_RATE),
)
_SUMMARY = (
    Column("Tipo Documento", Kind.CODE, "document_type"),
    Column("Total Documentos", Kind.AMOUNT, "total_documents"),
    *_amounts(
        ("Monto Exento", "exempt_amount"),
        ("Monto Neto", "net_amount"),
        ("Monto IVA", "vat_amount"),
        ("Monto Total", "total_amount"),
    ),
)

LISTINGS = (
    Listing(
        "COMPRA_REGISTRO",
        "received",
        "registered",
        (*_PURCHASE_HEAD, _ACKNOWLEDGED, *_PURCHASE_AMOUNTS, *_TOBACCO, *_PURCHASE_TAIL),
    ),
    Listing(
        "COMPRA_NO_INCLUIR",
        "received",
        "rejected",
        (*_PURCHASE_HEAD, _ACKNOWLEDGED, *_PURCHASE_AMOUNTS, *_PURCHASE_TAIL),
    ),
    Listing(
        "COMPRA_RECLAMADO",
        "received",
        "cancelled",
        (*_PURCHASE_HEAD, _CLAIMED, *_PURCHASE_AMOUNTS, *_PURCHASE_TAIL),
    ),
    Listing(
        "COMPRA_PENDIENTE",
        "received",
        "pending",
        (*_PURCHASE_HEAD, *_PURCHASE_AMOUNTS, *_PURCHASE_TAIL),
    ),
    Listing("VENTA", "issued", "registered", _SALE),
    Listing("RESUMEN", "issued", "registered", _SUMMARY),
)


def last_day(period: str) -> date:
    """The day of what comes as one total of the month. period: ``AAAA-MM``."""
    year, month = map(int, period.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])
