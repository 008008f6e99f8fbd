"""Whether a received DTE is its issuer's own and the SII authorised it (PROTOCOL 5.9, 6.2, 7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from . import ted
from .caf import read_authorisation
from .errors import Problem, SignatureProblem, SiiError, UnsafeXml
from .verification import Variant, verify
from .xml import reader
from .xml.dte_reader import DteReader

# Of the stamp, and where the document says the same (PROTOCOL 6.1).
_STAMPED = {
    "RE": "Encabezado/Emisor/RUTEmisor",
    "TD": "Encabezado/IdDoc/TipoDTE",
    "F": "Encabezado/IdDoc/Folio",
    "FE": "Encabezado/IdDoc/FchEmis",
    "RR": "Encabezado/Receptor/RUTRecep",
    "MNT": "Encabezado/Totales/MntTotal",
}


@dataclass(frozen=True, slots=True)
class Authenticity:
    """A verdict for each question; None where the answer is yes.

    variant: namespaces in whose scope it was signed. signature: the XML-DSig verifies.
    certificate: it is of the key that signed. stamp: the TED verifies and says what the document
    says. authorisation: the SII granted the folio to the issuer.
    """

    variant: Variant | None
    signature: Problem | None
    certificate: Problem | None
    stamp: Problem | None
    authorisation: Problem | None

    @property
    def problems(self) -> list[Problem]:
        """Whatever is not in order."""
        verdicts = (self.signature, self.certificate, self.stamp, self.authorisation)
        return [verdict for verdict in verdicts if verdict is not None]


def judge(
    xml: bytes, content: DteReader, authorities: Mapping[int, RSAPublicNumbers]
) -> Authenticity:
    """Judge a DTE on its own (``xml``) whose signed part is ``content``."""
    variant, signature, certificate = _signature(xml)
    try:
        stamp = ted.cut(xml.decode(reader.encoding_of(xml)))
    except SignatureProblem as problem:
        missing = _told(problem)
        return Authenticity(variant, signature, certificate, missing, missing)
    return Authenticity(
        variant,
        signature,
        certificate,
        stamp=_stamp(stamp, content),
        authorisation=_authorisation(stamp, content, authorities),
    )


def _signature(xml: bytes) -> tuple[Variant | None, Problem | None, Problem | None]:
    try:
        verdict = verify(xml)
    except SignatureProblem as problem:
        return None, _told(problem), None
    except UnsafeXml:  # legible as it stands, and not in any scope that a signer has
        return None, Problem("signature_malformed"), None
    certificate = None if verdict.key_matches else Problem("certificate_of_other_key")
    return verdict.variant, None, certificate


def _stamp(stamp: str, content: DteReader) -> Problem | None:
    try:
        ted.verify(stamp)
    except SignatureProblem as problem:
        return _told(problem)
    dd = reader.find(reader.parse(stamp.encode()), "DD")
    for tag, path in _STAMPED.items():
        stamped, said = reader.text_of(dd, tag), content.text(path)
        if stamped != said:
            return Problem("ted_differs", path, {"stamp": stamped, "document": said})
    return None


def _authorisation(
    stamp: str, content: DteReader, authorities: Mapping[int, RSAPublicNumbers]
) -> Problem | None:
    try:
        granted = read_authorisation(stamp, authorities)
        granted.check_use(
            content.integer("Encabezado/IdDoc/TipoDTE"),
            content.required("Encabezado/Emisor/RUTEmisor"),
            content.integer("Encabezado/IdDoc/Folio"),
            granted.authorised_on,  # its age mattered on the day the SII received it
        )
    except SiiError as problem:
        return _told(problem)
    return None


def _told(error: SiiError) -> Problem:
    return Problem(error.code, data=dict(error.data))
