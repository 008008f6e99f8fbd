"""A document as the checks see it: the fragment cut from the file, and nothing around it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from lxml import etree

from ..verify import xmltext
from ..verify.xmltext import find, find_all, text


@dataclass(frozen=True)
class Dte:
    """One ``<DTE>`` of a schema-valid envelope, read from its own text."""

    fragment: bytes

    @cached_property
    def root(self) -> etree._Element:
        return xmltext.parse_fragment(self.fragment)

    @cached_property
    def body(self) -> etree._Element:
        """``Documento``, ``Liquidacion`` or ``Exportaciones``."""
        return next(self.root.iterchildren("*"))

    def text(self, path: str) -> str:
        """Text of a field of the body: ``Encabezado/IdDoc/Folio``; '' when absent."""
        return text(self.body, path)

    def amount(self, tag: str) -> int:
        """A total in pesos, 0 when absent."""
        value = self.text(f"Encabezado/Totales/{tag}")
        return int(float(value)) if value else 0

    def has(self, path: str) -> bool:
        return find(self.body, path) is not None

    def all(self, path: str) -> list[etree._Element]:
        return find_all(self.body, path)

    @property
    def type(self) -> int:
        return int(self.text("Encabezado/IdDoc/TipoDTE"))

    @property
    def folio(self) -> int:
        return int(self.text("Encabezado/IdDoc/Folio"))

    @property
    def issued_on(self) -> date:
        return date.fromisoformat(self.text("Encabezado/IdDoc/FchEmis"))

    @property
    def issuer(self) -> str:
        return self.text("Encabezado/Emisor/RUTEmisor")

    @property
    def receiver(self) -> str:
        return self.text("Encabezado/Receptor/RUTRecep")

    @property
    def total(self) -> int:
        return self.amount("MntTotal")

    @property
    def signed_at(self) -> datetime:
        """TmstFirma: naive, Chilean time."""
        return datetime.fromisoformat(self.text("TmstFirma"))

    @property
    def stamped_at(self) -> datetime:
        """TSTED: naive, Chilean time."""
        return datetime.fromisoformat(self.text("TED/DD/TSTED"))

    @property
    def caf_date(self) -> date:
        return date.fromisoformat(self.text("TED/DD/CAF/DA/FA"))
