"""From a document to its signed DTE: checked, stamped, built, signed, judged by the schema."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from .. import rules
from ..clock import CHILE
from ..document import Document
from ..errors import InvalidDocument, Problem
from ..kinds import Body
from ..signature import xmldsig
from ..signature.signer import Signer
from ..text import encode
from ..xml import boleta, factura
from ..xml.schema import SchemaSet
from . import ted
from .caf import Caf

LINE_LIMIT = 4090
"""Characters of a physical line; the SII's parser refuses longer ones (PROTOCOL 2.3, CHR-00002)."""

_TAG = re.compile(rb"<?(\w*)")
_WRITERS = {Body.DOCUMENTO: factura, Body.BOLETA: boleta}


@dataclass(frozen=True, slots=True)
class SignedDte:
    """A finished document. xml: the bytes of its file, never to be changed. ted: flat stamp."""

    kind: int
    folio: int
    document_id: str
    xml: bytes = field(repr=False)
    ted: str = field(repr=False)


def issue(
    document: Document,
    folio: int,
    caf: Caf,
    signer: Signer,
    at: datetime,
    schemas: SchemaSet | None = None,
) -> SignedDte:
    """The signed DTE of ``document`` with this folio, stamped and signed at the aware moment.

    schemas: the set to judge it by, the bundled one unless given.
    Raises InvalidDocument with all problems, CafProblem when the CAF does not cover it,
    CertificateProblem when the certificate is not valid at that moment.
    """
    _refuse(rules.check(document))
    caf.check_use(document.kind, document.issuer.rut, folio, at.astimezone(CHILE).date())
    signer.check_validity(at)
    stamp = ted.stamp(document, folio, caf, at)
    _refuse(_unprintable(stamp))
    reference = factura.document_id(document, folio)
    writer = _WRITERS[document.traits.body]
    signed = xmldsig.sign(writer.build(document, folio, stamp, at), reference, signer)
    _refuse(_long_lines(signed.xml))
    _refuse((schemas or SchemaSet.bundled()).validate(signed.root))
    return SignedDte(document.kind, folio, reference, signed.xml, stamp)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidDocument(problems)


def _unprintable(stamp: str) -> list[Problem]:
    """A stamp that fits in no bar code: how many of its signs are escaped, the CAF's too, decides.

    Only the finished stamp shows it, because the CAF repeats the issuer's name in its own spelling.
    """
    length = len(encode(stamp))
    if length <= ted.BAR_CODE_LIMIT:
        return []
    return [Problem("stamp_too_long", data={"limit": ted.BAR_CODE_LIMIT, "length": length})]


def _long_lines(xml: bytes) -> list[Problem]:
    problems, start = [], 0
    while len(xml) - start > LINE_LIMIT:  # from one line feed within reach to the next
        end = xml.rfind(b"\n", start, start + LINE_LIMIT + 1)
        if end < 0:
            data = {"tag": _TAG.match(xml, start)[1].decode(), "limit": LINE_LIMIT}
            problems.append(Problem("line_too_long", data=data))
            end = xml.index(b"\n", start)  # there is one before the end tag
        start = end + 1
    return problems
