"""EnvioDTE and EnvioBOLETA: signed documents under a cover, sealed (PROTOCOL 4.4, 5.2)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from . import xmldsig
from .clock import timestamp
from .codes import BOLETA_KINDS, SII_RUT
from .errors import CertificateProblem, InvalidDocument, Problem, SignatureProblem
from .intactness import is_intact
from .rut import canonical
from .signer import Signer
from .xml.schema import SchemaSet
from .xml.writer import DECLARATION, DTE_TAG, SII_NAMESPACE, XSI_NAMESPACE, group, leaf

LIMIT = 2000
BOLETA_LIMIT = 500
"""Documents in one envelope (PROTOCOL 12.1)."""

_SCHEMAS = {"EnvioDTE": "EnvioDTE_v10.xsd", "EnvioBOLETA": "EnvioBOLETA_v11.xsd"}
_BOLETAS = frozenset(str(int(kind)) for kind in BOLETA_KINDS)
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

    It is an EnvioBOLETA around boletas and an EnvioDTE around all others; they never share one.
    at: aware. schemas: the set to judge it by, the bundled one unless given.
    Raises InvalidDocument, CertificateProblem, UnsafeXml when a document is no XML, and
    SignatureProblem ``envelope_fragment_broken`` when one cut out of the result does not verify
    (PROTOCOL 5.9).
    """
    counts = Counter(_first(_KIND, dte) for dte in dtes)
    _check(caratula, dtes, counts)
    check_sender(caratula, signer, at)
    bodies = [dte[dte.index(b"<DTE") :].rstrip() for dte in dtes]
    tag = "EnvioBOLETA" if counts.keys() <= _BOLETAS else "EnvioDTE"
    text = _unsigned(tag, envelope_id, _cover(caratula, counts, at), bodies)
    sealed = xmldsig.sign(text, envelope_id, signer)
    _check_fragments(sealed, bodies)
    problems = (schemas or SchemaSet.bundled()).validate(sealed.root)
    if problems:
        raise InvalidDocument(problems)
    return sealed.xml


def check_sender(caratula: Caratula, signer: Signer, at: datetime) -> None:
    """Who signs is who the caratula says. Raises CertificateProblem."""
    signer.check_validity(at)
    if signer.rut is not None and signer.rut != canonical(caratula.sender_rut):
        raise CertificateProblem("sender_not_signer", sender=caratula.sender_rut, signer=signer.rut)


def _unsigned(tag: str, envelope_id: str, cover: str, bodies: Sequence[bytes]) -> str:
    documents = b"\n".join(bodies).decode("iso-8859-1")
    return (
        f"{DECLARATION}{root_tag(tag, _SCHEMAS[tag])}\n"
        f'<SetDTE ID="{envelope_id}">\n{cover}{documents}\n</SetDTE>\n</{tag}>'
    )


def root_tag(tag: str, schema: str) -> str:
    """Start tag of a file for the SII, its attributes in the order of PROTOCOL 5.2."""
    return (
        f'<{tag} xmlns="{SII_NAMESPACE}" xmlns:xsi="{XSI_NAMESPACE}"'
        f' xsi:schemaLocation="{SII_NAMESPACE} {schema}" version="1.0">'
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


def _check(caratula: Caratula, dtes: Sequence[bytes], counts: Counter[str]) -> None:
    problems = []
    limit = LIMIT if counts.keys() - _BOLETAS else BOLETA_LIMIT
    if not 0 < len(dtes) <= limit:
        problems.append(Problem("envelope_size", data={"count": len(dtes), "limit": limit}))
    if counts.keys() & _BOLETAS and counts.keys() - _BOLETAS:
        problems.append(Problem("envelope_mixed", data={"kinds": ", ".join(sorted(counts))}))
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
