"""Reader of the text file that the SII hands out for certification (PROTOCOL 11).

A file that was cut, or holds what is not understood, is refused with the line: a guess would lead
to documents that differ from the set.
"""

import re
from collections.abc import Iterator, Sequence

from .. import kinds
from ..codes import TipoDte
from ..errors import CertificationSetProblem
from .case import boleta_case, invoice_case
from .purchases import purchase_set
from .sets import Case, CertificationSet, SetFile, SetKind

MAX_SIZE = 500_000
"""Bytes; the SII's files have some ten thousand."""

INVOICE_CASES, BOLETA_CASES = 8, 5
"""Cases of the basic and exempt sets, and of the boleta set (PROTOCOL 11)."""

MAX_LINES, MAX_LINE = 5_000, 1_000
"""Lines, and characters of one; the SII's files have some hundred lines of eighty."""

_ATTENTION = "NUMERO DE ATENCION"
_ATTENTION_NUMBER = re.compile(r"[0-9]{1,12}")
_SET = re.compile(r"SET (?=\S)", re.I)
_BOLETA_HEADING = re.compile(r"(SII\s+)?SET DE PRUEBAS? DE BOLETA", re.I)
_CASE = re.compile(r"CASO\s+([0-9]{1,12})-([0-9]{1,12})$", re.I)
_BOLETA_CASE = re.compile(r"CASO-([0-9]{1,12})$", re.I)
_CLOSING = re.compile(r"OBSERVACIONES GENERALES", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f]")
_TITLES = {
    "BASICO": SetKind.BASIC,
    "BÁSICO": SetKind.BASIC,
    "FACTURA EXENTA": SetKind.EXEMPT,
    "LIBRO DE VENTAS": SetKind.SALES_BOOK,
    "LIBRO DE COMPRAS": SetKind.PURCHASE_BOOK,
}
_INVOICES = {SetKind.BASIC: TipoDte.FACTURA, SetKind.EXEMPT: TipoDte.FACTURA_EXENTA}

Lines = Sequence[tuple[int, str]]


def read(data: bytes) -> SetFile:
    """The sets of a file, ISO-8859-1 or UTF-8.

    Raises CertificationSetProblem: ``set_not_text``, ``set_too_long``, ``set_empty``,
    ``set_attention_unreadable``, ``set_incomplete``, ``set_twice``, and what the readers of cases
    and of the purchase table raise.
    """
    sets, unsupported = [], []
    for heading, lines in _blocks(_lines(data)):
        title, kind, attention = heading
        if kind is None:
            unsupported.append(title)
        else:
            sets.append(_set(kind, attention, lines))
    if not sets:
        raise CertificationSetProblem("set_empty", line=1, unsupported=unsupported)
    keys = [(each.kind, each.attention) for each in sets]
    if len(set(keys)) < len(keys):
        raise CertificationSetProblem("set_twice", line=1)
    return SetFile(tuple(sets), tuple(unsupported))


def _lines(data: bytes) -> list[tuple[int, str]]:
    if len(data) > MAX_SIZE:
        raise CertificationSetProblem("set_not_text", line=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("iso-8859-1")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise CertificationSetProblem("set_too_long", line=MAX_LINES)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise CertificationSetProblem("set_too_long", line=number)
        if _CONTROL.search(line):
            raise CertificationSetProblem("set_not_text", line=number)
    return list(enumerate(lines, 1))


def _blocks(lines: Lines) -> Iterator[tuple[tuple[str, SetKind | None, int], Lines]]:
    """Each set's heading and lines. Cases without one get what their content implies."""
    heading, block = None, []
    for number, line in lines:
        found = _heading(line.strip(), number) or (heading is None and _implied(line.strip()))
        if found:
            if heading:
                yield heading, block
            heading, block = found, []
        block.append((number, line))
    if heading:
        yield heading, block


def _heading(line: str, number: int) -> tuple[str, SetKind | None, int] | None:
    if _BOLETA_HEADING.match(line):
        return line, SetKind.BOLETA, 0
    label, _colon, attention = " ".join(line.split()).rpartition(":")
    label, attention = label.rstrip(), attention.strip()
    ending = label[-len(_ATTENTION) :].upper().replace("Ú", "U").replace("Ó", "O")
    before = label[: -len(_ATTENTION)].rstrip()
    found = _SET.search(before)
    if ending != _ATTENTION or not found or not before.endswith("-"):
        return None
    if not _ATTENTION_NUMBER.fullmatch(attention):
        raise CertificationSetProblem("set_attention_unreadable", line=number, text=attention[:60])
    title = before[found.end() : -1].strip()
    return title, _TITLES.get(title.upper()), int(attention)


def _implied(line: str) -> tuple[str, SetKind | None, int] | None:
    if found := _CASE.match(line):
        return "BASICO", SetKind.BASIC, int(found[1])
    return ("BOLETA", SetKind.BOLETA, 0) if _BOLETA_CASE.match(line) else None


def _set(kind: SetKind, attention: int, lines: Lines) -> CertificationSet:
    if kind is SetKind.SALES_BOOK:
        return CertificationSet(kind, attention)
    if kind is SetKind.PURCHASE_BOOK:
        return purchase_set(attention, lines)
    if kind is SetKind.BOLETA:
        cases = [boleta_case(name, block) for name, block in _case_blocks(lines, _BOLETA_CASE)]
        _check_numbers(cases, "")
        # the last case may go on until the general remarks
        closed = any(_CLOSING.match(line.strip()) for _number, line in lines)
        if len(cases) < BOLETA_CASES or not closed:
            raise CertificationSetProblem("set_incomplete", line=lines[-1][0], found=len(cases))
    else:
        cases = [invoice_case(name, block) for name, block in _case_blocks(lines, _CASE)]
        kind = _kind_of(cases, kind)
        _check_numbers(cases, f"{attention}-")
        _check_references(cases)
        found = {case.kind for case in cases}
        wanted = {_INVOICES[kind], *kinds.codes(is_note=True, issued=True)}
        if len(cases) < INVOICE_CASES or found != wanted:
            raise CertificationSetProblem("set_incomplete", line=lines[-1][0], found=len(cases))
    return CertificationSet(kind, attention, tuple(cases))


def _kind_of(cases: Sequence[Case], stated: SetKind) -> SetKind:
    if any(kinds.of(case.kind).exempt for case in cases):
        return SetKind.EXEMPT
    return stated


def _case_blocks(lines: Lines, pattern: re.Pattern[str]) -> Iterator[tuple[str, Lines]]:
    name, block = "", []
    for number, line in lines:
        if found := pattern.match(line.strip()):
            if name:
                yield name, block
            name, block = "-".join(str(int(group)) for group in found.groups()), []
        if name:
            block.append((number, line))
    if name:
        yield name, block


def _check_numbers(cases: Sequence[Case], prefix: str) -> None:
    for number, case in enumerate(cases, 1):
        if case.name != f"{prefix}{number}":
            raise CertificationSetProblem(
                "set_case_unexpected", line=case.line, case=case.name, expected=f"{prefix}{number}"
            )


def _check_references(cases: Sequence[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if kinds.of(case.kind).is_note and case.original not in seen:
            raise CertificationSetProblem(
                "set_reference_unknown", line=case.line, case=case.name, original=case.original
            )
        seen.add(case.name)
