"""What receivers mail about documents of ours: RespuestaDTE and EnvioRecibos (PROTOCOL 8.2, 8.3).

They say what the receiver thinks; the SII's register alone has legal effect.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from . import verification
from .clock import CHILE
from .errors import InvalidRut, UnsafeXml
from .rut import canonical
from .xml import reader
from .xml.reader import find_all, local_name, text_of

REJECTED = "ResultadoDTE 2"
"""Code of an answer by which the receiver rejects a document."""

_ROOT = re.compile(rb"<(?:\w+:)?(?:RespuestaDTE|EnvioRecibos)[\s>]")
# where an answer stands: its element, its state, the words of it, and of which sender and moment
_RESPUESTA = (
    ("Resultado/RecepcionEnvio/RecepcionDTE", "EstadoRecepDTE", "RecepDTEGlosa"),
    ("Resultado/ResultadoDTE", "EstadoDTE", "EstadoDTEGlosa"),
)
_GOODS = "Recibo de mercaderías o servicios"
_RECIBO = "SetRecibos/Recibo/DocumentoRecibo"


@dataclass(frozen=True, slots=True)
class ReceiverAnswer:
    """What a receiver says of one document.

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


def is_answer(data: bytes) -> bool:
    """Whether a file looks like an answer."""
    return bool(_ROOT.search(data))


def read(data: bytes) -> tuple[ReceiverAnswer, ...]:
    """The answers of a file, whose signature holds.

    Raises UnsafeXml: what ``reader.parse`` does, ``answer_incomplete`` with the path of what is
    missing; SignatureProblem.
    """
    root = reader.parse(data)
    verification.verify(data)
    if local_name(root) == "EnvioRecibos":
        cover, moment = "SetRecibos/Caratula", "TmstFirmaEnv"
        found = [
            (each, "Recibo", f"{_GOODS}, {text_of(each, 'Recinto')}")
            for each in find_all(root, _RECIBO)
        ]
    else:
        cover, moment = "Resultado/Caratula", "TmstFirmaResp"
        found = [
            (each, f"{local_name(each)} {_number(each, state)}", text_of(each, words))
            for path, state, words in _RESPUESTA
            for each in find_all(root, path)
        ]
    responsible = _rut(root, f"{cover}/RutResponde")
    at = _moment(text_of(root, f"{cover}/{moment}"))
    return tuple(
        ReceiverAnswer(
            issuer_rut=_rut(each, "RUTEmisor"),
            receiver_rut=_rut(each, "RUTRecep"),
            kind=_number(each, "TipoDoc" if code == "Recibo" else "TipoDTE"),
            folio=_number(each, "Folio"),
            total=_number(each, "MntTotal"),
            code=code,
            text=text,
            responsible_rut=responsible,
            at=at,
        )
        for each, code, text in found
    )


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


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=CHILE)
