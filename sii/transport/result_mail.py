"""RESULTADO_ENVIO, the SII's mail with the reasons, folio by folio (PROTOCOL 3.5).

It is not signed: it may explain a verdict, never decide one.
"""

import re
from dataclasses import dataclass

from lxml import etree

from ..errors import UnsafeXml
from ..xml import reader
from ..xml.reader import find_all, local_name, plain_text, text_of

# ``(DTE-3-505) text`` and, with the number of the line, ``(DET L[3] -2-200) text``
_REASON = re.compile(
    r"\(?\s*(?P<section>[A-Z]{3})\s*(?:L?\[?(?P<line>\d{1,4})\]?\s*)?"
    r"-\s*(?P<level>\d)\s*-\s*(?P<number>\d{1,5})\s*\)?\s*(?P<text>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. code: ``DTE-3-505``, or empty when the SII gave none. line: 0 without one."""

    code: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What became of one document. state: ``RCH - DTE Rechazado``, as the SII wrote it."""

    kind: int
    folio: int
    state: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an envelope.

    track_id: digits without leading zeros. errors: what is wrong with the envelope as a whole.
    documents: those that were rejected or objected to; accepted ones are not named.
    """

    issuer_rut: str
    track_id: str
    state: str
    errors: tuple[Reason, ...]
    documents: tuple[DocumentResult, ...]


def read(data: bytes) -> Result:
    """Read the XML file of a result mail.

    Raises UnsafeXml: what ``reader.parse`` does, ``result_unreadable`` when it is another kind of
    file, ``result_incomplete`` with the path of what is missing or unreadable.
    """
    root = reader.parse(data)
    if local_name(root) != "RESULTADO_ENVIO":
        raise UnsafeXml("result_unreadable", root=local_name(root))
    return Result(
        issuer_rut=_required(root, "IDENTIFICACION/RUTEMISOR"),
        track_id=str(_integer(root, "IDENTIFICACION/TRACKID")),
        state=_required(root, "IDENTIFICACION/ESTADO"),
        errors=_reasons(root, "ERRORENVIO/DETERRENVIO"),
        documents=tuple(map(_document, find_all(root, "REVISIONENVIO/REVISIONDTE"))),
    )


def _document(node: etree._Element) -> DocumentResult:
    return DocumentResult(
        kind=_integer(node, "TIPODTE"),
        folio=_integer(node, "FOLIO"),
        state=_required(node, "ESTADO"),
        reasons=_reasons(node, "DETALLE"),
    )


def _reasons(parent: etree._Element, path: str) -> tuple[Reason, ...]:
    texts = map(plain_text, find_all(parent, path))
    return tuple(_reason(text) for text in texts if text)


def _reason(text: str) -> Reason:
    found = _REASON.match(text)
    if not found:
        return Reason("", 0, text)
    code = f"{found['section']}-{found['level']}-{int(found['number'])}"
    return Reason(code, int(found["line"] or 0), found["text"].strip())


def _required(parent: etree._Element, path: str) -> str:
    text = text_of(parent, path)
    if not text:
        raise UnsafeXml("result_incomplete", path=path)
    return text


def _integer(parent: etree._Element, path: str) -> int:
    text = _required(parent, path)
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise UnsafeXml("result_incomplete", path=path)
    return int(text)
