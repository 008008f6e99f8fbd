"""Reads the values of an invoice object: a value that does not fit is kept as text."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from .. import clock
from ..errors import RcvProblem
from .row import ISSUE_TYPES, WORDS, Taxpayer
from .words import category, counterpart_rut

# beyond it JavaScript, like most readers of JSON, loses pesos
_GREATEST = 2**53 - 1
_LONGEST_TEXT = 500
_LONGEST_NUMBER = 64
_LONGEST_OBJECT = 10_000


class Reader:
    """Typed access to an object, and ``unknown``, shared with the objects inside it.

    prefix: of the names under which the values of an inner object are kept.
    """

    def __init__(self, data: Any, unknown: dict[str, str] | None = None, prefix: str = "") -> None:
        if not isinstance(data, Mapping):
            raise RcvProblem("rcv_not_an_object")
        self.unknown = {} if unknown is None else unknown
        self._data = data
        self._prefix = prefix

    def inside(self, name: str, prefix: str = "") -> "Reader":
        """The object of that name; an empty one for null and for what is none."""
        inner = self._data.get(name)
        if inner is not None and not isinstance(inner, Mapping):
            self._keep(name, inner)
            inner = None
        return Reader(inner or {}, self.unknown, prefix)

    def issue_type(self) -> str:
        value = self._data.get("issue_type")
        if value not in ISSUE_TYPES:
            raise RcvProblem("rcv_issue_type", value=_text(value))
        return value

    def number(self) -> str:
        value = self._data.get("number")
        text = "" if value is None else _text(value)
        if len(text) > _LONGEST_NUMBER:
            raise RcvProblem("rcv_number", value=text)
        return text

    def figure(self, name: str, also: str | None = None) -> int | None:
        value = self._data.get(name)
        if value is None and also:
            value = self._data.get(also)
        if value is None:
            return None
        number = _whole(value)
        if number is None:
            self._keep(name, value)
        return number

    def text(self, name: str) -> str | None:
        value = self._data.get(name)
        return None if value is None else _text(value)

    def flag(self, name: str) -> bool:
        value = self._data.get(name)
        if value not in (None, True, False):
            self._keep(name, value)
        return value is True

    def word(self, name: str) -> str | None:
        value = self._data.get(name)
        if isinstance(value, str) and value in WORDS[self._prefix + name]:
            return value
        if value is not None:
            self._keep(name, value)
        return None

    def category(self, name: str) -> str | None:
        value = self._data.get(name)
        known = category(value) if isinstance(value, str) else None
        if value is not None and known is None:
            self._keep(name, value)
        return known

    def moment(self, name: str) -> datetime | None:
        value = self._data.get(name)
        found = moment(value)
        if found is None and value is not None:
            self._keep(name, value)
        return found

    def day(self, name: str) -> date | None:
        value = self._data.get(name)
        found = chilean_day(value)
        if found is None and value is not None:
            self._keep(name, value)
        return found

    def period(self, name: str) -> str | None:
        """``AAAA-MM`` of ``mm/yyyy``."""
        value = self._data.get(name)
        if isinstance(value, str) and re.fullmatch(r"(0[1-9]|1[0-2])/[12]\d{3}", value):
            return f"{value[3:]}-{value[:2]}"
        if value is not None:
            self._keep(name, value)
        return None

    def taxpayer(self, name: str) -> Taxpayer | None:
        value = self._data.get(name)
        if value is None:
            return None
        party = self.inside(name)
        about = party._data.get("institution_tax_payer")
        return Taxpayer(
            rut=counterpart_rut(party.text("id") or ""),
            name=party.text("name") or "",
            institution_tax_payer=_clean(about) if isinstance(about, Mapping) else None,
        )

    def taxes(self, name: str) -> dict[str, Any] | None:
        """``{"other_taxes_detail": [...], "total_amount": …}`` in the one spelling we keep."""
        value = self._data.get(name)
        if value is None:
            return None
        taxes = self.inside(name)
        rows = taxes._data.get("other_taxes_detail", taxes._data.get("other_taxes_details"))
        if not isinstance(value, Mapping) or not isinstance(rows, (list, type(None))):
            self._keep(name, value)
            return None
        details = [_tax(row) for row in rows or () if isinstance(row, Mapping)]
        return {
            "other_taxes_detail": details,
            "total_amount": _whole(taxes._data.get("total_amount")),
        }

    def _keep(self, name: str, value: Any) -> None:
        self.unknown[self._prefix + name] = _text(value)


def _tax(row: Mapping[str, Any]) -> dict[str, Any]:
    """Codes and amounts that are no numbers stay text; rates are text always."""
    kept = {}
    for name in ("tax_amount", "tax_code", "tax_rate"):
        value = row.get(name)
        number = None if name == "tax_rate" else _whole(value)
        kept[name] = number if number is not None else value and _text(value)
    return kept


def _whole(value: Any) -> int | None:
    """An integer, also one written as text or with a zero fraction; None when it is none."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,16}", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and abs(value) <= _GREATEST else None


def moment(value: Any) -> datetime | None:
    """An aware moment of ISO 8601; without a zone it is UTC's. None when it is none."""
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        found.astimezone(clock.CHILE)
        return found.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def chilean_day(value: Any) -> date | None:
    """The day in Chile of a moment of ISO 8601; without a zone it is the day that it names."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    if found.tzinfo is None:
        return found.date()
    known = moment(value)
    return known and known.astimezone(clock.CHILE).date()


def _text(value: Any) -> str:
    """As PostgreSQL can keep it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return _kept(text)[:_LONGEST_TEXT]


def _kept(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _clean(about: Mapping[str, Any]) -> Any:
    """What a provider sends of a taxpayer, when it is of a sensible size."""
    size = len(json.dumps(about, ensure_ascii=False, default=str))
    return _kept_value(about) if size <= _LONGEST_OBJECT else None


def _kept_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_kept(str(name)): _kept_value(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_kept_value(inner) for inner in value]
    return _kept(value) if isinstance(value, str) else value
