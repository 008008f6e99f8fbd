"""What a note states of the document it changes (PROTOCOL 3.5, 5.5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..reasons import Reason
from ..verify.xmltext import text
from .context import Context
from .dte import Dte

_NOTES = {56, 61}
_ELECTRONIC = {33, 34, 39, 41, 43, 46, 52, 56, 61}
_TAX_DOCUMENTS = _ELECTRONIC | {30, 32, 35, 38, 40, 45, 50, 55, 60, 110, 111, 112}
_CREDIT_NOTE = 61
_ANNULS, _CORRECTS_TEXT, _CORRECTS_AMOUNTS = 1, 2, 3
_EXPORTS = {110, 111, 112}
_NEVER = _EXPORTS | {50, 52}
_FIRST_DAY = "2002-08-01"
_CREDIT_NOTES = {60, 61}


@dataclass(frozen=True, slots=True)
class _Reference:
    line: str
    type: int
    folio: str
    issuer: str
    code: int | None

    @property
    def is_held_here(self) -> bool:
        """An electronic document of one folio: the SII can look it up."""
        return self.type in _ELECTRONIC and self.folio.isdecimal() and self.folio != "0"


def references(dte: Dte, context: Context) -> Iterator[Reason]:
    """A note refers to tax documents the SII holds, states what it does, and annuls them whole."""
    if dte.type not in _NOTES:
        return
    found = _read(dte)
    if not found:
        yield Reason("REF-3-415")
    for reference in found:
        yield from _check(dte, reference, context)
    if dte.total and any(ref.code == _CORRECTS_TEXT for ref in found):
        yield Reason("REF-2-902", f"[{dte.total}]")
    if dte.has("Encabezado/IdDoc/IndNoRebaja") and any(ref.code == _CORRECTS_TEXT for ref in found):
        # why a note takes back is not stated to the SII; one that takes back nothing has no term
        yield Reason("HED-2-912", "IndNoRebaja")
    if len(found) > 1 and any(ref.code in (_ANNULS, _CORRECTS_TEXT) for ref in found):
        yield Reason("REF-3-901")


def cited_days(dte: Dte, _context: Context) -> Iterator[Reason]:
    """What a document cites is of 2002-08-01 or later, unless it is one of exports."""
    if dte.type in _EXPORTS:
        return
    for element in dte.all("Referencia"):
        if (day := text(element, "FchRef")) < _FIRST_DAY:
            yield Reason("REF-3-904", f"{text(element, 'NroLinRef')}: {day}")


def changed(dte: Dte) -> tuple[tuple[int, int, int], ...]:
    """(CodRef, type, folio) of the documents a note changes."""
    if dte.type not in _NOTES:
        return ()
    return tuple(
        (reference.code, reference.type, int(reference.folio))
        for reference in _read(dte)
        if reference.code and reference.is_held_here
    )


def _may_change(note: int, code: int | None, original: int) -> bool:
    """Format 2.5, E.8: a credit note changes debts, a debit note annuls credit notes alone."""
    if original in _NEVER:
        return False
    if note == _CREDIT_NOTE:
        return original not in _CREDIT_NOTES
    if code == _ANNULS:
        return original in _CREDIT_NOTES
    return code != _CORRECTS_TEXT


def _check(dte: Dte, reference: _Reference, context: Context) -> Iterator[Reason]:
    if not _may_change(dte.type, reference.code, reference.type):
        yield Reason("REF-3-415", f"{reference.line}: {dte.type}/{reference.code} {reference.type}")
        return
    if reference.code is None:
        yield Reason("REF-3-758", reference.line)
    if not reference.is_held_here:
        return
    held = context.ledger.held(reference.issuer or dte.issuer, reference.type, int(reference.folio))
    if not held:
        yield Reason("REF-3-750", f"{reference.type} {reference.folio}")
    elif reference.code == _ANNULS and held["total"] != dte.total:
        yield Reason("REF-2-780", f"[{dte.total}] <> [{held['total']}]")
    elif reference.code == _CORRECTS_AMOUNTS and dte.type == _CREDIT_NOTE:
        credited = context.ledger.credited(dte.issuer, reference.type, int(reference.folio))
        # the VAT of each part is rounded by itself, up to a peso away
        if dte.total + sum(credited) - len(credited) > held["total"]:
            yield Reason("REF-2-903", f"[{dte.total} + {sum(credited)}] > [{held['total']}]")


def _read(dte: Dte) -> list[_Reference]:
    """The references to tax documents; orders, contracts and the SET line are no one's concern."""
    found = []
    for element in dte.all("Referencia"):
        kind = text(element, "TpoDocRef")
        if not kind.isdecimal() or int(kind) not in _TAX_DOCUMENTS:
            continue
        code = text(element, "CodRef")
        found.append(
            _Reference(
                line=text(element, "NroLinRef"),
                type=int(kind),
                folio=text(element, "FolioRef"),
                issuer=text(element, "RUTOtr"),
                code=int(code) if code else None,
            )
        )
    return found
