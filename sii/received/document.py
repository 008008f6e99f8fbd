"""What others send us: each DTE of a file, read and judged (PROTOCOL 5.9, 6, 7.2).

Reading is tolerant, as documents of all kinds and ages circulate; its verdict,
never its being read, shows whether one is genuine.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from lxml import etree

from .. import clock
from ..document import GlobalAdjustment, Line, Reference, Totals
from ..dte.caf import AUTHORITIES
from ..errors import Problem, UnsafeXml
from ..xml import reader
from ..xml.dte_reader import DteReader
from ..xml.reader import local_name
from ..xml.writer import SII_NAMESPACE
from . import authenticity, sums
from .authenticity import Authenticity

LAST_FOLIO, MOST_KINDS = 9_999_999_999, 9_999
"""A folio has ten digits at most; the codes of the SII's document types have three."""

NAME_LIMIT = 200
"""Characters of names and addresses that are kept; the SII's schemas allow 100."""

_RUT_LENGTH = 20
_BODIES = frozenset({"Documento", "Liquidacion", "Exportaciones"})
_FOREIGN = etree.XPath("boolean(descendant::*[namespace-uri() != $own])")


@dataclass(frozen=True, slots=True)
class ReceivedDte:
    """Key data of a tax document of any type, and what is wrong with it.

    kind: SII code of the type. RUTs and texts are as written. Amounts are pesos as int; in export
    documents, which have a currency of their own, Decimal where they have decimals. deductions:
    what the total lacks for credits and commissions, pesos. xml: the document on its own.
    sums: the first total that does not follow from the lines, or None. signed_at: when it was
    signed, as it states itself; None when that cannot be read.
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
    signed_at: datetime | None = None

    @property
    def is_genuine(self) -> bool:
        """Whether its signature, its stamp and its folio's authorisation all verify."""
        return not self.authenticity.problems


def read(
    data: bytes, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> list[ReceivedDte]:
    """Every DTE in the file: a DTE alone, an EnvioDTE, an EnvioBOLETA, an AEC.

    authorities: whose CAFs count, by IDK. Raises UnsafeXml: what ``reader.fragments`` does, what
    ``DteReader`` does with the path of what is missing, unreadable, twice or too much in a
    document, and ``dte_foreign`` for elements that are none of the SII's.
    """
    return [read_one(each, authorities) for each in reader.fragments(data)]


def read_one(xml: bytes, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES) -> ReceivedDte:
    """One DTE as ``reader.fragments`` cut it out, in the encoding in which it was signed.

    Its own declaration decides, unless the signature holds in the other encoding that the bytes
    fit. Raises as ``read`` does.
    """
    document = _read(xml, authorities)
    other = reader.in_other_encoding(xml) if document.authenticity.signature else None
    if other is None:
        return document
    with suppress(UnsafeXml):
        found = _read(other, authorities)
        return document if found.authenticity.signature else found
    return document


def _read(xml: bytes, authorities: Mapping[int, RSAPublicNumbers]) -> ReceivedDte:
    content = DteReader(body_of(reader.parse_own(xml)))
    totals, lines, adjustments = content.totals(), content.lines(), content.adjustments()
    return ReceivedDte(
        kind=content.natural("Encabezado/IdDoc/TipoDTE", MOST_KINDS),
        folio=content.natural("Encabezado/IdDoc/Folio", LAST_FOLIO),
        issued_on=content.day("Encabezado/IdDoc/FchEmis"),
        due_on=content.day("Encabezado/IdDoc/FchVenc")
        if content.text("Encabezado/IdDoc/FchVenc")
        else None,
        issuer_rut=_rut(content, "Encabezado/Emisor/RUTEmisor"),
        issuer_name=content.issuer_name()[:NAME_LIMIT],
        issuer_giro=content.text("Encabezado/Emisor/GiroEmis")[:NAME_LIMIT],
        issuer_address=content.text("Encabezado/Emisor/DirOrigen")[:NAME_LIMIT],
        issuer_comuna=content.text("Encabezado/Emisor/CmnaOrigen")[:NAME_LIMIT],
        receiver_rut=_rut(content, "Encabezado/Receptor/RUTRecep"),
        receiver_name=content.text("Encabezado/Receptor/RznSocRecep")[:NAME_LIMIT],
        totals=totals,
        deductions=content.deductions(),
        gross=content.is_gross(),
        lines=lines,
        adjustments=adjustments,
        references=content.references(),
        authenticity=authenticity.judge(xml, content, authorities),
        sums=sums.judge(totals, lines, adjustments, content.is_gross(), content.deductions()),
        xml=xml,
        signed_at=clock.read_timestamp(content.text("TmstFirma")),
    )


def body_of(root: etree._Element) -> etree._Element:
    """The one body of a DTE, which is what its signature covers; nothing else is read.

    Raises UnsafeXml: ``dte_incomplete``, ``dte_twice``, ``dte_foreign``.
    """
    bodies = [each for each in root if isinstance(each.tag, str) and local_name(each) in _BODIES]
    if not bodies or bodies[0] is not root[0]:
        raise UnsafeXml("dte_incomplete", path="Documento")
    if len(bodies) > 1:
        raise UnsafeXml("dte_twice", path="Documento", line=bodies[1].sourceline)
    body = bodies[0]
    # a name that looks like another one, in a namespace of its own
    namespace = etree.QName(body).namespace or ""
    if namespace not in ("", SII_NAMESPACE) or _FOREIGN(body, own=namespace):
        raise UnsafeXml("dte_foreign", path="Documento")
    return body


def _rut(content: DteReader, path: str) -> str:
    text = content.required(path)
    if len(text) > _RUT_LENGTH:
        raise UnsafeXml("dte_incomplete", path=path)
    return text
