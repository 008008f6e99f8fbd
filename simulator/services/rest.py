"""Answers of the boleta services: JSON, bare XML and plain refusals (PROTOCOL 4.2, 4.3)."""

import json
from typing import Any

from . import soap
from .answer import Answer, Shape


class RefusedError(Exception):
    """No answer but an HTTP status and a text."""

    def __init__(self, status: int, text: str):
        super().__init__(text)
        self.status, self.text = status, text

    def answer(self) -> Answer:
        return Answer(
            self.text.encode(),
            f"{self.status} {self.text}",
            "text/plain; charset=utf-8",
            self.status,
        )


def as_json(value: Any, outcome: str, shape: Shape) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode(shape.encoding, "backslashreplace")
    return Answer(body, outcome, f"application/json; charset={shape.encoding}")


def as_xml(respuesta: soap.Respuesta, shape: Shape) -> Answer:
    """``SII:RESPUESTA`` as the whole body, without SOAP around it."""
    glosa = dict(respuesta.header).get("GLOSA", "")
    return Answer(
        soap.document(respuesta, shape).encode(shape.encoding, "xmlcharrefreplace"),
        f"ESTADO {respuesta.estado} {glosa}".strip(),
        f"application/xml; charset={shape.encoding}",
    )
