"""The register's CSV files, as the SII's portal gives them (PROTOCOL 9.1).

The parsers of cl-sii hold a whole file in memory, know no file that is not UTF-8 and refuse what
they do not know, so this reader exists beside them; the conformance tests compare it with theirs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from .. import kinds, rut
from ..errors import Problem, RegisterProblem
from .cells import READERS, CellProblem
from .columns import EXTRA, LISTINGS, NAME, RUT, Column, Kind, Listing, last_day
from .lines import LineProblem, Lines, split
from .row import Row, Taxpayer

PROBLEM_LIMIT = 200
"""After so many problems a file is given up: it is another kind of file."""

_MOST_SHOWN = 20  # unknown columns
_TAX_KINDS = (Kind.TAX_CODE, Kind.TAX_AMOUNT, Kind.TAX_RATE)
_LINE = "line"  # of the values of a row, where it begins
_NOTHING = (None, 0, "0")
_NO_MONTH = "1900-01"  # which totals get, that have no day of their own
_OTHER_DELIMITERS = ",\t|"
_REQUIRED = ("document_type", RUT, "number", "date", "total_amount")
_REQUIRED_OF_SUMMARY = ("document_type", "total_amount")
_OF_ROW = ("document_type", "number", "date", "net_amount", "total_amount")
_FILE_NAME = re.compile(r"(?P<rut>[0-9]{6,8}-[0-9kK])_(?P<period>20[0-9]{2}(?:0[1-9]|1[0-2]))")
_LIST_NAME = re.compile(r"COMPRA_(?:REGISTRO|NO_INCLUIR|RECLAMADO|PENDIENTE)|VENTA|RESUMEN")

Values = dict[str, Any]


class RegisterFile:
    """One file, read once.

    stream: where the file begins. name: of the file; the SII's own names give company and month.
    Raises RegisterProblem when the header is none of the official ones.

    listing: which of the lists it is. company_rut, period: as the name gives them, or empty;
    period is ``AAAA-MM``. problems: what ``rows`` found so far.
    """

    def __init__(self, stream: BinaryIO, name: str = ""):
        self.problems: list[Problem] = []
        self._lines = Lines(stream)
        self._texts = iter(self._lines)
        self.listing, self._columns = self._read_header(name.upper())
        found = _FILE_NAME.search(name)
        self.company_rut = (
            rut.canonical(found["rut"]) if found and rut.is_valid(found["rut"]) else ""
        )
        self.period = f"{found['period'][:4]}-{found['period'][4:]}" if found else ""
        self.book = self.listing.book
        if self.listing.summary and "COMPRA" in name.upper():
            self.book = "received"
        self._width = len(self._columns)
        fields = {column.field for column in self._columns}
        self._details = tuple(fields - {"", RUT, NAME, *_OF_ROW, *EXTRA})
        last = [column.kind for column in self._columns[-len(_TAX_KINDS) :]]
        self._taxes_go_on = last == list(_TAX_KINDS)
        self._fewest_trailing: int | None = None

    def fetch(self, company: str, period: str, since: datetime | None = None) -> Iterator[Row]:
        """Its documents, as every feeder gives them, when it is of that company and month.

        What the name gives must agree; a file gives all it has, whatever ``since``.
        """
        if self.company_rut not in ("", company):
            data = {"named": self.company_rut, "company": company}
            self.problems.append(Problem("company_other", "", data))
        elif self.period not in ("", period):
            data = {"named": self.period, "period": period}
            self.problems.append(Problem("period_other", "", data))
        else:
            yield from self.rows(period)

    def rows(self, period: str) -> Iterator[Row]:
        """Its documents, those with problems left out; ``problems`` is complete at the end.

        period: ``AAAA-MM``, the month the file was asked for.
        """
        current: Values | None = None
        try:
            for text in self._texts:
                values = self._values(text)
                if len(self.problems) >= PROBLEM_LIMIT:
                    self.problems.append(Problem("too_many_problems", "", self._here()))
                    return
                if values is None:
                    continue
                if self._continues(values):
                    self._merge(current, values)
                    continue
                kind = kinds.of(values.get("document_type"))
                if self.listing.summary and not kind.only_summed:
                    # its documents come one by one in another list
                    continue
                if current is not None:
                    yield self._row(current, period)
                values[_LINE] = self._lines.number
                current = values if self._complete(values) else None
        except LineProblem as error:
            self.problems.append(error.problem)
            return
        if current is not None:
            yield self._row(current, period)

    def _read_header(self, name: str) -> tuple[Listing, list[Column]]:
        try:
            header = next(self._texts, "")
        except LineProblem as error:
            raise RegisterProblem([error.problem]) from error
        if not header:
            raise RegisterProblem([Problem("file_empty")])
        names = [_plain(cell) for cell in split(header, 0)]
        while names and not names[-1]:
            names.pop()
        for listing in LISTINGS:
            by_name = {_plain(column.name): column for column in listing.columns}
            if len(names) == len(by_name) and set(names) == set(by_name):
                _check_name(name, listing)
                return listing, [by_name[each] for each in names]
        raise RegisterProblem([_strange_header(header, names)])

    def _values(self, text: str) -> Values | None:
        """The filled cells of a line; None when it has problems."""
        cells = split(text, self._width)
        if not self._fits(cells):
            return None
        values: Values = {}
        sound = True
        for column, cell in zip(self._columns, cells, strict=False):
            if not cell:
                continue
            try:
                values[column.field or column.kind] = READERS[column.kind](cell)
            except CellProblem as problem:
                self.problems.append(problem.at(self._lines.number, column.name, cell))
                sound = False
        return values if sound and self._add_further_taxes(values, cells) else None

    def _add_further_taxes(self, values: Values, cells: list[str]) -> bool:
        """Further taxes behind the last column, in threes like the header's last."""
        count = len(_TAX_KINDS)
        for start in range(self._width, len(cells), count):
            tax: Values = {}
            columns = self._columns[-count:]
            for column, cell in zip(columns, cells[start : start + count], strict=False):
                if not cell:
                    continue
                try:
                    tax[column.kind] = READERS[column.kind](cell)
                except CellProblem as problem:
                    self.problems.append(problem.at(self._lines.number, column.name, cell))
                    return False
            if tax:
                values.setdefault("more_taxes", []).append(tax)
        return True

    def _fits(self, cells: list[str]) -> bool:
        """Whether a line has a cell for each column; what comes after the last one means
        nothing while it is empty, and further taxes where taxes are the header's last columns."""
        extra = len(cells) - self._width
        fewest = self._fewest_trailing
        if not self._lines.ended and (extra < 0 or (fewest is not None and extra < fewest)):
            code = "file_truncated"
        elif extra < 0:
            code = "cells_missing"
        elif any(cells[self._width :]) and not self._taxes_go_on:
            code = "cells_too_many"
        else:
            self._fewest_trailing = extra if fewest is None else min(extra, fewest)
            return True
        data = {**self._here(), "expected": self._width, "found": len(cells)}
        self.problems.append(Problem(code, "", data))
        return False

    def _continues(self, values: Values) -> bool:
        """Whether a line only brings a further tax of the document above it."""
        return Kind.ROW not in values and "total_amount" not in values and not self.listing.summary

    def _merge(self, current: Values | None, values: Values) -> None:
        same = current is not None and all(
            values[name] == current.get(name)
            for name in ("document_type", "number", RUT)
            if name in values
        )
        if current is None or not same:
            self.problems.append(Problem("tax_without_document", "", self._here()))
            return
        further = values.pop("more_taxes", [])
        current.setdefault("more_taxes", []).extend([values, *further])

    def _complete(self, values: Values) -> bool:
        """Whether a row has what makes it a document; totals of a type have less."""
        kind = kinds.of(values.get("document_type"))
        total = self.listing.summary or (kind.only_summed and not values.get(RUT))
        required = _REQUIRED_OF_SUMMARY if total else _REQUIRED
        missing = [
            column
            for column in self._columns
            if column.field in required and values.get(column.field) is None
        ]
        for column in missing:
            data = {**self._here(), "column": column.name}
            self.problems.append(Problem("cell_missing", column.name, data))
        return not missing and self._is_numbered(values)

    def _is_numbered(self, values: Values) -> bool:
        """A spreadsheet that saved the file again writes long folios as 1,23E+09: they are lost."""
        number = values.get("number", "")
        if not number or number.isdecimal():
            return True
        name = next(column.name for column in self._columns if column.field == "number")
        data = {**self._here(), "column": name, "value": number[:60]}
        self.problems.append(Problem("cell_not_integer", name, data))
        return False

    def _row(self, values: Values, period: str) -> Row:
        detail = {name: values.get(name) for name in self._details}
        detail["invoice_status"] = self.listing.status
        if detail.get("rejected_at"):
            detail["confirmation_status"] = "R"
        if not self.listing.summary:
            detail["has_note"] = bool(detail["has_note"])
            detail["other_taxes"] = _taxes([values, *values.get("more_taxes", ())])
        category = values.get("transaction_category")
        unknown = {}
        if self.listing.name == "VENTA":
            extra = {name: values[name] for name in EXTRA if values.get(name) not in _NOTHING}
            detail["besides"] = extra or None
        if category:
            detail["transaction_category"] = category.key
            unknown |= {} if category.key else {"transaction_category": category.text}
        rut = values.get(RUT)
        return Row(
            issue_type=self.book,
            document_type=values["document_type"],
            number=values.get("number", ""),
            date=values.get("date") or last_day(period),
            period=period,
            counterpart=Taxpayer(rut, values.get(NAME, "")) if rut else None,
            net_amount=values.get("net_amount"),
            total_amount=values["total_amount"],
            detail=detail,
            unknown=unknown,
            line=values[_LINE],
        )

    def _here(self) -> dict[str, int]:
        return {"line": self._lines.number}


def months(stream: BinaryIO) -> Counter[str]:
    """How many documents of each month (``AAAA-MM``) a file has; none where it has totals only.

    Raises RegisterProblem as RegisterFile does.
    """
    rows = RegisterFile(stream).rows(_NO_MONTH)
    return Counter(f"{row.date:%Y-%m}" for row in rows if f"{row.date:%Y-%m}" != _NO_MONTH)


def _taxes(lines: list[Values]) -> Values | None:
    """The further taxes of a document, from its own line and those that continue it."""
    taxes = [
        {
            "tax_amount": line.get(Kind.TAX_AMOUNT),
            "tax_code": line.get(Kind.TAX_CODE),
            "tax_rate": line.get(Kind.TAX_RATE),
        }
        for line in lines
        if line.keys() & set(_TAX_KINDS)
    ]
    if not taxes:
        return None
    total = sum(tax["tax_amount"] or 0 for tax in taxes)
    return {"other_taxes_detail": taxes, "total_amount": total}


def _plain(name: str) -> str:
    """A column's name without accents, capitals and double spaces."""
    decomposed = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).lower().split())


def _strange_header(header: str, names: list[str]) -> Problem:
    for delimiter in _OTHER_DELIMITERS:
        if delimiter in header and ";" not in header:
            return Problem("delimiter_wrong", "", {"line": 1, "found": delimiter})
    closest = max(
        LISTINGS, key=lambda each: len({_plain(c.name) for c in each.columns} & set(names))
    )
    known = {_plain(column.name): column.name for column in closest.columns}
    if not set(known) & set(names):
        return Problem("header_unknown", "", {"line": 1, "header": header[:120]})
    missing = [column for plain, column in known.items() if plain not in names]
    unexpected = [name for name in names if name not in known]
    repeated = sorted(name for name, count in Counter(names).items() if count > 1)
    data = {
        "list": closest.name,
        "missing": missing,
        "unexpected": (unexpected + repeated)[:_MOST_SHOWN],
    }
    return Problem("header_different", "", {"line": 1, **data})


def _check_name(name: str, listing: Listing) -> None:
    found = _LIST_NAME.search(name)
    if found and found[0] != listing.name and not listing.summary:
        data = {"line": 1, "named": found[0], "list": listing.name}
        raise RegisterProblem([Problem("list_contradicted", "", data)])
