"""TED: the stamp that a CAF's key puts on each document, and its bar code (PROTOCOL 6)."""

import re
from datetime import datetime

from . import rsa_sha1
from .caf import Caf
from .clock import timestamp
from .document import Document
from .errors import SignatureProblem
from .rut import canonical
from .text import encode, flatten
from .xml.writer import plain

NAME_LIMIT = 40
"""Characters of RSR and IT1, the printed beginning of receiver and first item (PROTOCOL 6.1)."""

BAR_CODE_LIMIT = 1034
"""Bytes of the longest TED that can be printed (PROTOCOL 6.3).

A PDF417 of any shape has 928 code words. One tells the length, one the mode, 64 correct errors at
level 5; the others hold six bytes in five words. With names of 40 plain letters a TED has some 880
bytes; only names full of signs that XML escapes come near the limit.
"""

ALGORITHM = "SHA1withRSA"

_TED = re.compile(r"<TED\b.*?</TED\s*>", re.DOTALL)
_DECLARATION = re.compile(r'\sxmlns(:\w+)?="[^"]*"')
_PARTS = re.compile(
    r"<TED[^>]*>(?P<dd><DD>.*<RSAPK><M>(?P<modulus>[^<]*)</M><E>(?P<exponent>[^<]*)</E></RSAPK>"
    r".*</DD>)<FRMT[^>]*>(?P<frmt>[^<]*)</FRMT></TED\s*>",
    re.DOTALL,
)


def stamp(document: Document, folio: int, caf: Caf, at: datetime) -> str:
    """The flat TED of the document, signed by the CAF's key at the aware moment ``at``.

    The caller has checked that the CAF may be used (``Caf.check_use``).
    """
    receiver = canonical(document.receiver.rut)
    dd = (
        f"<DD><RE>{canonical(document.issuer.rut)}</RE><TD>{document.kind:d}</TD><F>{folio}</F>"
        f"<FE>{document.issued_on.isoformat()}</FE><RR>{receiver}</RR>"
        # The name is obligatory here, though a boleta need not have one (PROTOCOL 6.1).
        f"<RSR>{plain(document.receiver.name, NAME_LIMIT) or receiver}</RSR>"
        f"<MNT>{document.totals.total}</MNT><IT1>{plain(document.lines[0].name, NAME_LIMIT)}</IT1>"
        f"{caf.flat}<TSTED>{timestamp(at)}</TSTED></DD>"
    )
    return (
        f'<TED version="1.0">{dd}<FRMT algoritmo="{ALGORITHM}">{caf.sign(encode(dd))}</FRMT></TED>'
    )


def cut(xml: str) -> str:
    """The TED inside a document's text, flat and without namespace declarations.

    Raises SignatureProblem ``ted_missing``.
    """
    found = _TED.search(xml)
    if found is None:
        raise SignatureProblem("ted_missing")
    return _DECLARATION.sub("", flatten(found.group()))


def verify(ted: str) -> None:
    """Check the FRMT of a flat TED with the key of the CAF inside it (PROTOCOL 6.2).

    Whether that CAF is the SII's is another question: ``caf.read_authorisation(ted)``.
    Raises SignatureProblem ``ted_malformed`` or ``ted_signature_invalid``.
    """
    parts = _PARTS.fullmatch(ted)
    if parts is None:
        raise SignatureProblem("ted_malformed")
    try:
        by = rsa_sha1.public_numbers(parts["modulus"], parts["exponent"])
        data = encode(parts["dd"])
    except ValueError as error:
        raise SignatureProblem("ted_malformed") from error
    if not rsa_sha1.is_signed(by, data, parts["frmt"]):
        raise SignatureProblem("ted_signature_invalid")


def pdf417_payload(dte_xml: bytes) -> bytes:
    """What the bar code of a document of ours carries: the whole flat TED (PROTOCOL 6.3)."""
    return encode(cut(dte_xml.decode("iso-8859-1")))
