"""What the SII answers about boletas, in JSON with many nulls, and what it means (PROTOCOL 4.2)."""

import re
from collections.abc import Iterator
from typing import Any

from ...errors import Busy
from ..document_status import status_of
from ..envelope_status import VERDICT_OF
from ..http import Answer
from ..replies import DocumentStatus, EnvelopeStatus, EnvelopeVerdict, TypeCount
from ..result_mail import DocumentResult, Reason
from .rest import read_json

_COUNTERS = ("informados", "aceptados", "rechazados", "reparos")


def read_envelope_status(answer: Answer) -> EnvelopeStatus:
    """State of an envelope; one that is not yet visible (404) is pending.

    A state that we do not know leaves it pending as well. Raises Busy when it is unreadable.
    """
    if answer.status == 404:
        return EnvelopeStatus(EnvelopeVerdict.PENDING, "404", "", (), answer.text)
    try:
        data = read_json(answer.text)
        code = _text(data.get("estado"))
        counts = tuple(_count(each) for each in _objects(data.get("estadistica")))
        details = tuple(_detail(each) for each in _objects(data.get("detalle_rep_rech")))
    except ValueError as error:
        raise Busy("answer_unreadable", reason=str(error)[:80]) from error
    if not code:
        raise Busy("status_failed", sii_code=code, text=answer.text[:200])
    verdict = VERDICT_OF.get(code, EnvelopeVerdict.PENDING)
    return EnvelopeStatus(
        verdict, code, _text(data.get("descripcion")), counts, answer.text, details
    )


def read_document_status(answer: Answer) -> DocumentStatus:
    """State of one document.

    Raises Busy for a code we do not know and for 404: whether the SII holds the document decides
    if it is sent again, so it is not guessed.
    """
    if answer.status == 404:
        raise Busy("document_status_failed", sii_code="404", text=answer.text[:200])
    try:
        data = read_json(answer.text)
        code, text = _text(data.get("codigo")), _text(data.get("descripcion"))
    except ValueError as error:
        raise Busy("answer_unreadable", reason=str(error)[:80]) from error
    return status_of(code, text, answer.text)


def _count(data: dict[str, Any]) -> TypeCount:
    return TypeCount(_number(data.get("tipo")), *(_number(data.get(name)) for name in _COUNTERS))


def _detail(data: dict[str, Any]) -> DocumentResult:
    state = " - ".join(filter(None, (_text(data.get("estado")), _text(data.get("descripcion")))))
    return DocumentResult(
        kind=_number(data.get("tipo")),
        folio=_number(data.get("folio")),
        state=state,
        reasons=tuple(_reason(each) for each in _objects(data.get("error"))),
    )


def _reason(data: dict[str, Any]) -> Reason:
    parts = [_text(data.get(name)) for name in ("seccion", "nivel", "codigo")]
    texts = (_text(data.get("descripcion")), _text(data.get("detalle")))
    return Reason(
        code="-".join(parts) if all(parts) else "",
        line=_number(data.get("linea")),
        text=": ".join(filter(None, texts)),
    )


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list that may be null. Raises ValueError for anything else."""
    if value is not None and not isinstance(value, list):
        raise ValueError("no list")
    for each in value or ():
        if not isinstance(each, dict):
            raise ValueError("no object")
        yield each


def _number(value: Any) -> int:
    """A count that may be null or written as text. Raises ValueError for anything else."""
    text = "0" if value is None or value == "" else str(value).strip()
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueError("no number")
    return int(text)


def _text(value: Any) -> str:
    """A text that may be null or a number. Raises ValueError for anything else.

    JSON can name what is no character (half a surrogate, NUL) and what no database takes.
    """
    if value is None:
        return ""
    if not isinstance(value, int | str):
        raise ValueError("no text")
    return str(value).encode(errors="replace").decode().replace("\0", "").strip()
