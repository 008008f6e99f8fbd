"""The contents of a DTE's body in the words of ``document``, from any writer."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from lxml import etree

from .. import kinds
from ..codes import CodRef, IndExe, TpoMov
from ..document import (
    Adjustment,
    ForeignLine,
    GlobalAdjustment,
    ItemCode,
    Line,
    Reference,
    TaxTotal,
    Totals,
)
from ..errors import UnsafeXml
from . import reader

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})"  # what a database of 64 bits holds
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2200)

TEXT_LIMIT = 4_000
"""Characters of one text; the longest in the SII's schemas, a description, has 1,000."""

MOST_LINES, MOST_OTHERS = 1_000, 200
"""Detalle (the SII takes 60, of boletas 1,000), and anything else that may be repeated."""

_MOST_PERCENT = 1_000

T = TypeVar("T")


class DteReader:
    """Typed access to an element by paths without namespace.

    Methods raise UnsafeXml: ``dte_incomplete`` with the path of what is missing or unreadable,
    ``dte_twice`` for what may occur once only, ``dte_text`` and ``dte_too_many`` for what is
    longer or more than any document has.
    """

    def __init__(self, element: etree._Element):
        self._element = element
        self._inner: dict[str, DteReader | None] = {}

    @cached_property
    def _children(self) -> dict[str, list[etree._Element]]:
        """By local name; each is looked for many times, so all are sorted once."""
        children: dict[str, list[etree._Element]] = {}
        for child in self._element:
            if isinstance(child.tag, str):
                children.setdefault(child.tag.rpartition("}")[2], []).append(child)
        return children

    def _one(self, name: str, path: str) -> etree._Element | None:
        found = self._children.get(name, ())
        if len(found) > 1:
            raise UnsafeXml("dte_twice", path=path, line=found[1].sourceline)
        return found[0] if found else None

    def _place(self, path: str) -> tuple["DteReader | None", str]:
        """The element that holds the last name of the path, and that name."""
        place: DteReader | None = self
        *ancestors, name = path.split("/")
        for each in ancestors:
            if each not in place._inner:
                element = place._one(each, path)
                place._inner[each] = None if element is None else DteReader(element)
            place = place._inner[each]
            if place is None:
                break
        return place, name

    def text(self, path: str) -> str:
        """The text there, or nothing."""
        place, name = self._place(path)
        node = place and place._one(name, path)
        text = "" if node is None else reader.plain_text(node)
        if len(text) > TEXT_LIMIT:
            raise UnsafeXml("dte_text", path=path, length=len(text), limit=TEXT_LIMIT)
        return text

    def required(self, path: str) -> str:
        """The text there."""
        return self.text(path) or self._fail(path)

    def integer(self, path: str) -> int:
        """The whole number there."""
        return self._as(_integer, path, self.required(path))

    def natural(self, path: str, most: int) -> int:
        """The whole number there, from 1 to ``most``."""
        value = self.integer(path)
        return value if 0 < value <= most else self._fail(path)

    def day(self, path: str) -> date:
        """The date there."""
        return self._as(_day, path, self.required(path))

    def number(self, path: str) -> Decimal | None:
        """The decimal there, or None."""
        found = self.text(path)
        return self._as(_decimal, path, found) if found else None

    def amount(self, path: str) -> int | None:
        """The amount there, or None; Decimal when it has decimals, as export documents do."""
        value = self.number(path)
        return int(value) if value is not None and value == int(value) else value

    def each(self, path: str, most: int = MOST_OTHERS) -> list["DteReader"]:
        """Readers of all elements there, at most so many."""
        place, name = self._place(path)
        found = place._children.get(name, ()) if place else ()
        if len(found) > most:
            raise UnsafeXml("dte_too_many", path=path, count=len(found), limit=most)
        return [DteReader(element) for element in found]

    def issuer_name(self) -> str:
        """RznSoc, which boletas call RznSocEmisor."""
        return self.text("Encabezado/Emisor/RznSoc") or self.text("Encabezado/Emisor/RznSocEmisor")

    def is_gross(self) -> bool:
        """Whether affected lines include VAT."""
        if self._is_boleta():
            return self.text("Encabezado/IdDoc/IndMntNeto") != "2"
        return self.text("Encabezado/IdDoc/MntBruto") == "1"

    def totals(self) -> Totals:
        """Totales."""
        path = "Encabezado/Totales"
        self.required(f"{path}/MntTotal")
        return Totals(
            total=self.amount(f"{path}/MntTotal"),
            net=self.amount(f"{path}/MntNeto"),
            exempt=self.amount(f"{path}/MntExe"),
            vat_rate=self._rate(f"{path}/TasaIVA"),
            vat=self.amount(f"{path}/IVA"),
            taxes=tuple(
                TaxTotal(
                    each.integer("TipoImp"), each.amount("MontoImp") or 0, each._rate("TasaImp")
                )
                for each in self.each(f"{path}/ImptoReten")
            ),
            vat_not_withheld=self.amount(f"{path}/IVANoRet"),
            construction_credit=self.amount(f"{path}/CredEC"),
            deposits=self.amount(f"{path}/GrntDep"),
            not_billable=self.amount(f"{path}/MontoNF"),
            previous_balance=self.amount(f"{path}/SaldoAnterior"),
            payable=self.amount(f"{path}/VlrPagar"),
            slaughter_base=self.amount(f"{path}/MntBase"),
        )

    def _rate(self, path: str) -> Decimal | None:
        """A percentage: one below zero would turn an amount round, or divide it by nothing."""
        rate = self.number(path)
        return rate if rate is None or 0 <= rate <= _MOST_PERCENT else self._fail(path)

    def deductions(self) -> int:
        """What the total lacks for credits and commissions, less deposits (PROTOCOL 5.6.5)."""
        path = "Encabezado/Totales"
        names = ("CredEC", "Comisiones/ValComNeto", "Comisiones/ValComExe", "Comisiones/ValComIVA")
        taken = sum(self.amount(f"{path}/{name}") or 0 for name in names)
        return taken - (self.amount(f"{path}/GrntDep") or 0)

    def lines(self) -> tuple[Line, ...]:
        """Detalle."""
        return tuple(each._line() for each in self.each("Detalle", MOST_LINES))

    def adjustments(self) -> tuple[GlobalAdjustment, ...]:
        """DscRcgGlobal, but those on what is not billed."""
        return tuple(
            each._global_adjustment()
            for each in self.each("DscRcgGlobal")
            if each.text("IndExeDR") != "2"
        )

    def references(self) -> tuple[Reference, ...]:
        """Referencia. That of a boleta may be nothing but a label and a reason (PROTOCOL 4.4)."""
        found = self.each("Referencia")
        if self._is_boleta():
            return tuple(each._label() for each in found)
        return tuple(each._reference() for each in found if each.text("TpoDocRef"))

    def _is_boleta(self) -> bool:
        return kinds.of(self.integer("Encabezado/IdDoc/TipoDTE")).is_boleta

    def _line(self) -> Line:
        mark = self.text("IndExe")
        return Line(
            name=self.required("NmbItem"),
            amount=self.amount("MontoItem") or 0,
            description=self.text("DscItem"),
            quantity=self.number("QtyItem"),
            unit=self.text("UnmdItem"),
            unit_price=self.number("PrcItem"),
            discount=self._adjustment("Descuento"),
            surcharge=self._adjustment("Recargo"),
            exempt=self._as(lambda text: IndExe(_integer(text)), "IndExe", mark) if mark else None,
            codes=tuple(
                ItemCode(each.text("TpoCodigo"), each.text("VlrCodigo"))
                for each in self.each("CdgItem")
            ),
            additional_taxes=tuple(each._code() for each in self.each("CodImpAdic")),
            foreign=self._foreign(),
            withheld=self.text("Retenedor/IndAgente") == "R",
        )

    def _code(self) -> int:
        return self._as(_integer, "CodImpAdic", reader.plain_text(self._element))

    def _foreign(self) -> ForeignLine | None:
        """OtrMnda, whose amount many leave out."""
        amount = self.number("OtrMnda/MontoItemOtrMnda")
        price = self.number("OtrMnda/PrcOtrMon")
        if amount is None or price is None:
            return None
        rate = self.number("OtrMnda/FctConv")
        return ForeignLine(price, self.text("OtrMnda/Moneda"), amount, rate)

    def _adjustment(self, name: str) -> Adjustment | None:
        amount = self.amount(f"{name}Monto")
        return Adjustment(amount, self.number(f"{name}Pct")) if amount else None

    def _global_adjustment(self) -> GlobalAdjustment:
        by_percent = self.text("TpoValor") == "%"
        return GlobalAdjustment(
            movement=self._as(TpoMov, "TpoMov", self.text("TpoMov")),
            reason=self.text("GlosaDR"),
            percent=self.number("ValorDR") if by_percent else None,
            amount=None if by_percent else self.amount("ValorDR"),
            exempt=self.text("IndExeDR") == "1",
        )

    def _reference(self) -> Reference:
        code = self.text("CodRef")
        return Reference(
            document_type=self.text("TpoDocRef"),
            folio=self.text("FolioRef"),
            issued_on=self.day("FchRef"),
            code=self._as(lambda text: CodRef(_integer(text)), "CodRef", code) if code else None,
            reason=self.text("RazonRef"),
            is_global=self.text("IndGlobal") == "1",
        )

    def _label(self) -> Reference:
        return Reference(
            document_type=self.text("TpoDocRef"),
            folio=self.text("FolioRef"),
            reason=self.text("RazonRef"),
            label=self.text("CodRef"),
        )

    def _as(self, convert: Callable[[str], T], path: str, text: str) -> T:
        try:
            return convert(text)
        except ValueError:
            return self._fail(path)

    def _fail(self, path: str):
        raise UnsafeXml("dte_incomplete", path=path, line=self._element.sourceline)


def _decimal(text: str) -> Decimal:
    # Stricter than Decimal, which also takes NaN, exponents, underscores and foreign digits.
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a number")
    return Decimal(text)


def _day(text: str) -> date:
    # Stricter than fromisoformat, which also takes weeks.
    if not _DAY.fullmatch(text):
        raise ValueError("not a date")
    found = date.fromisoformat(text)
    if found.year not in _YEARS:
        raise ValueError("not of this time")
    return found


def _integer(text: str) -> int:
    value = _decimal(text)
    if value != int(value):
        raise ValueError("not a whole number")
    return int(value)
