"""An EnvioDTE that somebody sent us, judged as its receiver must (PROTOCOL 8.2)."""

from dataclasses import dataclass, field

from lxml import etree

from ..errors import InvalidRut, SignatureProblem, UnsafeXml
from ..received import document as received
from ..received import verification
from ..received.document import NAME_LIMIT, ReceivedDte
from ..rut import canonical, is_valid
from ..xml import reader

OK, BAD_SIGNATURE, OTHER_RECEIVER, REFUSED = 0, 1, 3, 99
"""EstadoRecepDTE (PROTOCOL 8.2)."""


@dataclass(frozen=True, slots=True)
class ReceivedEnvelope:
    """An EnvioDTE as received. name: of its file. documents: each with its EstadoRecepDTE."""

    name: str
    envelope_id: str
    digest: str
    issuer_rut: str
    receiver_rut: str
    is_intact: bool
    documents: tuple[tuple[ReceivedDte, int], ...] = field(repr=False)

    @property
    def accepted(self) -> tuple[ReceivedDte, ...]:
        """The documents that are ours and genuine, in an envelope that is."""
        return tuple(each for each, state in self.documents if state == OK and self.is_intact)


def receive(data: bytes, name: str, rut: str) -> ReceivedEnvelope:
    """Read and judge an envelope for the company of that RUT.

    A document for another RUT, or whose signature does not verify, is not received.
    Raises UnsafeXml: what ``received.read`` does, ``envelope_expected`` for other files, and
    ``dte_incomplete`` for a cover without RUTs.
    """
    root = reader.parse(data)
    if reader.local_name(root) != "EnvioDTE" or not reader.text_of(
        root, "SetDTE/Caratula/RutEmisor"
    ):
        raise UnsafeXml("envelope_expected", root=reader.local_name(root)[:40])
    return ReceivedEnvelope(
        name=name,
        envelope_id=(reader.find(root, "SetDTE").get("ID") or "SetDoc")[:NAME_LIMIT],
        digest="".join(
            reader.text_of(root, "Signature/SignedInfo/Reference/DigestValue")[:NAME_LIMIT].split()
        ),
        issuer_rut=_rut(root, "SetDTE/Caratula/RutEmisor"),
        receiver_rut=_rut(root, "SetDTE/Caratula/RutReceptor"),
        is_intact=_verifies(data),
        documents=tuple((each, _state(each, canonical(rut))) for each in received.read(data)),
    )


def single(
    document: ReceivedDte, name: str, envelope_id: str, digest: str, accepted: bool
) -> ReceivedEnvelope:
    """A genuine document of ours on its own, of an envelope that was read before.

    envelope_id, digest: empty for a DTE that came without one. accepted: not claimed.
    """
    return ReceivedEnvelope(
        name=name,
        envelope_id=envelope_id or "SetDoc",
        digest=digest,
        issuer_rut=canonical(document.issuer_rut),
        receiver_rut=canonical(document.receiver_rut),
        is_intact=True,
        documents=((document, OK if accepted else REFUSED),),
    )


def _rut(root: etree._Element, path: str) -> str:
    try:
        return canonical(reader.text_of(root, path))
    except InvalidRut as error:
        raise UnsafeXml("dte_incomplete", path=path) from error


def _state(document: ReceivedDte, rut: str) -> int:
    if not is_valid(document.receiver_rut) or canonical(document.receiver_rut) != rut:
        return OTHER_RECEIVER
    return BAD_SIGNATURE if document.authenticity.signature else OK


def _verifies(data: bytes) -> bool:
    try:
        verification.verify(data)
    except (SignatureProblem, UnsafeXml):
        return False
    return True
