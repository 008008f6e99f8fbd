"""Lists: 50 a page, newest first."""

import re
from typing import Annotated, Any

from fastapi import Query

from ..errors import not_found
from .auth import Caller

PAGE_SIZE = 50
Page = Annotated[int, Query(ge=1, le=1_000_000)]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def page_of(records: Any, domain: list, page: int, serialise: Any) -> dict[str, Any]:
    """``{"data": [...], "meta": {"pages", "current"}}`` of the records of a domain.

    records: the empty recordset of the model. serialise: recordset -> list of dicts.
    """
    count = records.search_count(domain)
    offset = (page - 1) * PAGE_SIZE
    found = records.search(
        domain, order="create_date desc, id desc", limit=PAGE_SIZE, offset=offset
    )
    pages = max(1, -(-count // PAGE_SIZE))
    return {"data": serialise(found), "meta": {"pages": pages, "current": page}}


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
