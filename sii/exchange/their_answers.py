"""What receivers mail about documents of ours: RespuestaDTE and EnvioRecibos (PROTOCOL 8.2, 8.3).

They show what the receiver thinks; the SII's register alone has legal effect.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from ..clock import read_timestamp
from ..errors import InvalidRut, SignatureProblem, UnsafeXml
from ..received import verification
from ..rut import canonical
from ..xml import reader
from ..xml.reader import find_all, local_name, text_of

REJECTED = "ResultadoDTE 2"
"""Code of an answer by which the receiver rejects a document."""

_ROOTS = frozenset({"RespuestaDTE", "EnvioRecibos"})
# where an answer is: its element, its state, the words of it, and of which sender and moment
_RESPUESTA = (
    ("RecepcionEnvio/RecepcionDTE", "EstadoRecepDTE", "RecepDTEGlosa"),
    ("ResultadoDTE", "EstadoDTE", "EstadoDTEGlosa"),
)
_GOODS = "Recibo de mercaderías o servicios"
_RECIBO = "Recibo/DocumentoRecibo"


MOST_ANSWERS = 2000
"""In one file: an envelope's documents (PROTOCOL 12.1)."""

_MOST_CHARACTERS = 250


@dataclass(frozen=True, slots=True)
class ReceiverAnswer:
    """A receiver's answer about one document.

    code: ``RecepcionDTE 0``, ``ResultadoDTE 2``, ``Recibo``: element and state. text: its words.
    responsible_rut: who answers. at: aware, or None when it is unreadable.
    """

    issuer_rut: str
    receiver_rut: str
    kind: int
    folio: int
    total: int
    code: str
    text: str
    responsible_rut: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """The answers of a file that is as somebody signed it; ``chain`` finds who that is.

    recipient_rut: to whom it answers. certificate_der: None when it brings none. key_matches:
    whether that certificate is of the key that signed. others: further certificates in it. at:
    as the file states it, aware, or None.
    """

    answers: tuple[ReceiverAnswer, ...]
    recipient_rut: str
    certificate_der: bytes | None
    key_matches: bool
    at: datetime | None
    others: tuple[bytes, ...] = ()


def is_answer(data: bytes) -> bool:
    """Whether a file looks like an answer."""
    return reader.root_name(data) in _ROOTS


def read(data: bytes) -> AnswerFile:
    """The answers of a file whose signature holds.

    Raises UnsafeXml: what ``reader.parse`` does, ``answer_incomplete`` with the path of what is
    missing, ``answer_too_many``; SignatureProblem.
    """
    root = reader.parse(data)
    try:
        signed = verification.verify(data)
    except SignatureProblem:
        # some programs write one encoding and declare another
        other = reader.in_other_encoding(data)
        if other is None:
            raise
        signed, root = verification.verify(other), reader.parse(other)
    # what is signed, and nothing beside it
    body, kind = root[0], local_name(root)
    if (kind, local_name(body)) == ("EnvioRecibos", "SetRecibos"):
        moment = "TmstFirmaEnv"
        found = [
            (each, "Recibo", f"{_GOODS}, {text_of(each, 'Recinto')}")
            for each in _some(find_all(body, _RECIBO))
        ]
    elif (kind, local_name(body)) == ("RespuestaDTE", "Resultado"):
        moment = "TmstFirmaResp"
        found = [
            (each, f"{local_name(each)} {_number(each, state)}", text_of(each, words))
            for path, state, words in _RESPUESTA
            for each in _some(find_all(body, path))
        ]
    else:
        raise UnsafeXml("answer_incomplete", path=kind)
    responsible = _rut(body, "Caratula/RutResponde")
    at = read_timestamp(text_of(body, f"Caratula/{moment}"))
    answers = tuple(
        ReceiverAnswer(
            issuer_rut=_rut(each, "RUTEmisor"),
            receiver_rut=_rut(each, "RUTRecep"),
            kind=_number(each, "TipoDoc" if code == "Recibo" else "TipoDTE"),
            folio=_number(each, "Folio"),
            total=_number(each, "MntTotal"),
            code=code,
            text=text[:_MOST_CHARACTERS],
            responsible_rut=responsible,
            at=at,
        )
        for each, code, text in found
    )
    return AnswerFile(
        answers=answers,
        recipient_rut=_rut(body, "Caratula/RutRecibe"),
        certificate_der=signed.certificate_der,
        key_matches=signed.key_matches,
        at=at,
        others=signed.others,
    )


def _some(found: list[etree._Element]) -> list[etree._Element]:
    if len(found) > MOST_ANSWERS:
        raise UnsafeXml("answer_too_many", count=len(found), limit=MOST_ANSWERS)
    return found


def _rut(node: etree._Element, path: str) -> str:
    try:
        return canonical(text_of(node, path))
    except InvalidRut:
        raise UnsafeXml("answer_incomplete", path=path) from None


def _number(node: etree._Element, path: str) -> int:
    text = text_of(node, path)
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise UnsafeXml("answer_incomplete", path=path)
    return int(text)
