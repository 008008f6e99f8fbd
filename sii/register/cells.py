"""The text of one cell of the register's CSV files as a value (PROTOCOL 9.1)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from .. import rut
from ..clock import CHILE
from ..errors import InvalidRut, Problem
from .columns import Kind
from .words import category

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_RATE = re.compile(r"[0-9]{1,6}([.,][0-9]{1,6})?")
_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_MOMENT = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})(?: ([0-9]{2}):([0-9]{2}):([0-9]{2}))?")
_NO_RUT = frozenset({"-", "0-0"})
_MANY = 8192


class Category(NamedTuple):
    """key: of the SII's categories; None when ``text`` is none of them."""

    key: str | None
    text: str


class CellProblem(ValueError):
    """A cell that cannot be read; ``code`` names why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code

    def at(self, line: int, column: str, value: str) -> Problem:
        """The problem as it is reported of a line of a file."""
        return Problem(self.code, column, {"line": line, "column": column, "value": value[:60]})


def integer(text: str) -> int:
    """A peso amount or a code, without thousands separators."""
    if not _INTEGER.fullmatch(text):
        raise CellProblem("cell_not_integer")
    return int(text)


@lru_cache(maxsize=_MANY)  # a month has some thirty of them, repeated on every row
def day(text: str) -> date:
    """``dd/mm/aaaa``."""
    found = _DATE.fullmatch(text)
    if not found:
        raise CellProblem("cell_not_date")
    dd, mm, yyyy = map(int, found.groups())
    try:
        return date(yyyy, mm, dd)
    except ValueError as error:
        raise CellProblem("cell_not_date") from error


def moment(text: str) -> datetime | None:
    """``dd/mm/aaaa hh:mm:ss`` in Chile, or the day alone; the SII writes ``null`` for none."""
    if text == "null":
        return None
    found = _MOMENT.fullmatch(text)
    if not found:
        raise CellProblem("cell_not_date")
    dd, mm, yyyy, *clock = (int(part or 0) for part in found.groups())
    try:
        found = datetime(yyyy, mm, dd, *clock, tzinfo=CHILE)
        found.astimezone(UTC)  # the last evening of the year 9999 is no moment elsewhere
        return found
    except (ValueError, OverflowError) as error:
        raise CellProblem("cell_not_date") from error


@lru_cache(maxsize=_MANY)  # suppliers and customers come back
def taxpayer(text: str) -> str | None:
    """A RUT in its canonical form; a dash alone means none."""
    if text in _NO_RUT:
        return None
    try:
        return rut.canonical(text)
    except InvalidRut as error:
        raise CellProblem("cell_not_rut") from error


def note(text: str) -> bool:
    """Whether a note over a purchase invoice exists; 0 means that there is none."""
    return text not in ("0", "N", "NO")


@lru_cache(maxsize=64)
def known_category(text: str) -> Category:
    """One of the SII's categories of purchase or sale, or the words as they came."""
    return Category(category(text), text)


def rate(text: str) -> str:
    """A percentage as the SII writes it, with a decimal point."""
    if not _RATE.fullmatch(text):
        raise CellProblem("cell_not_rate")
    return text.replace(",", ".")


READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.ROW: integer,
    Kind.CODE: integer,
    Kind.AMOUNT: integer,
    Kind.DATE: day,
    Kind.MOMENT: moment,
    Kind.RUT: taxpayer,
    Kind.TEXT: str,
    Kind.TAX_CODE: integer,
    Kind.TAX_AMOUNT: integer,
    Kind.TAX_RATE: rate,
    Kind.NOTE: note,
    Kind.CATEGORY: known_category,
}
