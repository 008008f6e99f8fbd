"""One case of a certification set: its document, its reference and its table (PROTOCOL 11)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .. import kinds
from ..codes import TipoDte
from ..errors import CertificationSetProblem
from .sets import Case, Item

Lines = Sequence[tuple[int, str]]

_DOCUMENTS = {
    "FACTURA ELECTRONICA": TipoDte.FACTURA,
    "FACTURA NO AFECTA O EXENTA ELECTRONICA": TipoDte.FACTURA_EXENTA,
    "NOTA DE CREDITO ELECTRONICA": TipoDte.NOTA_CREDITO,
    "NOTA DE DEBITO ELECTRONICA": TipoDte.NOTA_DEBITO,
}
_MOST_ITEMS = 100
_COLUMNS = (
    ("quantity", re.compile(r"CANTIDAD", re.I)),
    ("unit", re.compile(r"UNIDAD\s+(DE\s+)?MEDIDA", re.I)),
    ("price", re.compile(r"(PRECIO|VALOR)\s+UNITARIO", re.I)),
    ("discount", re.compile(r"DESCUENTO\s+ITEM", re.I)),
)
_TABLE = re.compile(r"ITEM\b.*(CANTIDAD|UNITARIO)", re.I)
_GAP = re.compile(r"\s*\t\s*|\s{2,}")
_RULE = re.compile(r"[=\-_*]{5,}$")
_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,6})?$")
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*%$")
_CORRESPONDS = " CORRESPONDIENTE A CASO "
_CASE_NAME = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
_GLOBAL = re.compile(r"DESCUENTO\s+GLOBAL\s+[IÍ]TEME?S\s+AFECTOS\s+(\S.*)$", re.I)
_NO_ITEMS = re.compile(r"ANULA|CORRIGE", re.I)
_EXEMPT_NAME = re.compile(r"\bEXENTO\b", re.I)
_EXEMPT_ITEM = re.compile(r"item\s+([0-9]{1,6})\s+es\s+un\s+\w+\s+exento", re.I)
_TAXED_ITEM = re.compile(r"item\s+([0-9]{1,6})\s+es\s+un\s+\w+\s+afecto", re.I)
_UNIT = re.compile(r"unidad\s+de\s+medida\s+en\s+(\w{1,4})\b", re.I)


@dataclass
class _Draft:
    name: str
    line: int
    kind: TipoDte | None = None
    original: str = ""
    reason: str = ""
    global_discount: Decimal | None = None
    columns: tuple[str, ...] = ()
    items: list[Item] = field(default_factory=list)


def invoice_case(name: str, lines: Lines) -> Case:
    """A case of the basic or exempt set. lines: from its heading to the next one.

    Raises CertificationSetProblem: ``set_document_unknown``, ``set_case_without_document``,
    ``set_case_without_items``, ``set_note_without_reference``, ``set_row_unreadable``,
    ``set_line_unknown``.
    """
    draft = _read(name, lines, _take_in_invoice_line)
    if draft.kind is None:
        raise CertificationSetProblem("set_case_without_document", line=draft.line, case=name)
    is_note = kinds.of(draft.kind).is_note
    if is_note and not (draft.original and draft.reason):
        raise CertificationSetProblem("set_note_without_reference", line=draft.line, case=name)
    if not draft.items and (not is_note or draft.columns or not _NO_ITEMS.match(draft.reason)):
        raise CertificationSetProblem("set_case_without_items", line=draft.line, case=name)
    if kinds.of(draft.kind).exempt:
        draft.items = [replace(item, exempt=True) for item in draft.items]
    return _case(draft, draft.kind)


def boleta_case(name: str, lines: Lines) -> Case:
    """A case of the boleta set. Raises as ``invoice_case``, and ``set_observation_unknown``."""
    draft = _read(name, lines, _take_in_boleta_line)
    if not draft.items:
        raise CertificationSetProblem("set_case_without_items", line=draft.line, case=name)
    return _case(draft, TipoDte.BOLETA)


def _case(draft: _Draft, kind: TipoDte) -> Case:
    return Case(
        name=draft.name,
        kind=kind,
        line=draft.line,
        items=tuple(draft.items),
        original=draft.original,
        reason=draft.reason,
        global_discount=draft.global_discount,
    )


def _read(name: str, lines: Lines, take_in: Callable[[_Draft, int, str], bool]) -> _Draft:
    """What comes after a rule that closes the case is advice to the reader."""
    draft = _Draft(name, lines[0][0])
    for position, (number, line) in enumerate(lines[1:]):
        text = line.strip()
        if _RULE.match(text):
            if position:
                break
        elif not text or take_in(draft, number, text):
            continue
        elif _TABLE.match(text):
            draft.columns = tuple(key for key, pattern in _COLUMNS if pattern.search(text))
        elif draft.columns and len(draft.items) < _MOST_ITEMS:
            draft.items.append(_item(draft.columns, number, text, kinds.of(draft.kind).is_note))
        else:
            raise CertificationSetProblem("set_line_unknown", line=number, text=text[:60])
    return draft


def _take_in_invoice_line(draft: _Draft, number: int, text: str) -> bool:
    """Take in a line that is no row of the table; False when it is one."""
    word, _blank, rest = " ".join(text.split()).partition(" ")
    if word.upper() == "DOCUMENTO":
        draft.kind = _document(rest, number)
    elif word.upper() == "REFERENCIA":
        document, _words, original = rest.upper().partition(_CORRESPONDS)
        if not (found := _CASE_NAME.fullmatch(original)):
            raise CertificationSetProblem("set_line_unknown", line=number, text=text[:60])
        _document(document, number)
        draft.original = f"{int(found[1])}-{int(found[2])}"
    elif text.upper().startswith("RAZON REFERENCIA"):
        draft.reason = rest.partition(" ")[2]
    elif found := _GLOBAL.match(text):
        draft.global_discount = _percent(found[1], number)
    else:
        return False
    return True


def _take_in_boleta_line(draft: _Draft, number: int, text: str) -> bool:
    if not text.upper().startswith("OBSERVACION"):
        return False
    exempt = [int(found) for found in _EXEMPT_ITEM.findall(text)]
    unit = _UNIT.search(text)
    understood = unit or exempt or _TAXED_ITEM.search(text)
    if not understood or any(not 0 < each <= len(draft.items) for each in exempt):
        raise CertificationSetProblem("set_observation_unknown", line=number, text=text[:80])
    for each in exempt:
        draft.items[each - 1] = replace(draft.items[each - 1], exempt=True)
    if unit:
        draft.items = [replace(item, unit=unit[1]) for item in draft.items]
    return True


def _document(name: str, number: int) -> TipoDte:
    kind = _DOCUMENTS.get(" ".join(name.upper().replace("É", "E").replace("Ó", "O").split()))
    if kind is None:
        raise CertificationSetProblem("set_document_unknown", line=number, text=name[:60])
    return kind


def _item(columns: tuple[str, ...], number: int, text: str, is_note: bool) -> Item:
    name, *cells = filter(None, _GAP.split(text))
    values: dict[str, Decimal | str] = {}
    left = list(columns)
    for cell in cells:
        key = "discount" if "%" in cell else next((key for key in left if key != "discount"), "")
        if key not in left:
            raise CertificationSetProblem("set_row_unreadable", line=number, text=text[:60])
        left.remove(key)
        values[key] = cell if key == "unit" else _amount(key, cell, number)
    if not values or any(key in left for key in ("quantity", "price")) or not name:
        raise CertificationSetProblem("set_row_unreadable", line=number, text=text[:60])
    if not is_note and not {"quantity", "price"} <= set(columns):
        raise CertificationSetProblem("set_row_unreadable", line=number, text=text[:60])
    return Item(name=name, exempt=bool(_EXEMPT_NAME.search(name)), **values)


def _amount(key: str, cell: str, number: int) -> Decimal:
    if key == "discount":
        return _percent(cell, number)
    if not _NUMBER.match(cell) or not (value := Decimal(cell.replace(",", "."))):
        raise CertificationSetProblem("set_row_unreadable", line=number, text=cell[:60])
    return value


def _percent(text: str, number: int) -> Decimal:
    found = _PERCENT.match(text.strip())
    percent = Decimal(found[1].replace(",", ".")) if found else Decimal(0)
    if not 0 < percent <= 100:
        raise CertificationSetProblem("set_row_unreadable", line=number, text=text[:60])
    return percent
