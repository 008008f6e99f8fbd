"""Lists: 50 a page, newest first."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query

from ...refused import Refused, not_found
from .auth import Caller
from .keyset import CursorText, Listing

PAGE_SIZE = 50
ExternalId = Annotated[str | None, Query(max_length=400)]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class AskedPage:
    """Which page of a list: the one at a cursor, or else by its number."""

    number: int
    cursor: str | None


def _asked_page(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1, cursor: CursorText = None
) -> AskedPage:
    return AskedPage(page, cursor)


Page = Annotated[AskedPage, Depends(_asked_page)]


def page_of(records: Any, domain: list, page: AskedPage, serialise: Any) -> dict[str, Any]:
    """``{"data": [...], "meta": {...}}`` of the records of a domain.

    In ``meta`` are the cursors of other pages, where there are others, and of a numbered page
    ``pages`` and ``current``. records: the empty recordset of the model. serialise: recordset ->
    list of dicts.
    """
    listing = Listing(records, domain, "create_date", PAGE_SIZE)
    if page.cursor is None:
        found, cursors = listing.numbered(page.number)
        pages = max(1, -(-records.search_count(domain) // PAGE_SIZE))
        meta = {"pages": pages, "current": page.number}
    else:
        found, cursors = listing.page(listing.cursor(page.cursor))
        meta = {}
    meta |= {name: cursor.text() for name, cursor in cursors.items()}
    return {"data": serialise(found), "meta": meta}


def of_external_id(caller: Caller, external_id: str | None) -> list[tuple]:
    """The domain of what the caller calls so; of everything when it does not ask.

    Another program's name for a thing of its own is another name.
    """
    if external_id is None:
        return []
    if "\0" in external_id:
        return [("id", "=", False)]
    clients = caller.env["l10n_cl.api.client"].sudo().with_context(active_test=False)
    others = clients.search([("id", "!=", caller.client.id)]).user_id
    return [("l10n_cl_external_id", "=", external_id), ("create_uid", "not in", others.ids)]


def check_external_id(
    records: Any, part: Any, resource: str, domain: tuple = (), own: Any = None
) -> None:
    """409 when the caller calls another one of these so already.

    records: the empty recordset of the model, with the caller's rights. domain: of the resource.
    own: what is changed, which may keep its name.
    """
    if not part.external_id:
        return
    named = [("l10n_cl_external_id", "=", part.external_id), ("create_uid", "=", records.env.uid)]
    found = records.search([*named, *domain], limit=2)
    if others := found - own if own else found:
        text = f"There is one of this external_id already: {others[0].l10n_cl_uuid}"
        raise Refused("external_id_taken", text, f"{resource}.external_id")


def find_by_uuid(
    caller: Caller,
    model: str,
    uuid: str,
    resource: str,
    param: str | None = None,
    domain: tuple = (),
) -> Any:
    """The record of that id in the caller's company, or 404.

    resource, param: what it is called in the answer, and where the id was given.
    """
    records = caller.env[model]
    name = "uuid" if "uuid" in records._fields else "l10n_cl_uuid"
    if _UUID.fullmatch(uuid.lower()):
        mine = [(name, "=", uuid.lower()), ("company_id", "=", caller.company.id), *domain]
        records = records.search(mine)
    if not records:
        raise not_found(resource, param)
    return records
