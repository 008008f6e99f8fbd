"""Lists: 50 a page, newest first."""

from typing import Annotated, Any

from fastapi import Query

PAGE_SIZE = 50
Page = Annotated[int, Query(ge=1)]


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
