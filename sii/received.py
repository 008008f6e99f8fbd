"""What others send us: each DTE of a file, read and judged (PROTOCOL 5.9, 6, 7.2).

Reading is tolerant, as documents of all kinds and ages circulate; whether one is genuine is told
by its verdict, never by its being read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from lxml import etree

from . import authenticity, sums
from .authenticity import Authenticity
from .caf import AUTHORITIES
from .document import GlobalAdjustment, Line, Reference, Totals
from .errors import Problem, UnsafeXml
from .xml import reader
from .xml.dte_reader import DteReader

_BODIES = frozenset({"Documento", "Liquidacion", "Exportaciones"})


@dataclass(frozen=True, slots=True)
class ReceivedDte:
    """Key data of a tax document of any type, and what is wrong with it.

    kind: SII code of the type. RUTs and texts are as written. Amounts are pesos as int; in export
    documents, which have a currency of their own, Decimal where they have decimals. deductions:
    what the total lacks for credits and commissions, pesos. xml: the document on its own.
    sums: the first total that does not follow from the lines, or None.
    """

    kind: int
    folio: int
    issued_on: date
    due_on: date | None
    issuer_rut: str
    issuer_name: str
    issuer_giro: str
    issuer_address: str
    issuer_comuna: str
    receiver_rut: str
    receiver_name: str
    totals: Totals
    deductions: int
    gross: bool
    lines: tuple[Line, ...]
    adjustments: tuple[GlobalAdjustment, ...]
    references: tuple[Reference, ...]
    authenticity: Authenticity
    sums: Problem | None
    xml: bytes = field(repr=False)

    @property
    def is_genuine(self) -> bool:
        """Whether its signature, its stamp and its folio's authorisation all verify."""
        return not self.authenticity.problems


def read(
    data: bytes, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> list[ReceivedDte]:
    """Every DTE in the file: a DTE alone, an EnvioDTE, an EnvioBOLETA, an AEC.

    authorities: whose CAFs count, by IDK. Raises UnsafeXml: what ``reader.fragments`` does, and
    ``dte_incomplete`` with the path of what is missing or unreadable in a document.
    """
    return [_read(each, authorities) for each in reader.fragments(data)]


def _read(xml: bytes, authorities: Mapping[int, RSAPublicNumbers]) -> ReceivedDte:
    content = DteReader(_body(reader.parse(xml)))
    totals, lines, adjustments = content.totals(), content.lines(), content.adjustments()
    return ReceivedDte(
        kind=content.integer("Encabezado/IdDoc/TipoDTE"),
        folio=content.integer("Encabezado/IdDoc/Folio"),
        issued_on=content.day("Encabezado/IdDoc/FchEmis"),
        due_on=content.day("Encabezado/IdDoc/FchVenc")
        if content.text("Encabezado/IdDoc/FchVenc")
        else None,
        issuer_rut=content.required("Encabezado/Emisor/RUTEmisor"),
        issuer_name=content.issuer_name(),
        issuer_giro=content.text("Encabezado/Emisor/GiroEmis"),
        issuer_address=content.text("Encabezado/Emisor/DirOrigen"),
        issuer_comuna=content.text("Encabezado/Emisor/CmnaOrigen"),
        receiver_rut=content.required("Encabezado/Receptor/RUTRecep"),
        receiver_name=content.text("Encabezado/Receptor/RznSocRecep"),
        totals=totals,
        deductions=content.deductions(),
        gross=content.is_gross(),
        lines=lines,
        adjustments=adjustments,
        references=content.references(),
        authenticity=authenticity.judge(xml, content, authorities),
        sums=sums.judge(totals, lines, adjustments, content.is_gross(), content.deductions()),
        xml=xml,
    )


def _body(root: etree._Element) -> etree._Element:
    """The first child, which is what a signature of the DTE covers; nothing else is read."""
    body = root[0] if len(root) else None
    if body is None or not isinstance(body.tag, str) or reader.local_name(body) not in _BODIES:
        raise UnsafeXml("dte_incomplete", path="Documento")
    return body
