"""TED: the stamp that a CAF's key puts on each document, and its bar code (PROTOCOL 6)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from ..clock import timestamp
from ..document import Document, limits
from ..errors import SignatureProblem
from ..rut import canonical
from ..signature import rsa_sha1
from ..text import as_signed, encode, flatten
from ..xml.writer import plain
from . import caf_element
from .caf import Caf

BAR_CODE_LIMIT = 1034
"""Bytes of the longest TED that can be printed (PROTOCOL 6.3).

A PDF417 of any shape has 928 code words. One holds the length, one the mode, 64 correct errors at
level 5; the others hold six bytes in five words. With names of 40 plain letters a TED has some 880
bytes; only names full of signs that XML escapes come near the limit.
"""

ALGORITHM = "SHA1withRSA"

_START = re.compile(r"<(?:[\w.-]++:)?TED(?=[\s/>])")
_END = re.compile(r"</TED\s*+>")
_TAG = re.compile(r"<[A-Za-z][^<>]*+>")
_DECLARATION = re.compile(r'(?<!\s)\s++xmlns(?::\w++)?="[^"<>]*+"')
# One match gives the signed bytes, the values and the key: see caf_element.
_GRAMMAR = re.compile(
    r'<TED(?:\s++version="1\.0")?\s*+>(?P<dd><DD>'
    rf"<RE>(?P<issuer_rut>{caf_element.RUT})</RE><TD>(?P<kind>[0-9]{{1,4}}+)</TD>"
    rf"<F>(?P<folio>[0-9]{{1,10}}+)</F><FE>(?P<issued_on>{caf_element.DAY})</FE>"
    rf"<RR>(?P<receiver_rut>{caf_element.RUT})</RR>"
    rf"<RSR>(?P<receiver_name>{caf_element.TEXT})</RSR>"
    r"<MNT>(?P<total>-?+[0-9]{1,18}+(?:\.[0-9]{1,6}+)?)</MNT>"
    rf"<IT1>(?P<first_item>{caf_element.TEXT})</IT1>{caf_element.GRAMMAR}"
    rf"<TSTED>(?P<day>{caf_element.DAY})(?:T[0-9:.Z+-]{{1,25}}+)?</TSTED></DD>)"
    rf'<FRMT(?:\s++algoritmo="SHA1withRSA")?\s*+>(?P<frmt>{caf_element.BASE64})</FRMT></TED>'
)
_AS_WRITTEN = ("issuer_rut", "kind", "folio", "issued_on", "receiver_rut", "total")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stamp states, as written; names with their entities resolved.

    day: of TSTED. key: of the CAF in it. signed: the text of the DD, over which frmt is, and out
    of which all of this was read. caf: the match that ``caf.authorisation`` judges.
    """

    issuer_rut: str
    kind: str
    folio: str
    issued_on: str
    receiver_rut: str
    receiver_name: str
    total: str
    first_item: str
    day: date
    key: RSAPublicNumbers = field(repr=False)
    signed: str = field(repr=False)
    frmt: str = field(repr=False)
    caf: re.Match[str] = field(repr=False)

    def verify(self) -> None:
        """Check the FRMT with the key of the CAF (PROTOCOL 6.2).

        Whether that CAF is the SII's is another question: ``caf.authorisation``.
        Raises SignatureProblem ``ted_signature_invalid``.
        """
        if not any(
            rsa_sha1.is_signed(self.key, form, self.frmt) for form in as_signed(self.signed)
        ):
            raise SignatureProblem("ted_signature_invalid")


def stamp(document: Document, folio: int, caf: Caf, at: datetime) -> str:
    """The flat TED of the document, signed by the CAF's key at the aware moment ``at``.

    The caller has checked that the CAF may be used (``Caf.check_use``).
    """
    receiver, longest = canonical(document.receiver.rut), limits.STAMPED_NAME
    dd = (
        f"<DD><RE>{canonical(document.issuer.rut)}</RE><TD>{document.kind:d}</TD><F>{folio}</F>"
        f"<FE>{document.issued_on.isoformat()}</FE><RR>{receiver}</RR>"
        # The name is obligatory here, though a boleta need not have one (PROTOCOL 6.1).
        f"<RSR>{plain(document.receiver.name, longest) or receiver}</RSR>"
        f"<MNT>{document.totals.total}</MNT><IT1>{plain(document.lines[0].name, longest)}</IT1>"
        f"{caf.flat}<TSTED>{timestamp(at)}</TSTED></DD>"
    )
    return (
        f'<TED version="1.0">{dd}<FRMT algoritmo="{ALGORITHM}">{caf.sign(encode(dd))}</FRMT></TED>'
    )


def cut(xml: str) -> str:
    """The one TED inside a document's text, flat and without namespace declarations.

    Raises SignatureProblem ``ted_missing``, ``ted_twice``: nothing states which of two counts.
    """
    starts = list(_START.finditer(xml))
    if len(starts) > 1:
        raise SignatureProblem("ted_twice")
    end = _END.search(xml, starts[0].end()) if starts else None
    if end is None:
        raise SignatureProblem("ted_missing")
    flat = flatten(xml[starts[0].start() : end.end()])
    return _TAG.sub(lambda tag: _DECLARATION.sub("", tag.group()), flat)


def read(ted: str) -> Stamp:
    """What a flat TED states. Raises SignatureProblem ``ted_malformed``, ``ted_key_unfit``."""
    found = _GRAMMAR.fullmatch(ted)
    if found is None:
        raise SignatureProblem("ted_malformed")
    try:
        return Stamp(
            **{name: found[name] for name in _AS_WRITTEN},
            receiver_name=caf_element.plain(found["receiver_name"]),
            first_item=caf_element.plain(found["first_item"]),
            day=date.fromisoformat(found["day"]),
            key=rsa_sha1.public_numbers(found["modulus"], found["exponent"]),
            signed=found["dd"],
            frmt=found["frmt"],
            caf=found,
        )
    except rsa_sha1.UnfitKey as error:
        raise SignatureProblem("ted_key_unfit", bits=error.bits) from error
    except ValueError as error:
        raise SignatureProblem("ted_malformed") from error


def verify(ted: str) -> None:
    """Read a flat TED and check its FRMT. Raises SignatureProblem as ``read`` and ``Stamp`` do."""
    read(ted).verify()


def pdf417_payload(dte_xml: bytes) -> bytes:
    """What the bar code of a document of ours carries: the whole flat TED (PROTOCOL 6.3)."""
    return encode(cut(dte_xml.decode("iso-8859-1")))
