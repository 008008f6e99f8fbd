"""The invoice object that programs exchange, read into a Row and written from one.

Both spellings that its documentation shows (``other_taxes_detail`` and ``other_taxes_details``,
``vat_commisions`` and ``vat_commissions``) are read; ``write`` spells as its sample does, and
``with_both_spellings`` adds the names of its table.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from .. import clock
from .object_reader import Reader
from .row import FIGURES, FLAGS, MOMENTS, SERVICE_FIGURES, SERVICE_FLAGS, TEXTS, TOBACCO, Row
from .words import CATEGORIES, counterpart_rut

INSTITUTION = "cl_fiscal_sii"
_SPELT = {"vat_commissions": "vat_commisions"}
# What the SII's files leave empty, and programs know as zero; what a provider sent stays as it is
_ZERO = frozenset(
    {
        "construction_company_credit",
        "container_deposit_guarantee",
        "domestic_ticket_sales",
        "exempt_amount",
        "exempt_commissions",
        "free_zone_tax",
        "international_ticket_sales",
        "net_commissions",
        "non_withheld_vat",
        "out_of_time_vat",
        "own_vat",
        "partial_vat_withheld",
        "third_party_vat",
        "total_vat_withheld",
        "vat_amount",
    }
)


def read(data: Any) -> Row:
    """The row that an invoice object describes. Unknown keys are ignored.

    Raises RcvProblem when it is no invoice object at all; odd values are kept as text.
    """
    reader = Reader(data)
    inner = reader.inside("institution_invoice")
    issue_type = reader.issue_type()
    detail = _read_detail(inner)
    return Row(
        issue_type=issue_type,
        document_type=inner.figure("document_type"),
        number=reader.number(),
        date=reader.day("date"),
        period=reader.period("tax_period"),
        counterpart=reader.taxpayer("issuer" if issue_type == "received" else "receiver"),
        net_amount=reader.figure("net_amount"),
        total_amount=reader.figure("total_amount"),
        currency=(reader.text("currency") or "CLP").upper(),
        provider_id=reader.text("id"),
        detail=detail,
        unknown=reader.unknown,
    )


def _read_detail(inner: Reader) -> dict[str, Any]:
    detail = {name: inner.figure(name, _SPELT.get(name)) for name in FIGURES}
    detail |= {name: inner.moment(name) for name in MOMENTS}
    detail |= {name: inner.text(name) for name in TEXTS}
    detail |= {name: inner.flag(name) for name in FLAGS}
    detail |= {name: inner.word(name) for name in ("invoice_status", "confirmation_status")}
    detail["transaction_category"] = inner.category("transaction_category")
    detail["other_taxes"] = inner.taxes("other_taxes")
    if rut := detail["settlement_issuer_id"]:
        detail["settlement_issuer_id"] = counterpart_rut(rut)
    tobacco = inner.inside("tobacco", "tobacco_")
    detail |= {f"tobacco_{name}": tobacco.figure(name) for name in TOBACCO}
    return detail | _read_services(inner)


def _read_services(inner: Reader) -> dict[str, Any]:
    services = inner.inside("services_invoice", "services_")
    detail = {f"services_{name}": services.flag(name) for name in SERVICE_FLAGS}
    detail |= {f"services_{name}": services.figure(name) for name in SERVICE_FIGURES}
    detail["services_issued_at"] = services.moment("issued_at")
    detail["services_status"] = services.word("status")
    return detail


def write(row: Row, external_id: str) -> dict[str, Any]:
    """The invoice object of a row, spelt and typed as the documentation's sample."""
    unknown = row.unknown.get
    counterpart = _taxpayer(row)
    return {
        "id": external_id,
        "object": "invoice",
        "currency": row.currency,
        "date": unknown("date") or day_text(row.date),
        "institution_id": INSTITUTION,
        "institution_invoice": _institution_invoice(row),
        "issue_type": row.issue_type,
        "issuer": counterpart if row.issue_type == "received" else None,
        "net_amount": unknown("net_amount") or row.net_amount,
        "number": row.number,
        "receiver": counterpart if row.issue_type == "issued" else None,
        "tax_period": unknown("tax_period") or _month(row.period),
        "total_amount": unknown("total_amount") or row.total_amount,
    }


def with_both_spellings(written: dict[str, Any]) -> dict[str, Any]:
    """What was written, also under the names of the documentation's table."""
    inner = written["institution_invoice"]
    inner["vat_commissions"] = inner["vat_commisions"]
    if isinstance(taxes := inner["other_taxes"], dict):
        inner["other_taxes"] = {**taxes, "other_taxes_details": taxes["other_taxes_detail"]}
    return written


def _institution_invoice(row: Row) -> dict[str, Any]:
    unknown, detail = row.unknown.get, row.detail.get
    zero = None if row.provider_id or row.is_services else 0
    values = {_SPELT.get(name, name): unknown(name) or detail(name) for name in FIGURES}
    if zero is not None:
        values |= {name: zero for name in _ZERO if values[name] is None}
    values |= {name: unknown(name) or moment_text(detail(name)) for name in MOMENTS}
    values |= {name: detail(name) for name in TEXTS}
    values |= {name: unknown(name) or bool(detail(name)) for name in FLAGS}
    for name in ("confirmation_status", "invoice_status"):
        values[name] = unknown(name) or detail(name)
    no_taxes = None if zero is None else {"other_taxes_detail": [], "total_amount": zero}
    values["other_taxes"] = unknown("other_taxes") or _sorted(detail("other_taxes")) or no_taxes
    values["document_type"] = unknown("document_type") or row.document_type
    values["settlement_issuer_id"] = _undashed(detail("settlement_issuer_id"))
    category = CATEGORIES.get(detail("transaction_category"))
    values["transaction_category"] = unknown("transaction_category") or category
    tobacco = {name: unknown(f"tobacco_{name}") or detail(f"tobacco_{name}") for name in TOBACCO}
    tobacco = {name: zero if value is None else value for name, value in tobacco.items()}
    values["tobacco"] = None if set(tobacco.values()) == {None} else tobacco
    values["services_invoice"] = _services_invoice(row) if row.is_services else None
    return dict(sorted(values.items()))


def _sorted(value: Any) -> Any:
    """Keys in one order all the way down: a database keeps objects in an order of its own."""
    if isinstance(value, dict):
        return {name: _sorted(inner) for name, inner in sorted(value.items())}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value


def _services_invoice(row: Row) -> dict[str, Any]:
    def value(name: str) -> Any:
        return row.unknown.get(f"services_{name}") or row.detail.get(f"services_{name}")

    issued_at = row.detail.get("services_issued_at")
    return {
        **{name: value(name) or False for name in SERVICE_FLAGS},
        "issued_at": row.unknown.get("services_issued_at") or moment_text(issued_at),
        **{name: value(name) for name in SERVICE_FIGURES},
        "status": value("status"),
    }


def _taxpayer(row: Row) -> dict[str, Any] | None:
    if row.counterpart is None:
        return None
    return {
        "id": _undashed(row.counterpart.rut),
        "institution_tax_payer": row.counterpart.institution_tax_payer,
        "name": row.counterpart.name,
    }


def _undashed(rut: str | None) -> str | None:
    return rut and rut.replace("-", "")


def _month(period: str | None) -> str | None:
    return period and f"{period[5:]}/{period[:4]}"


def moment_text(moment: datetime | None) -> str | None:
    """``2021-06-25T19:27:04.000Z`` of an aware moment."""
    if moment is None:
        return None
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def day_text(day: date | None) -> str | None:
    """The first moment of a day in Chile; the day of the object's ``date``."""
    return day and moment_text(datetime.combine(day, time(), clock.CHILE))
