"""What the facade of the register answers in JSON, as rows (PROTOCOL 9.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import kinds
from ..errors import Busy
from . import cells as rcv_cells
from .columns import last_day
from .row import WORDS, Row, Taxpayer
from .words import category, counterpart_rut


@dataclass(frozen=True, slots=True)
class RegisterList:
    """One of the lists that the facade is asked for. estado, operacion: as it names them."""

    book: str
    status: str
    operacion: str
    estado: str


LISTS = (
    RegisterList("received", "registered", "COMPRA", "REGISTRO"),
    RegisterList("received", "pending", "COMPRA", "PENDIENTE"),
    RegisterList("received", "rejected", "COMPRA", "NO_INCLUIR"),
    RegisterList("received", "cancelled", "COMPRA", "RECLAMADO"),
    RegisterList("issued", "registered", "VENTA", "REGISTRO"),
)

_FIGURES = {
    "exempt_amount": "detMntExe",
    "vat_amount": "detMntIVA",
    "fixed_assets_net_amount": "detMntActFijo",
    "fixed_assets_vat_amount": "detMntIVAActFijo",
    "non_refundable_vat_amount": "detMntIVANoRec",
    "non_refundable_vat_code": "detMntCodNoRec",
    "non_credit_tax_amount": "detMntSinCredito",
    "common_use_vat": "detIVAUsoComun",
    "total_vat_withheld": "detIVARetTotal",
    "partial_vat_withheld": "detIVARetParcial",
    "non_withheld_vat": "detIVANoRetenido",
    "own_vat": "detIVAPropio",
    "third_party_vat": "detIVATerceros",
    "out_of_time_vat": "detIVAFueraPlazo",
    "reference_type_code": "detTipoDocRef",
    "construction_company_credit": "detCredEc",
    "free_zone_tax": "detLey18211",
    "container_deposit_guarantee": "detDepEnvase",
    "domestic_ticket_sales": "detPsjNac",
    "international_ticket_sales": "detPsjInt",
    "receipt_reference_number": "detNumInt",
    "net_commissions": "detLiqValComNeto",
    "exempt_commissions": "detLiqValComExe",
    "vat_commissions": "detLiqValComIVA",
    "tobacco_cigars": "detTabPuros",
    "tobacco_cigarettes": "detTabCigarrillos",
    "tobacco_processed_tobacco": "detTabElaborado",
}
_MOMENTS = {
    "received_at": "detFecRecepcion",
    "accepted_at": "detFecAcuse",
    "rejected_at": "detFecReclamado",
}
_EXTRA = {
    "foreign_receiver_id": "detExpNumId",
    "foreign_receiver_country": "detExpNacionalidad",
    "free_sale_indicator": "detIndSinCosto",
    "periodic_service_indicator": "detIndServicio",
    "non_billable_amount": "detMntNoFact",
    "period_amount": "detMntPeriodo",
    "branch_code": "detCdgSIISucur",
    "vehicle_tax": "detImpVehiculo",
}
# codes of detTipoTransaccion, for when its words are missing
_LONGEST_TEXT = 500
_CODE_DIGITS = 4
_CATEGORY_CODES = dict(enumerate(WORDS["transaction_category"], start=1))


@dataclass(frozen=True, slots=True)
class TypeTotals:
    """One line of the facade's summary. documents: how many there are of the type."""

    document_type: int
    documents: int
    has_details: bool
    data: Mapping[str, Any]

    def row(self, book: str, status: str, period: str) -> Row:
        """The line as the one row of its type and month."""
        data = self.data
        return Row(
            issue_type=book,
            document_type=self.document_type,
            number="",
            date=last_day(period),
            period=period,
            net_amount=_whole(data, "rsmnMntNeto"),
            total_amount=_whole(data, "rsmnMntTotal"),
            detail={
                "invoice_status": status,
                "total_documents": self.documents,
                "exempt_amount": _whole(data, "rsmnMntExe"),
                "vat_amount": _whole(data, "rsmnMntIVA"),
            },
        )


def read_totals(data: Mapping[str, Any]) -> TypeTotals:
    """A line of ``getResumen``. Raises Busy."""
    kind = _needed(_whole(data, "rsmnTipoDocInteger"), "rsmnTipoDocInteger")
    entry = _text(data, "dcvTipoIngresoDoc")
    return TypeTotals(
        document_type=kind,
        documents=_whole(data, "rsmnTotDoc") or 0,
        has_details=entry.startswith("DET") if entry else not kinds.of(kind).only_summed,
        data=data,
    )


def read_detail(data: Mapping[str, Any], book: str, status: str, period: str) -> Row:
    """A line of ``getDetalleCompra`` or ``getDetalleVenta``. Raises Busy."""
    detail: dict[str, Any] = {name: _whole(data, key) for name, key in _FIGURES.items()}
    detail |= {name: _moment(data, key) for name, key in _MOMENTS.items()}
    detail["invoice_status"] = status
    detail["has_note"] = _text(data, "detEmisorNota") not in ("", "0")
    detail["reference_number"] = _text(data, "detFolioDocRef") or None
    detail["settlement_issuer_id"] = _rut(data, "detLiqRutEmisor", "detLiqDvEmisor") or None
    extra = {name: data[key] for name, key in _EXTRA.items() if _text(data, key) not in ("", "0")}
    detail["besides"] = extra or None
    if not has_other_taxes(data):
        detail["other_taxes"] = None
    unknown: dict[str, str] = {}
    _read_category(data, detail, unknown)
    _read_confirmation(data, detail, unknown)
    rut = _rut(data, "detRutDoc", "detDvDoc")
    return Row(
        issue_type=book,
        document_type=_needed(_whole(data, "detTipoDoc"), "detTipoDoc"),
        number=_needed(_text(data, "detNroDoc"), "detNroDoc"),
        date=_day(data, "detFchDoc"),
        period=period,
        counterpart=Taxpayer(rut, _text(data, "detRznSoc")) if rut else None,
        net_amount=_whole(data, "detMntNeto"),
        total_amount=_whole(data, "detMntTotal"),
        detail=detail,
        unknown=unknown,
    )


def has_other_taxes(data: Mapping[str, Any]) -> bool:
    """Whether a document has further taxes, which only the exported list breaks down."""
    return bool(_whole(data, "totalDtoiMontoImp"))


def _read_category(
    data: Mapping[str, Any], detail: dict[str, Any], unknown: dict[str, str]
) -> None:
    words, code = _text(data, "descTipoTransaccion"), _text(data, "detTipoTransaccion")
    known = category(words) if words else None
    if not known and code.isdecimal() and len(code) <= _CODE_DIGITS:
        known = _CATEGORY_CODES.get(int(code))
    detail["transaction_category"] = known
    if not known and (words or code not in ("", "0")):
        unknown["transaction_category"] = words or code


def _read_confirmation(
    data: Mapping[str, Any], detail: dict[str, Any], unknown: dict[str, str]
) -> None:
    event = _text(data, "detEventoReceptor")
    known = event if event in WORDS["confirmation_status"] else None
    detail["confirmation_status"] = known
    if event and not known:
        unknown["confirmation_status"] = event


def _whole(data: Mapping[str, Any], key: str) -> int | None:
    value = data.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise _unreadable(key)
    try:
        return rcv_cells.integer(str(value).strip())
    except rcv_cells.CellProblem as error:
        raise _unreadable(key) from error


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, int | str):
        raise _unreadable(key)
    # JSON can name what no database takes: NUL, half a surrogate
    text = str(value)[:_LONGEST_TEXT]
    return text.encode(errors="replace").decode().replace("\0", "").strip()


def _rut(data: Mapping[str, Any], body: str, digit: str) -> str:
    number = _text(data, body)
    return counterpart_rut(f"{number}-{_text(data, digit)}") if number not in ("", "0") else ""


def _day(data: Mapping[str, Any], key: str) -> date:
    try:
        return rcv_cells.day(_text(data, key))
    except rcv_cells.CellProblem as error:
        raise _unreadable(key) from error


def _moment(data: Mapping[str, Any], key: str) -> Any:
    text = _text(data, key)
    try:
        return rcv_cells.moment(text) if text else None
    except rcv_cells.CellProblem as error:
        raise _unreadable(key) from error


def _needed(value: Any, key: str) -> Any:
    if value is None or value == "":
        raise _unreadable(key)
    return value


def _unreadable(key: str) -> Busy:
    return Busy("answer_unreadable", field=key)
