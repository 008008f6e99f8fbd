"""Totals against lines, and against each other (PROTOCOL 5.6): objections, never rejections."""

from collections.abc import Iterator
from decimal import Decimal

from ..reasons import Reason
from . import taxes
from .context import Context
from .dte import Dte
from .lines import Sums, half_up, line_amounts, sums
from .not_billed import not_billed

# CredEC is this part of the VAT at most, which companies round by line or by document
_CONSTRUCTION_CREDIT, _ROUNDING = Decimal("0.65"), 1


def amounts(dte: Dte, _context: Context) -> Iterator[Reason]:
    """Lines, net, exempt, VAT, taxes and total of a ``Documento``."""
    if not dte.body.tag.endswith("Documento"):
        return
    yield from line_amounts(dte)
    found = sums(dte)
    yield from _net(dte, found)
    if dte.amount("MntExe") != found.exempt:
        yield Reason("HED-2-220", f"[{dte.amount('MntExe')}] <> [{found.exempt}]")
    yield from taxes.declared_amounts(dte, found)
    expected = _total(dte)
    if dte.total != expected:
        yield Reason("HED-2-260", f"[{dte.total}] <> [{expected}]")
    ceiling = half_up(Decimal(dte.amount("IVA")) * _CONSTRUCTION_CREDIT)
    if dte.amount("CredEC") > ceiling + _ROUNDING:
        yield Reason("HED-2-918", f"[{dte.amount('CredEC')}] > [{ceiling}]")
    yield from not_billed(dte)


def _net(dte: Dte, found: Sums) -> Iterator[Reason]:
    rate = Decimal(dte.text("Encabezado/Totales/TasaIVA") or 0)
    gross = dte.text("Encabezado/IdDoc/MntBruto") == "1"
    expected = half_up(found.affected / (1 + rate / 100)) if gross else found.affected
    tolerance = 1 if gross else 0
    net, vat = dte.amount("MntNeto"), dte.amount("IVA")
    if abs(net - expected) > tolerance:
        yield Reason("HED-2-901", f"[{net}] <> [{expected}]")
    due = half_up(net * rate / 100)
    if abs(vat - due) > tolerance:
        yield Reason("HED-2-903", f"[{vat}] <> [{due}]")


def _total(dte: Dte) -> int:
    commissions = sum(
        dte.amount(f"Comisiones/{tag}") for tag in ("ValComNeto", "ValComExe", "ValComIVA")
    )
    return (
        dte.amount("MntNeto")
        + dte.amount("MntExe")
        + dte.amount("IVA")
        + taxes.balance(dte)
        + dte.amount("GrntDep")
        - dte.amount("CredEC")
        - commissions
    )
