"""What a company emits, by every reason there is: invoices, boletas at the limit, notes over them.

All is drawn from a ``random.Random``; each document is legal by our own rules.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import boletas
import documents
from hypothesis import HealthCheck, Phase, given, seed, settings
from random_documents import legal_documents, moved

from sii import kinds
from sii.codes import (
    CodRef,
    IndExe,
    MedioPago,
    NoteReason,
    TipoDte,
)
from sii.document import Document, Line, Reference, amounts
from sii.document.taxes import RETENTIONS, VAT_RETAINED
from sii.rules.note_terms import term_of

LIMIT = 5_363_274
"""Pesos above which a boleta names its buyer; the simulator is given the same."""

_DAYS_AGO = (0, 1, 31, 62, 180, 190, 400)
_BRANCHES = ({}, {}, {"branch": "Sucursal Ñuñoa", "sii_branch_code": 12345678})


def invoices(chance: Random, count: int, day: date) -> list[Document]:
    """So many of 33, 34 and 46, three of four with goods that travel with them."""
    found = []

    @settings(
        max_examples=max(1, count * 3),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @seed(chance.randrange(2**32))
    @given(legal_documents())
    def draw(document):
        if not document.traits.is_note and is_ordinary(document):
            found.append(document)

    while len(found) < count:
        draw()
    return [
        replace(
            moved(each, day),
            due_on=None,
            references=(),
            issuer=replace(each.issuer, **chance.choice(_BRANCHES)),
        )
        for each in found[:count]
    ]


def is_ordinary(document: Document) -> bool:
    """Whether the protocol leaves no doubt: taxes come to something (the older schema forbids a
    total of 0), global surcharges are not all there is, and nothing is owed back."""
    used = {code for line in document.lines for code in line.additional_taxes}
    sold = any(line.amount for line in document.lines if line.exempt is None)
    taxed = used == {tax.code for tax in document.totals.taxes}
    totals = document.totals
    period = totals.total + (totals.not_billable or 0)
    return taxed and sold and min(period, totals.payable or 0) >= 0


def boleta_at_the_limit(chance: Random, day: date) -> Document:
    """Anonymous up to the last peso; above it with a buyer who states how he pays."""
    kind = TipoDte(chance.choice(kinds.codes(is_boleta=True)))
    total = chance.choice([LIMIT, LIMIT - 1, LIMIT + 1, chance.randint(1, 2 * LIMIT)])
    rest = chance.randint(0, total - 1)
    lines = (Line("Cosa", total - rest), Line("Otra", rest, exempt=IndExe.EXEMPT))
    if kind is TipoDte.BOLETA_EXENTA:
        lines = tuple(replace(line, exempt=IndExe.EXEMPT) for line in lines)
    named = total > LIMIT or chance.random() < 0.3
    return replace(
        boletas.ALL[kind](),
        issued_on=day,
        receiver=boletas.CUSTOMER if named else boletas.ANONYMOUS,
        lines=lines,
        references=(),
        totals=amounts.totals(kind, lines, gross=True),
        means=chance.choice(list(MedioPago)) if total > LIMIT else None,
    )


def note(chance: Random, original: Document, folio: int) -> Document | None:
    """A note over what was issued, for some reason; None where the one drawn does not fit."""
    made = _annulment if original.traits.is_note else chance.choice(_NOTES)
    return made(chance, original, folio)


def _annulment(chance: Random, original: Document, folio: int) -> Document | None:
    """All of it goes back, or should not have been; of a purchase invoice with its retention."""
    is_credited = original.kind is TipoDte.NOTA_CREDITO
    kind = TipoDte.NOTA_DEBITO if is_credited else TipoDte.NOTA_CREDITO
    lines = _repeated(original)
    retained = {tax.code for tax in original.totals.taxes} & RETENTIONS
    if original.kind is TipoDte.FACTURA_COMPRA and retained != {VAT_RETAINED}:
        return None
    if retained:
        lines = tuple(replace(line, additional_taxes=(), withheld=False) for line in lines)
    totals = amounts.totals(
        kind, lines, original.adjustments, gross=original.gross, retentions=retained
    )
    credit = original.totals.construction_credit
    totals = replace(totals, construction_credit=credit, total=totals.total - (credit or 0))
    reason = chance.choice([NoteReason.ERROR, NoteReason.RETURN])
    made = _over(chance, kind, original, folio, CodRef.ANNULS, reason)
    return replace(
        made,
        lines=lines,
        adjustments=original.adjustments,
        gross=original.gross,
        totals=totals,
    )


def _partial(chance: Random, original: Document, folio: int) -> Document | None:
    """Some of it is taken back: for any reason a credit note, or a debit note that adds."""
    most = original.totals.total // 3
    if original.kind is TipoDte.FACTURA_COMPRA or most < 1:
        return None
    kind = chance.choice([TipoDte.NOTA_CREDITO] * 3 + [TipoDte.NOTA_DEBITO])
    is_exempt = original.traits.exempt
    mark = IndExe.EXEMPT if is_exempt else None
    gross = not is_exempt and original.traits.is_boleta
    lines = (Line("Parte", chance.randint(1, most), exempt=mark),)
    reason = chance.choice(list(NoteReason))
    made = _over(chance, kind, original, folio, CodRef.CORRECTS_AMOUNTS, reason)
    return replace(made, lines=lines, gross=gross, totals=amounts.totals(kind, lines, gross=gross))


def _correction(chance: Random, original: Document, folio: int) -> Document | None:
    """A text was wrong: no amounts."""
    kind = TipoDte.NOTA_CREDITO
    made = _over(chance, kind, original, folio, CodRef.CORRECTS_TEXT, None)
    correction = "DONDE DICE Comercio DEBE DECIR Venta al por menor"
    lines = (Line("Corrige giro", 0, description=correction),)
    return replace(made, lines=lines, totals=amounts.totals(kind, lines))


_NOTES: tuple[Callable[[Random, Document, int], Document | None], ...] = (
    _annulment,
    _partial,
    _partial,
    _correction,
)


def _repeated(original: Document) -> tuple[Line, ...]:
    if not original.traits.exempt:
        return original.lines
    return tuple(replace(line, exempt=IndExe.EXEMPT) for line in original.lines)


def _over(
    chance: Random,
    kind: TipoDte,
    original: Document,
    folio: int,
    does: CodRef,
    reason: NoteReason | None,
) -> Document:
    """A note of the original's day over it, as if that was issued some time ago; in time or not."""
    day = original.issued_on
    cited = day - timedelta(days=chance.choice(_DAYS_AGO))
    back = day - timedelta(days=chance.randint(0, (day - cited).days))
    is_credit = kind is TipoDte.NOTA_CREDITO and does is not CodRef.CORRECTS_TEXT
    is_return = is_credit and reason is NoteReason.RETURN
    cites = Reference(str(int(original.kind)), str(folio), cited, does, "Motivo")
    if is_credit and kinds.of(cites.document_type).is_note:
        reason = NoteReason.ERROR
    made = replace(
        documents.ALL[kind](),
        issued_on=day,
        receiver=original.receiver,
        references=(cites,),
        note_reason=reason if is_credit else None,
        delivered_on=cited if is_return else None,
        returned_on=back if is_return else None,
    )
    term = term_of(made)
    return replace(made, late=bool(term and term.late))
