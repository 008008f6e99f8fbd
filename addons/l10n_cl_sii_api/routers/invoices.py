"""``/invoices``: what the company issued and received, as the SII's register has it."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from odoo.addons.l10n_cl_sii.sii import rcv_reader

from ..errors import ApiError, not_found
from .auth import Caller
from .link import CurrentReader

router = APIRouter(tags=["invoices"])

_MODEL = "l10n_cl.rcv.entry"
_ORDER = "date DESC NULLS LAST, id DESC"
_Page = Annotated[int, Query(ge=1, le=1_000_000)]
_PerPage = Annotated[int, Query(ge=1, le=300)]
_Text = Annotated[str | None, Query()]
_Issued = Annotated[Literal["issued", "received"] | None, Query()]
_Status = Annotated[Literal["registered", "pending", "cancelled", "rejected"] | None, Query()]


@router.get("/invoices")
def list_invoices(
    request: Request,
    response: Response,
    caller: CurrentReader,
    since: _Text = None,
    until: _Text = None,
    updated_since: _Text = None,
    issue_type: _Issued = None,
    invoice_status: _Status = None,
    page: _Page = 1,
    per_page: _PerPage = 30,
) -> list[dict[str, Any]]:
    """Documents by descending date. ``since`` and ``until`` are days in Chile, both included."""
    asked = {
        ("date", ">="): since and _day("since", since),
        ("date", "<="): until and _day("until", until),
        ("write_date", ">="): updated_since and _moment("updated_since", updated_since),
        ("issue_type", "="): issue_type,
        ("invoice_status", "="): invoice_status,
    }
    domain = [(*test, value) for test, value in asked.items() if value is not None]
    domain.append(("company_id", "=", caller.company.id))
    entries = caller.env[_MODEL]
    last = max(1, -(-entries.search_count(domain) // per_page))
    found = entries.search(domain, order=_ORDER, limit=per_page, offset=(page - 1) * per_page)
    response.headers["Link"] = _links(request, page, last)
    return found._invoice_objects()


@router.get("/invoices/{invoice_id}")
def read_invoice(caller: CurrentReader, invoice_id: str) -> dict[str, Any]:
    return _find(caller, invoice_id)._invoice_objects()[0]


@router.get("/invoices/{invoice_id}/events")
def list_events(caller: CurrentReader, invoice_id: str) -> list[dict[str, Any]]:
    """What changed in the register since the document was first told, newest first."""
    return _find(caller, invoice_id)._event_objects()


def _find(caller: Caller, invoice_id: str) -> Any:
    mine = [("external_id", "=", invoice_id), ("company_id", "=", caller.company.id)]
    found = caller.env[_MODEL].search([] if "\0" in invoice_id else mine, limit=1)
    if "\0" in invoice_id or not found:
        raise not_found("invoice", "id")
    return found


def _day(name: str, text: str) -> date:
    day = rcv_reader.chilean_day(text)
    if day is None:
        raise ApiError(400, "invalid_parameter", f"{name} must be an ISO 8601 date.", name)
    return day


def _moment(name: str, text: str) -> datetime:
    # a + that was not encoded arrives as a blank
    moment = rcv_reader.moment(text.replace(" ", "+"))
    if moment is None:
        raise ApiError(400, "invalid_parameter", f"{name} must be an ISO 8601 date-time.", name)
    return moment.astimezone(UTC).replace(tzinfo=None)


def _links(request: Request, page: int, last: int) -> str:
    """RFC 5988; a page beyond the last one has a way back and none forward."""
    pages = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    if page <= 1:
        del pages["prev"]
    if page >= last:
        del pages["next"]
    others = [(name, value) for name, value in request.query_params.multi_items() if name != "page"]
    address = request.url.replace(query="")
    return ", ".join(
        f'<{address}?{urlencode([*others, ("page", number)])}>; rel="{rel}"'
        for rel, number in pages.items()
    )
