"""Pages that cost the same wherever they are: each begins at a row, and not after so many."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Query

from odoo.fields import Domain
from odoo.tools import SQL

from ...refused import Refused

CursorText = Annotated[
    str | None,
    Query(max_length=400, description="Of `next`, `prev` or `last` of an answer before."),
]
_MOMENT = {"date": date, "datetime": datetime}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins. back: it is the page before that row, and not the one after it.

    after: the row's (value, id), whether that row is still there or not; None for an end of the
    list, its first page, or its last one with ``back``.
    """

    back: bool = False
    after: tuple[date | None, int] | None = None

    def text(self) -> str:
        value, row_id = self.after or (None, 0)
        parts = [int(self.back), value and value.isoformat(), row_id]
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


LAST = Cursor(back=True)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that is ordered by a date or a moment and then by id, both descending; what has no
    date comes last.

    records: the empty recordset of the model. column: name of the field. size: of a page.
    """

    records: Any
    domain: list
    column: str
    size: int

    def cursor(self, text: str) -> Cursor:
        """What ``Cursor.text`` gave; raises Refused for anything else."""
        kind = _MOMENT[self.records._fields[self.column].type]
        try:
            back, value, row_id = json.loads(
                base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            )
            after = value if value is None else kind.fromisoformat(value), int(row_id)
            return Cursor(bool(back), after if after[1] else None)
        except (ValueError, TypeError, OverflowError):
            raise Refused("invalid_parameter", "cursor is none of ours.", "cursor") from None

    def numbered(self, number: int) -> tuple[Any, dict[str, Cursor]]:
        """Page so many, by counting rows up to it, and the cursors of others."""
        order = self._order(back=False)
        offset = (number - 1) * self.size
        found = self.records.search(self.domain, order=order, limit=self.size + 1, offset=offset)
        more, found = len(found) > self.size, found[: self.size]
        if not found and number > 1:
            return found, {"prev": LAST, "last": LAST}
        return found, self._others(found, before=number > 1, more=more)

    def page(self, cursor: Cursor) -> tuple[Any, dict[str, Cursor]]:
        """The rows of a page, in the list's order, and the cursors of others, by their name."""
        found = self.records.browse()
        for part in self._parts(cursor):
            missing = self.size + 1 - len(found)
            order = self._order(cursor.back)
            found += self.records.search(Domain(self.domain) & part, order=order, limit=missing)
            if len(found) > self.size:
                break
        more, found = len(found) > self.size, found[: self.size]
        if not cursor.back:
            return found, self._others(found, before=bool(cursor.after), more=more)
        found = found.browse(reversed(found.ids))
        return found, self._others(found, before=more, more=bool(cursor.after))

    def _others(self, found: Any, *, before: bool, more: bool) -> dict[str, Cursor]:
        cursors = {}
        if found and before:
            cursors["prev"] = Cursor(True, self._key(found[0]))
        if found and more:
            cursors["next"] = Cursor(False, self._key(found[-1]))
        return cursors | ({"last": LAST} if cursors else {})

    def _key(self, row: Any) -> tuple[date | None, int]:
        return row[self.column] or None, row.id

    def _order(self, back: bool) -> str:
        if back:
            return f"{self.column} ASC NULLS FIRST, id ASC"
        return f"{self.column} DESC NULLS LAST, id DESC"

    def _parts(self, cursor: Cursor) -> list[Domain]:
        """What is beyond the cursor, in its direction: rows with a date and rows without one are
        asked for one after the other, so that an index leads to the first of either."""
        if not cursor.after:
            return [Domain.TRUE]
        value, row_id = cursor.after
        undated = Domain(self.column, "=", False)
        if value is None and cursor.back:
            return [undated & Domain("id", ">", row_id), ~undated]
        if value is None:
            return [undated & Domain("id", "<", row_id)]
        beyond = Domain.custom(to_sql=lambda *where: self._beyond(cursor, *where))
        return [beyond] if cursor.back else [beyond, undated]

    def _beyond(self, cursor: Cursor, model: Any, alias: str, query: Any) -> SQL:
        """Compared as a row, which an index finds at once."""
        column, row_id = (model._field_to_sql(alias, name, query) for name in (self.column, "id"))
        sign = SQL(">") if cursor.back else SQL("<")
        return SQL("(%s, %s) %s %s", column, row_id, sign, cursor.after)
