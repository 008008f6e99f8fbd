"""``/invoices``: what the company issued and received, as the SII's register has it."""

import base64
import json
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from odoo.addons.l10n_cl_sii.sii.register import object_reader as rcv_reader

from ..refused import Refused, not_found
from .support.auth import Caller
from .support.keyset import LAST, Cursor, Listing
from .support.link import CurrentReader

router = APIRouter(tags=["invoices"])

_MODEL = "l10n_cl.rcv.entry"


class Asked(BaseModel):
    """What a list is asked for. ``since`` and ``until`` are days in Chile, both included.

    page: by counting, ever slower and moved by what comes in meanwhile; a cursor leads on from it.
    """

    since: str | None = None
    until: str | None = None
    updated_since: str | None = None
    issue_type: Literal["issued", "received"] | None = None
    invoice_status: Literal["registered", "pending", "cancelled", "rejected"] | None = None
    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(30, ge=1, le=300)
    cursor: str | None = Field(None, max_length=400)


@router.get("/invoices")
def list_invoices(
    request: Request, response: Response, caller: CurrentReader, asked: Annotated[Asked, Query()]
) -> list[dict[str, Any]]:
    """Documents by descending date; the Link header leads to the other pages."""
    listing = Listing(caller.env[_MODEL], _domain(caller, asked), "date", asked.per_page)
    if asked.cursor is None:
        found, cursors = listing.numbered(asked.page)
    else:
        found, cursors = listing.page(listing.cursor(asked.cursor))
    response.headers["Link"] = _links(request, asked, cursors)
    return found._invoice_objects()


@router.get("/invoices/pages/{token}", include_in_schema=False)
def list_page(
    request: Request, response: Response, caller: CurrentReader, token: str
) -> list[dict[str, Any]]:
    """A page that a Link header named.

    Clients in use follow such a link without its query, and would get the first page for ever.
    """
    try:
        asked = Asked.model_validate_json(base64.urlsafe_b64decode(token))
    except ValueError:
        raise not_found("page") from None
    return list_invoices(request, response, caller, asked)


def _domain(caller: Caller, asked: Asked) -> list[tuple]:
    tests = {
        ("date", ">="): _day("since", asked.since),
        ("date", "<="): _day("until", asked.until),
        ("write_date", ">="): _moment("updated_since", asked.updated_since),
        ("issue_type", "="): asked.issue_type,
        ("invoice_status", "="): asked.invoice_status,
    }
    given = [(*test, value) for test, value in tests.items() if value is not None]
    return [("company_id", "=", caller.company.id), *given]


@router.get("/invoices/{invoice_id}")
def read_invoice(caller: CurrentReader, invoice_id: str) -> dict[str, Any]:
    return _find(caller, invoice_id)._invoice_objects()[0]


@router.get("/invoices/{invoice_id}/events")
def list_events(caller: CurrentReader, invoice_id: str) -> list[dict[str, Any]]:
    """What changed in the register since the document was first reported, newest first."""
    return _find(caller, invoice_id)._event_objects()


def _find(caller: Caller, invoice_id: str) -> Any:
    mine = [("external_id", "=", invoice_id), ("company_id", "=", caller.company.id)]
    found = caller.env[_MODEL].search([] if "\0" in invoice_id else mine, limit=1)
    if "\0" in invoice_id or not found:
        raise not_found("invoice", "id")
    return found


def _day(name: str, text: str | None) -> date | None:
    day = rcv_reader.chilean_day(text)
    if day is None and text is not None:
        raise Refused("invalid_parameter", f"{name} must be an ISO 8601 date.", name)
    return day


def _moment(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    # a + that was not encoded arrives as a blank
    moment = rcv_reader.moment(text.replace(" ", "+"))
    if moment is None:
        raise Refused("invalid_parameter", f"{name} must be an ISO 8601 date-time.", name)
    return moment.astimezone(UTC).replace(tzinfo=None)


def _links(request: Request, asked: Asked, cursors: dict[str, Cursor]) -> str:
    """RFC 5988; a page beyond the last one has a way back and none forward."""
    others = {"first": Cursor(), "last": LAST} | cursors
    return ", ".join(
        f'<{_address(request, asked, others[rel])}>; rel="{rel}"'
        for rel in ("first", "prev", "next", "last")
        if rel in others
    )


def _address(request: Request, asked: Asked, cursor: Cursor) -> str:
    """Of a page, given twice: in its path and in its query."""
    of_page = {"page": 1, "cursor": cursor.text() if cursor != Cursor() else None}
    query_json = asked.model_copy(update=of_page).model_dump_json(exclude_none=True)
    token = base64.urlsafe_b64encode(query_json.encode()).decode()
    query = {**request.query_params, **json.loads(query_json)}
    if cursor == Cursor():
        query.pop("cursor", None)
    lists = str(request.url.replace(query="")).partition("/pages/")[0]
    return f"{lists}/pages/{token}?{urlencode(query)}"
