"""EnvioDTE: signed documents under a cover, sealed for the SII or a customer (PROTOCOL 5.2)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from . import xmldsig
from .clock import timestamp
from .codes import SII_RUT
from .errors import CertificateProblem, InvalidDocument, Problem, SignatureProblem
from .intactness import is_intact
from .rut import canonical
from .signer import Signer
from .xml.schema import SchemaSet
from .xml.writer import DECLARATION, DTE_TAG, SII_NAMESPACE, XSI_NAMESPACE, group, leaf

LIMIT = 2000
"""Documents in one envelope (PROTOCOL 12.1)."""

_ROOT = (
    f'<EnvioDTE xmlns="{SII_NAMESPACE}" xmlns:xsi="{XSI_NAMESPACE}"'
    f' xsi:schemaLocation="{SII_NAMESPACE} EnvioDTE_v10.xsd" version="1.0">'
)
_KIND = re.compile(rb"<TipoDTE>(\d+)</TipoDTE>")
_ISSUER = re.compile(rb"<RUTEmisor>([^<]+)</RUTEmisor>")


@dataclass(frozen=True, slots=True)
class Caratula:
    """Cover of an envelope. sender_rut: of who signs and uploads. resolution_number: 0 in
    certification; number and date belong to the company and the environment."""

    issuer_rut: str
    sender_rut: str
    resolution_date: date
    resolution_number: int
    receiver_rut: str = SII_RUT


def seal(
    caratula: Caratula,
    dtes: Sequence[bytes],
    signer: Signer,
    at: datetime,
    envelope_id: str = "SetDoc",
    schemas: SchemaSet | None = None,
) -> bytes:
    """The signed envelope around DTE files of ours, whose bytes it holds untouched.

    at: aware. schemas: the set to judge it by, the bundled one unless given.
    Raises InvalidDocument, CertificateProblem, UnsafeXml when a document is no XML, and
    SignatureProblem ``envelope_fragment_broken`` when one cut out of the result does not verify
    (PROTOCOL 5.9).
    """
    _check(caratula, dtes)
    signer.check_validity(at)
    if signer.rut is not None and signer.rut != canonical(caratula.sender_rut):
        raise CertificateProblem("sender_not_signer", sender=caratula.sender_rut, signer=signer.rut)
    bodies = [dte[dte.index(b"<DTE") :].rstrip() for dte in dtes]
    cover = _cover(caratula, Counter(_first(_KIND, body) for body in bodies), at)
    sealed = xmldsig.sign(_unsigned(envelope_id, cover, bodies), envelope_id, signer)
    _check_fragments(sealed, bodies)
    problems = (schemas or SchemaSet.bundled()).validate(sealed.root)
    if problems:
        raise InvalidDocument(problems)
    return sealed.xml


def _unsigned(envelope_id: str, cover: str, bodies: Sequence[bytes]) -> str:
    documents = b"\n".join(bodies).decode("iso-8859-1")
    return (
        f'{DECLARATION}{_ROOT}\n<SetDTE ID="{envelope_id}">\n{cover}{documents}\n</SetDTE>\n'
        "</EnvioDTE>"
    )


def _cover(caratula: Caratula, counts: Counter[str], at: datetime) -> str:
    return group(
        "Caratula",
        leaf("RutEmisor", canonical(caratula.issuer_rut)),
        leaf("RutEnvia", canonical(caratula.sender_rut)),
        leaf("RutReceptor", canonical(caratula.receiver_rut)),
        leaf("FchResol", caratula.resolution_date),
        leaf("NroResol", caratula.resolution_number),
        leaf("TmstFirmaEnv", timestamp(at)),
        *(
            group("SubTotDTE", leaf("TpoDTE", kind), leaf("NroDTE", count))
            for kind, count in counts.items()
        ),
        attributes=' version="1.0"',
    )


def _check(caratula: Caratula, dtes: Sequence[bytes]) -> None:
    problems = []
    if not 0 < len(dtes) <= LIMIT:
        problems.append(Problem("envelope_size", data={"count": len(dtes), "limit": LIMIT}))
    issuer = canonical(caratula.issuer_rut)
    for index, dte in enumerate(dtes):
        if (found := _first(_ISSUER, dte)) != issuer:
            data = {"expected": issuer, "found": found}
            problems.append(Problem("envelope_issuer_differs", f"dtes[{index}]", data))
    if problems:
        raise InvalidDocument(problems)


def _check_fragments(sealed: xmldsig.Signed, bodies: Sequence[bytes]) -> None:
    """Each document, cut out of the envelope as the SII does, is the signed one and verifies."""
    cuts = zip_longest(_cut(sealed.xml), _cut(sealed.content), bodies, fillvalue=b"")
    for index, (cut, content, body) in enumerate(cuts):
        # Only with the namespace on its own tag it verifies alone (PROTOCOL 5.9).
        if not (cut == body and cut.startswith(DTE_TAG.encode()) and is_intact(content)):
            raise SignatureProblem("envelope_fragment_broken", index=index)


def _cut(xml: bytes) -> Iterator[bytes]:
    for piece in xml.split(b"<DTE ")[1:]:
        inside, end, _ = piece.partition(b"</DTE>")
        yield b"<DTE " + inside + end


def _first(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data)
    return found[1].decode("iso-8859-1") if found else ""
