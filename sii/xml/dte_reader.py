"""The contents of a DTE's body in the words of ``document``, whoever wrote it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from lxml import etree

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

BOLETAS = frozenset({39, 41})
"""Their lines include VAT without saying so (PROTOCOL 4.4)."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})", re.ASCII)

T = TypeVar("T")


class DteReader:
    """Typed access to an element by paths without namespace.

    Methods raise UnsafeXml ``dte_incomplete`` with the path of what is missing or unreadable.
    """

    def __init__(self, element: etree._Element):
        self._element = element

    def text(self, path: str) -> str:
        """The text there, or nothing."""
        return reader.text_of(self._element, path)

    def required(self, path: str) -> str:
        """The text there."""
        return self.text(path) or self._fail(path)

    def integer(self, path: str) -> int:
        """The whole number there."""
        return self._as(_integer, path, self.required(path))

    def day(self, path: str) -> date:
        """The date there."""
        return self._as(date.fromisoformat, path, self.required(path))

    def number(self, path: str) -> Decimal | None:
        """The decimal there, or None."""
        found = self.text(path)
        return self._as(_decimal, path, found) if found else None

    def amount(self, path: str) -> int | None:
        """The amount there, or None; Decimal when it has decimals, as export documents do."""
        value = self.number(path)
        return int(value) if value is not None and value == int(value) else value

    def each(self, path: str) -> list["DteReader"]:
        """Readers of all elements there."""
        return [DteReader(element) for element in reader.find_all(self._element, path)]

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
            vat_rate=self.number(f"{path}/TasaIVA"),
            vat=self.amount(f"{path}/IVA"),
            taxes=tuple(
                TaxTotal(
                    each.integer("TipoImp"), each.amount("MontoImp") or 0, each.number("TasaImp")
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

    def deductions(self) -> int:
        """What the total lacks for credits and commissions, less deposits (PROTOCOL 5.6.5)."""
        path = "Encabezado/Totales"
        names = ("CredEC", "Comisiones/ValComNeto", "Comisiones/ValComExe", "Comisiones/ValComIVA")
        taken = sum(self.amount(f"{path}/{name}") or 0 for name in names)
        return taken - (self.amount(f"{path}/GrntDep") or 0)

    def lines(self) -> tuple[Line, ...]:
        """Detalle."""
        return tuple(each._line() for each in self.each("Detalle"))

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
        return self.integer("Encabezado/IdDoc/TipoDTE") in BOLETAS

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


def _integer(text: str) -> int:
    value = _decimal(text)
    if value != int(value):
        raise ValueError("not a whole number")
    return int(value)
