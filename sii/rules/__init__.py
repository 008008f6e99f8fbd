"""What makes a document legal, all at once (PROTOCOL 5.3 to 5.6).

The schemas judge form alone, and what they judge is not asked twice here.

The codes of the problems found, and the data of each, are in ``sentences.csv``: the family
``document``. What is missing has a code that ends in ``_missing``.
"""

from decimal import Decimal

from ..document import Document
from ..errors import Problem
from . import (
    adjustments,
    boleta,
    foreign,
    header,
    lines,
    note_terms,
    parties,
    payment,
    purchase,
    references,
    taxes,
    totals,
    transport,
)
from .values import is_computable

_CHECKS = (
    header.check,
    payment.check,
    parties.check,
    transport.check,
    lines.check,
    adjustments.check,
    references.check,
    note_terms.check,
    taxes.check,
    purchase.check,
    totals.check,
    foreign.check,
)
_SUMS = (adjustments.check_sums, taxes.check_sums, purchase.check_sums, totals.check_sums)
_BOLETA_CHECKS = (boleta.check, parties.check, lines.check, adjustments.check, totals.check)
_BOLETA_SUMS = (adjustments.check_sums, totals.check_sums)


def check(document: Document, limit: Decimal | None = None) -> list[Problem]:
    """Everything that keeps the document from being legal; empty when nothing does.

    limit: pesos up to which boletas of its year need no named buyer (``boleta_limit``). Without it
    none is so large that its buyer must be named.
    """
    is_boleta = document.traits.is_boleta
    checks = _BOLETA_CHECKS if is_boleta else _CHECKS
    if is_computable(document):
        checks += _BOLETA_SUMS if is_boleta else _SUMS
    problems = [problem for each in checks for problem in each(document)]
    if is_boleta and limit is not None:
        problems.extend(boleta.check_buyer(document, limit))
    return problems
