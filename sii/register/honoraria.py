"""Fee receipts as the portal's reports list them: BHE and BTE (PROTOCOL 9.4).

The pages are for people: BHE's data are assignments of JavaScript, BTE's the cells of a table. What
does not look like the report raises Busy, so that nothing is taken for an empty month.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import unescape

from ..clock import CHILE
from ..errors import Busy
from . import cells as rcv_cells
from .row import WORDS, Row, Taxpayer
from .words import counterpart_rut

BHE_PAGE = 100
"""Receipts on one page of the report."""

_EMPTY = "NO REGISTRA MOVIMIENTOS"
_ASSIGNED = re.compile(
    r"arr_informe_mensual\['(?P<name>[a-z_]+)_(?P<row>[0-9]{1,6})'\]\s*=\s*"
    r"(?:formatMiles\(\s*)?\"(?P<value>(?:[^\"\\]|\\.)*)\"",
    re.IGNORECASE,
)
_COUNT = re.compile(r"CantidadFilas\s*=\s*\"?([0-9]{1,6})")
_TOTAL = re.compile(r"xml_values\['total_boletas'\]\s*=\s*(?:formatMiles\(\s*)?\"([0-9.]{1,9})\"")
_TABLE_EDGE = re.compile(r"<(?P<end>/?)(?P<name>tr|td)(?=[\s>])", re.IGNORECASE)
_PAGES = re.compile(r"P(?:&aacute;|á)gina\s+[0-9]+\s+de\s+([0-9]{1,5})", re.IGNORECASE)
_BTE_TOTAL = re.compile(r"Total\s+Boletas\s*:\s*([0-9.]{1,9})", re.IGNORECASE)
# an annulment has a date; the letters of the state differ among those who read them
_WORDS_OF_STATE = {"N": "VIG", "S": "ANUL", "A": "ANUL", "": "VIG"}
_BTE_COLUMNS = 11


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page. total: receipts of the whole month. pages: 0 when the page does not state it."""

    rows: tuple[Row, ...]
    total: int
    pages: int = 0


def read_bhe(text: str, issue_type: str, period: str) -> ReportPage:
    """A page of the monthly report of BHE. Raises Busy."""
    if _EMPTY in text.upper():
        return ReportPage((), 0)
    count = _COUNT.search(text)
    if not count:
        raise Busy("answer_unreadable", reason="report")
    receipts: dict[int, dict[str, str]] = {}
    for found in _ASSIGNED.finditer(text):
        value = _unescaped(found["value"])
        receipts.setdefault(int(found["row"]), {})[found["name"].lower()] = unescape(value).strip()
    if len(receipts) != int(count[1]):
        raise Busy("register_incomplete", expected=int(count[1]), found=len(receipts))
    total = _TOTAL.search(text)
    rows = tuple(_bhe(receipts[number], issue_type, period) for number in sorted(receipts))
    return ReportPage(rows, _amount(total[1]) if total else len(rows))


def read_bte(text: str, issue_type: str, period: str) -> ReportPage:
    """A page of the monthly report of BTE. Raises Busy."""
    title = "EMITIDAS" if issue_type == "issued" else "RECIBIDAS"
    if _EMPTY in text.upper():
        return ReportPage((), 0, 1)
    pages, total = _PAGES.search(text), _BTE_TOTAL.search(text)
    if title not in text.upper() or not total:
        raise Busy("answer_unreadable", reason="report")
    rows = []
    for found in _inside("tr", text):
        # other rows are the heading and the totals
        if "bte_indiv_cons3" in found:
            cells = [_text(cell) for cell in _inside("td", found)][1:]
            if len(cells) < _BTE_COLUMNS:
                raise Busy("answer_unreadable", reason="columns")
            rows.append(_bte(cells, issue_type, period))
    return ReportPage(tuple(rows), _amount(total[1]), int(pages[1]) if pages else 1)


def _bhe(cells: Mapping[str, str], issue_type: str, period: str) -> Row:
    received = issue_type == "received"
    body, digit, name, day = (
        ("rutemisor", "dvemisor", "nombre_emisor", "fecha_boleta")
        if received
        else ("rutreceptor", "dvreceptor", "nombrereceptor", "fechaemision")
    )
    date_ = _day(cells.get(day, ""))
    annulled = cells.get("fechaanulacion", "")
    state = "A" if annulled else cells.get("estado", "")
    return _receipt(
        issue_type,
        period,
        number=cells.get("nroboleta", ""),
        date_=date_,
        party=Taxpayer(_rut(f"{cells.get(body, '')}-{cells.get(digit, '')}"), cells.get(name, "")),
        amounts=(cells.get("totalhonorarios", ""), cells.get("honorariosliquidos", "")),
        state=_WORDS_OF_STATE.get(state.upper(), state),
        services={
            "services_is_professional_society": cells.get("es_soc_profesional", "").upper() == "SI",
            "services_is_third_party": False,
            "services_issuer_withheld_amount": _optional(cells.get("retencion_emisor")),
            "services_receiver_withheld_amount": _optional(cells.get("retencion_receptor")),
            "rejected_at": datetime.combine(_day(annulled), time(), CHILE) if annulled else None,
        },
    )


def _bte(cells: list[str], issue_type: str, period: str) -> Row:
    number, state, issued_on, issuer, issuer_name, _received, rut, name = cells[:8]
    gross, withheld, paid = cells[8:11]
    issued = issue_type == "issued"
    return _receipt(
        issue_type,
        period,
        number=number,
        date_=_day(issued_on.replace("-", "/")),
        party=Taxpayer(_rut(rut if issued else issuer), name if issued else issuer_name),
        amounts=(gross, paid),
        state="ANUL" if state.upper().startswith("ANUL") else _bte_state(state),
        services={
            "services_is_professional_society": False,
            "services_is_third_party": True,
            # who orders the service issues the receipt, and pays the tax withheld
            "services_issuer_withheld_amount": _amount(withheld),
            "services_receiver_withheld_amount": None,
        },
    )


def _bte_state(state: str) -> str:
    return "VIG" if state.upper().startswith(("VIG", "N")) or not state else state


def _receipt(
    issue_type: str,
    period: str,
    *,
    number: str,
    date_: date,
    party: Taxpayer,
    amounts: tuple[str, str],
    state: str,
    services: dict[str, object],
) -> Row:
    if not number.isdecimal() or not party.rut:
        raise Busy("answer_unreadable", reason="receipt")
    known = state in WORDS["services_status"]
    gross, _paid = amounts
    return Row(
        issue_type=issue_type,
        document_type=None,
        number=number,
        date=date_,
        period=period,
        counterpart=party,
        net_amount=_amount(gross),
        total_amount=_amount(gross),
        detail={
            "is_services_invoice": True,
            "invoice_status": "registered",
            "services_issued_at": datetime.combine(date_, time(), CHILE).astimezone(UTC),
            "services_status": state if known else None,
            **services,
        },
        unknown={} if known else {"services_status": state},
    )


def _rut(text: str) -> str:
    return counterpart_rut(text) if text.strip("- ") else ""


def _inside(name: str, text: str) -> Iterator[str]:
    """The content of each element of that name; one inside another is part of it."""
    start = None
    for edge in _TABLE_EDGE.finditer(text):
        if edge["name"].lower() != name:
            continue
        if not edge["end"] and start is None:
            start = text.find(">", edge.end()) + 1
            if not start:
                return
        elif edge["end"] and start is not None:
            yield text[start : edge.start()]
            start = None


def _unescaped(value: str) -> str:
    """A text of JavaScript without the signs that escape others."""
    pieces = value.split("\\")
    kept, escaped = [pieces[0]], False
    for piece in pieces[1:]:
        # an empty piece lies between two such signs, of which the second one is meant
        escaped = not piece and not escaped
        kept.append("\\" if escaped else piece)
    return "".join(kept)


def _text(cell: str) -> str:
    first, *rest = cell.split("<")
    parts = (each.partition(">") for each in rest)
    plain = " ".join(
        [first, *(after if closed else f"<{before}" for before, closed, after in parts)]
    )
    return " ".join(unescape(plain).split())


def _day(text: str) -> date:
    try:
        return rcv_cells.day(text[:10])
    except rcv_cells.CellProblem as error:
        raise Busy("answer_unreadable", reason="date") from error


def _optional(text: str | None) -> int | None:
    return _amount(text) if text else None


def _amount(text: str) -> int:
    """Pesos with or without dots between the thousands."""
    plain = text.replace(".", "").strip()
    if not re.fullmatch(r"-?[0-9]{1,15}", plain):
        raise Busy("answer_unreadable", reason="amount")
    return int(plain)
