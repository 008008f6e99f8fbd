"""The checks of a document in the SII's order; a rejection hides all that come after."""

from collections.abc import Callable, Iterable

from ..reasons import Reason, verdict
from .amounts import amounts
from .boleta import (
    BOLETAS,
    boleta_amounts,
    boleta_event,
    boleta_header,
    boleta_kind,
    boleta_references,
    boleta_software,
)
from .context import Context
from .dte import Dte
from .fields import fields, instalments
from .folio import caf, not_received_before
from .foreign import other_currency
from .header import dates, invoice_kind, parties, receiver_place
from .references import cited_days, references
from .signature import signature
from .ted import ted
from .transport import transport

Check = Callable[[Dte, Context], Iterable[Reason]]

# PROTOCOL 3.5 and 13.6. Checks of one step are reported together.
STEPS: tuple[tuple[Check, ...], ...] = (
    (not_received_before,),
    (caf,),
    (ted,),
    (signature,),
)
_RULES: tuple[Check, ...] = (
    parties,
    receiver_place,
    dates,
    invoice_kind,
    fields,
    transport,
    instalments,
    references,
    cited_days,
    amounts,
    other_currency,
)
_BOLETA_RULES: tuple[Check, ...] = (
    parties,
    dates,
    boleta_kind,
    boleta_header,
    boleta_software,
    boleta_event,
    boleta_references,
    boleta_amounts,
)


def judge(dte: Dte, context: Context) -> list[Reason]:
    """Every reason up to the first step that rejects."""
    reasons: list[Reason] = []
    rules = _BOLETA_RULES if dte.type in BOLETAS else _RULES
    for step in (*STEPS, rules):
        for check in step:
            reasons += check(dte, context)
        if verdict(reasons) == "rejected":
            break
    return reasons
