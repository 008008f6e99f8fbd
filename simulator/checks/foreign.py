"""The second-currency block against itself and against the pesos (PROTOCOL 5.3)."""

from collections.abc import Iterator
from decimal import Decimal

from ..reasons import Reason
from ..verify.xmltext import text
from .context import Context
from .dte import Dte
from .retention import RETENTIONS

_BLOCK = "Encabezado/OtraMoneda"
_PARTS = ("MntNetoOtrMnda", "MntExeOtrMnda", "IVAOtrMnda")
_LAST_PLACE = Decimal("0.0001")
# Net, exempt, VAT, each tax and the total are rounded by themselves.
_ROUNDED_APART = 4


def other_currency(dte: Dte, _context: Context) -> Iterator[Reason]:
    """MntTotOtrMnda is the sum of its parts and, at TpoCambio, the total in pesos."""
    if not dte.has(_BLOCK) or not dte.body.tag.endswith("Documento"):
        return
    total = _value(dte, "MntTotOtrMnda")
    taxes = dte.all(f"{_BLOCK}/ImpRetOtrMnda")
    parts = sum((_value(dte, tag) for tag in _PARTS), Decimal(0)) + sum(map(_signed, taxes))
    apart = _ROUNDED_APART + len(taxes)
    beside = dte.amount("GrntDep") or dte.amount("CredEC")
    if not beside and abs(total - parts) > apart * _LAST_PLACE:
        yield Reason("HED-2-917", f"[{total}] <> [{parts}]")
    rate = _value(dte, "TpoCambio")
    if not rate:
        yield Reason("HED-2-910", "TpoCambio")
        return
    tolerance = rate * apart * _LAST_PLACE + apart + len(dte.all("Detalle"))
    if abs(total * rate - dte.total) > tolerance:
        yield Reason("HED-2-917", f"[{total} x {rate}] <> [{dte.total}]")


def _value(dte: Dte, tag: str) -> Decimal:
    return Decimal(dte.text(f"{_BLOCK}/{tag}") or 0)


def _signed(tax) -> Decimal:
    amount = Decimal(text(tax, "VlrImpOtrMnda"))
    return -amount if int(text(tax, "TipoImpOtrMnda")) in RETENTIONS else amount
