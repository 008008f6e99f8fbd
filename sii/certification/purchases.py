"""The table of the purchase book set (PROTOCOL 11): three lines a document."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ..errors import CertificationSetProblem
from .sets import CertificationSet, Purchase, SetKind

Lines = Sequence[tuple[int, str]]

_DOCUMENTS = {
    "FACTURA": 30,
    "FACTURA NO AFECTA O EXENTA": 32,
    "FACTURA ELECTRONICA": 33,
    "FACTURA NO AFECTA O EXENTA ELECTRONICA": 34,
    "FACTURA DE COMPRA": 45,
    "FACTURA DE COMPRA ELECTRONICA": 46,
    "NOTA DE DEBITO": 55,
    "NOTA DE DEBITO ELECTRONICA": 56,
    "NOTA DE CREDITO": 60,
    "NOTA DE CREDITO ELECTRONICA": 61,
}
_RULE = re.compile(r"={5,}$")
_FOLIO = re.compile(r"[0-9]{1,10}")
_AMOUNTS = re.compile(r"(?:([0-9]{1,12})\s+)?([0-9]{1,12})$")
_FACTOR = re.compile(r"FACTOR\s+DE\s+PROPORCIONALIDAD\s+DEL\s+IVA\s+ES\s+DE\s+([01][.,]\d{1,3})")
_RULES = 3
_HEADER_LINES = 3


def purchase_set(attention: int, lines: Lines) -> CertificationSet:
    """The set of these lines.

    Raises CertificationSetProblem: ``set_incomplete`` when the rule that closes the table is
    missing, ``set_document_unknown``, ``set_row_unreadable``, ``set_factor_missing``.
    """
    rules = [index for index, (_number, text) in enumerate(lines) if _RULE.match(text.strip())]
    if len(rules) < _RULES:
        raise CertificationSetProblem("set_incomplete", line=lines[-1][0], found=0)
    table = [(number, text) for number, text in lines[rules[1] + 1 : rules[2]] if text.strip()]
    if not table or len(table) % _HEADER_LINES:
        raise CertificationSetProblem("set_incomplete", line=lines[rules[2]][0], found=len(table))
    purchases = tuple(
        _purchase(table[start : start + _HEADER_LINES])
        for start in range(0, len(table), _HEADER_LINES)
    )
    return CertificationSet(
        SetKind.PURCHASE_BOOK,
        attention,
        purchases=purchases,
        factor=_factor(lines[rules[2] + 1 :], purchases),
    )


def _purchase(rows: Lines) -> Purchase:
    (line, document), (_number, observation), (amounts_line, amounts) = rows
    *words, folio = document.split()
    kind = _DOCUMENTS.get(" ".join(words).upper())
    if kind is None or not _FOLIO.fullmatch(folio):
        raise CertificationSetProblem("set_document_unknown", line=line, text=document.strip()[:60])
    pesos = _AMOUNTS.match(amounts.strip())
    if pesos is None:
        raise CertificationSetProblem(
            "set_row_unreadable", line=amounts_line, text=amounts.strip()[:60]
        )
    return Purchase(
        kind=kind,
        folio=int(folio),
        observation=" ".join(observation.upper().split()),
        exempt=int(pesos[1] or 0),
        affected=int(pesos[2]),
        line=line,
    )


def _factor(notes: Lines, purchases: Sequence[Purchase]) -> Decimal | None:
    found = _FACTOR.search(" ".join(text.strip() for _number, text in notes).upper())
    if found:
        return Decimal(found[1].replace(",", "."))
    if any("USO COMUN" in each.observation for each in purchases):
        raise CertificationSetProblem("set_factor_missing", line=notes[0][0] if notes else 0)
    return None
