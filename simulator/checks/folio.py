"""The folio and the CAF it comes from (PROTOCOL 3.5, 7)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ..reasons import Reason
from ..verify import stamp
from .context import Context
from .dte import Dte

# The types that give tax credit: their CAF ends after six months (PROTOCOL 7.3).
_EXPIRING = {33, 43, 46, 56, 61}
_MONTHS = 6


def not_received_before(dte: Dte, context: Context) -> Iterator[Reason]:
    """The folio is free: neither repeated in the envelope nor held from an earlier one."""
    if (dte.type, dte.folio) in context.seen:
        yield Reason("DTE-3-100")
    elif context.ledger.held(dte.issuer, dte.type, dte.folio):
        yield Reason("DTE-3-101")
    if dte.type not in context.company.types:
        yield Reason("DTE-3-901")


def caf(dte: Dte, context: Context) -> Iterator[Reason]:
    """The CAF is the SII's, the company's and covers the folio; folio not annulled, CAF in age."""
    data = "TED/DD/CAF/DA"
    idk = dte.text(f"{data}/IDK")
    authority = context.caf_keys.get(int(idk)) if idk.isdecimal() else None
    signed = stamp.flat(dte.fragment, "DA")
    if not stamp.signs(authority, dte.text("TED/DD/CAF/FRMA"), signed):
        yield Reason("CAF-3-901", f"IDK {idk}")
        return
    if dte.text(f"{data}/RE") != dte.issuer or dte.text(f"{data}/TD") != str(dte.type):
        yield Reason("CAF-3-902")
    first, last = (int(dte.text(f"{data}/RNG/{end}")) for end in "DH")
    if not first <= dte.folio <= last:
        yield Reason("CAF-3-903", f"{dte.folio} fuera de {first}-{last}")
    if context.folios.is_annulled(dte.issuer, dte.type, dte.folio):
        yield Reason("DTE-3-601")
    signed_on = dte.signed_at.date()
    if dte.type in _EXPIRING and signed_on > _months_later(dte.caf_date, _MONTHS):
        yield Reason("CAF-3-517", f"(Firma_DTE [{signed_on}] - CAF [{dte.caf_date}])")


def _months_later(day: date, months: int) -> date:
    """The same day some calendar months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
