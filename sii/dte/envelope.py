"""EnvioDTE and EnvioBOLETA: signed documents under a cover, sealed (PROTOCOL 4.4, 5.2)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .. import kinds
from ..clock import timestamp
from ..codes import SII_RUT
from ..errors import CertificateProblem, InvalidDocument, Problem
from ..rut import canonical
from ..signature import c14n, xmldsig
from ..signature.signer import Signer
from ..xml import reader
from ..xml.schema import SchemaSet
from ..xml.writer import SII_NAMESPACE, XSI_NAMESPACE, group, leaf
from .envelope_content import Frame, content

LIMIT = 2000
BOLETA_LIMIT = 500
"""Documents in one envelope (PROTOCOL 12.1)."""

_SCHEMAS = {"EnvioDTE": "EnvioDTE_v10.xsd", "EnvioBOLETA": "EnvioBOLETA_v11.xsd"}
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
    Raises InvalidDocument, CertificateProblem, and SignatureProblem ``envelope_fragment_broken``
    when one cut out of the result is no XML or does not verify (PROTOCOL 5.9).
    """
    counts = Counter(_first(_KIND, dte) for dte in dtes)
    _check(caratula, dtes, counts)
    check_sender(caratula, signer, at)
    tag = "EnvioBOLETA" if _are_boletas(counts) == {True} else "EnvioDTE"
    frame = Frame(tag, root_tag(tag, _SCHEMAS[tag]), envelope_id, _cover(caratula, counts, at))
    bodies = [dte[dte.index(b"<DTE") :].rstrip() for dte in dtes]
    judge = schemas or SchemaSet.bundled()
    digest = c14n.digest(content(frame, bodies, judge))
    signature = xmldsig.make_signature(envelope_id, digest, frame.scope, signer)
    # All documents are judged; around one of them the schema sees all that is left to judge.
    _refuse(judge.validate(reader.parse_own(frame.around(bodies[:1], signature))))
    return frame.around(bodies, signature)


def check_sender(caratula: Caratula, signer: Signer, at: datetime) -> None:
    """Who signs is who the caratula names. Raises CertificateProblem."""
    signer.check_validity(at)
    if signer.rut is not None and signer.rut != canonical(caratula.sender_rut):
        raise CertificateProblem("sender_not_signer", sender=caratula.sender_rut, signer=signer.rut)


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


def _are_boletas(counts: Counter[str]) -> set[bool]:
    """Whether the types inside are boletas; both answers where they are mixed."""
    return {kinds.of(code).is_boleta for code in counts}


def _check(caratula: Caratula, dtes: Sequence[bytes], counts: Counter[str]) -> None:
    problems = []
    boletas = _are_boletas(counts)
    limit = LIMIT if False in boletas else BOLETA_LIMIT
    if not 0 < len(dtes) <= limit:
        problems.append(Problem("envelope_size", data={"count": len(dtes), "limit": limit}))
    if (size := sum(map(len, dtes))) > reader.MAX_BYTES:
        data = {"size": size >> 20, "limit": reader.MAX_BYTES >> 20}
        problems.append(Problem("envelope_too_big", data=data))
    if len(boletas) > 1:
        problems.append(Problem("envelope_mixed", data={"kinds": ", ".join(sorted(counts))}))
    issuer = canonical(caratula.issuer_rut)
    for index, dte in enumerate(dtes):
        if (found := _first(_ISSUER, dte)) != issuer:
            data = {"expected": issuer, "found": found}
            problems.append(Problem("envelope_issuer_differs", f"dtes[{index}]", data))
    _refuse(problems)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidDocument(problems)


def _first(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data)
    return found[1].decode("iso-8859-1") if found else ""
