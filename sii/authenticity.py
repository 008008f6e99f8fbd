"""Whether a received DTE is its issuer's own and the SII authorised it (PROTOCOL 5.9, 6.2, 7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from . import ted
from .caf import read_authorisation
from .errors import Problem, SignatureProblem, SiiError, UnsafeXml
from .verification import Variant, Verdict, verify
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
    says. authorisation: the SII granted the folio to the issuer. certificate_der,
    signature_value: of a signature that verifies; who signed, ``chain`` tells.
    """

    variant: Variant | None
    signature: Problem | None
    certificate: Problem | None
    stamp: Problem | None
    authorisation: Problem | None
    certificate_der: bytes | None = field(default=None, repr=False)
    signature_value: str = field(default="", repr=False)

    @property
    def problems(self) -> list[Problem]:
        """Whatever is not in order."""
        verdicts = (self.signature, self.certificate, self.stamp, self.authorisation)
        return [verdict for verdict in verdicts if verdict is not None]


def judge(
    xml: bytes, content: DteReader, authorities: Mapping[int, RSAPublicNumbers]
) -> Authenticity:
    """Judge a DTE on its own (``xml``) whose signed part is ``content``."""
    signed, problem = _signature(xml)
    signature = {
        "variant": signed and signed.variant,
        "signature": problem,
        "certificate": None
        if signed is None or signed.key_matches
        else Problem("certificate_of_other_key"),
        "certificate_der": signed and signed.certificate_der,
        "signature_value": signed.value if signed else "",
    }
    try:
        stamp = ted.cut(xml.decode(reader.encoding_of(xml)))
    except SignatureProblem as missing:
        return Authenticity(**signature, stamp=_told(missing), authorisation=_told(missing))
    return Authenticity(
        **signature,
        stamp=_stamp(stamp, content),
        authorisation=_authorisation(stamp, content, authorities),
    )


def _signature(xml: bytes) -> tuple[Verdict | None, Problem | None]:
    try:
        return verify(xml), None
    except SignatureProblem as problem:
        return None, _told(problem)
    except UnsafeXml:  # legible as it stands, and not in any scope that a signer has
        return None, Problem("signature_malformed")


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
