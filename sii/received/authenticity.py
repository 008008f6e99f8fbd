"""Whether a received DTE is its issuer's own and the SII authorised it (PROTOCOL 5.9, 6.2, 7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from ..codes import Environment
from ..dte import ted
from ..dte.caf import Authorisation, authorisation
from ..dte.stamped_names import is_beginning
from ..errors import CafProblem, Problem, SignatureProblem, SiiError, UnsafeXml
from ..xml import reader
from ..xml.dte_reader import MOST_LINES, DteReader
from .verification import Variant, Verdict, verify

# Of the stamp, and where the document states the same (PROTOCOL 6.1).
_STAMPED = {
    "issuer_rut": "Encabezado/Emisor/RUTEmisor",
    "kind": "Encabezado/IdDoc/TipoDTE",
    "folio": "Encabezado/IdDoc/Folio",
    "issued_on": "Encabezado/IdDoc/FchEmis",
    "receiver_rut": "Encabezado/Receptor/RUTRecep",
    "total": "Encabezado/Totales/MntTotal",
}
_RECEIVER = "Encabezado/Receptor/RznSocRecep"
_FIRST_ITEM = "Detalle/NmbItem"
# Folios of some types have lasted six months since 2018 (PROTOCOL 7.3); a year for all to know.
_EXPIRE_SINCE = date(2019, 1, 1)
_CLOCKS = timedelta(days=1)
"""By which a stamping computer may be wrong."""


@dataclass(frozen=True, slots=True)
class Authenticity:
    """A verdict for each question; None where the answer is yes.

    variant: namespaces in whose scope it was signed. signature: the XML-DSig verifies.
    certificate: it is of the key that signed. stamp: the TED verifies and states what the document
    states. authorisation: the SII granted the folio to the issuer. certificate_der, others,
    signature_value: of a signature that verifies, the further certificates in it included;
    ``chain`` finds who signed.
    """

    variant: Variant | None
    signature: Problem | None
    certificate: Problem | None
    stamp: Problem | None
    authorisation: Problem | None
    certificate_der: bytes | None = field(default=None, repr=False)
    others: tuple[bytes, ...] = field(default=(), repr=False)
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
        "certificate": _certificate(signed),
        "certificate_der": signed and signed.certificate_der,
        "others": signed.others if signed else (),
        "signature_value": signed.value if signed else "",
    }
    try:
        stamp = ted.read(_stamp_of(xml, content))
    except SignatureProblem as missing:
        return Authenticity(**signature, stamp=_problem(missing), authorisation=_problem(missing))
    return Authenticity(
        **signature,
        stamp=_stamp(stamp, content),
        authorisation=_authorisation(stamp, content, authorities),
    )


def _stamp_of(xml: bytes, content: DteReader) -> str:
    """The flat TED: one in the text, one in the document, so it is the same."""
    if len(content.each("TED")) > 1:
        raise SignatureProblem("ted_twice")
    if not content.each("TED"):
        raise SignatureProblem("ted_missing")
    return ted.cut(reader.decode(xml))


def _signature(xml: bytes) -> tuple[Verdict | None, Problem | None]:
    try:
        return verify(xml), None
    except SignatureProblem as problem:
        return None, _problem(problem)
    except UnsafeXml:  # legible as written, and not in any scope that a signer has
        return None, Problem("signature_malformed")


def _certificate(signed: Verdict | None) -> Problem | None:
    if signed is None or signed.key_matches:
        return None
    missing = signed.certificate_der is None
    return Problem("certificate_missing" if missing else "certificate_of_other_key")


def _stamp(stamp: ted.Stamp, content: DteReader) -> Problem | None:
    """Whether the stamp was signed, and states what the document states."""
    try:
        stamp.verify()
    except SignatureProblem as problem:
        return _problem(problem)
    for name, path in _STAMPED.items():
        stamped, stated = getattr(stamp, name), content.text(path)
        if _written(name, stamped) != _written(name, stated):
            return Problem("ted_differs", path, {"stamp": stamped, "document": stated})
    first = next(iter(content.each("Detalle", MOST_LINES)), None)
    names = (
        (_RECEIVER, stamp.receiver_name, content.text(_RECEIVER)),
        (_FIRST_ITEM, stamp.first_item, first.text("NmbItem") if first else ""),
    )
    for path, stamped, stated in names:
        if stated and not is_beginning(stamped, stated):
            return Problem("ted_differs", path, {"stamp": stamped, "document": stated[:200]})
    return None


def _written(name: str, text: str) -> str:
    """A value to be compared: of a RUT, k and K are one."""
    return text.replace("k", "K") if name.endswith("_rut") else text


def _authorisation(
    stamp: ted.Stamp, content: DteReader, authorities: Mapping[int, RSAPublicNumbers]
) -> Problem | None:
    try:
        granted = authorisation(stamp.caf, authorities)
        granted.check_use(
            content.integer("Encabezado/IdDoc/TipoDTE"),
            content.required("Encabezado/Emisor/RUTEmisor"),
            content.integer("Encabezado/IdDoc/Folio"),
            granted.authorised_on,  # its age is judged by the day of the stamp
        )
        if stamp.day < granted.authorised_on - _CLOCKS:
            raise CafProblem("caf_not_yet_valid", authorised_on=granted.authorised_on.isoformat())
        _check_age(granted, stamp.day)
    except SiiError as problem:
        return _problem(problem)
    return None


def _check_age(granted: Authorisation, day: date) -> None:
    """Certification takes old folios, so nothing follows from their age there."""
    ended = granted.expires_on
    if ended is None or granted.environment is Environment.CERTIFICATION or day < _EXPIRE_SINCE:
        return
    if day > ended + _CLOCKS:
        raise CafProblem("caf_expired", expired_on=ended.isoformat())


def _problem(error: SiiError) -> Problem:
    return Problem(error.code, data=dict(error.data))
