"""A document as JSON: the snapshot kept on record, from which the XML is built."""

import functools
import json
from typing import Any

from .. import libraries
from ..errors import InvalidDocument, Problem
from .contents import Document

VERSION = 1
"""Raised when an old snapshot no longer holds what ``Document`` needs."""


@functools.cache
def _adapter() -> Any:
    """pydantic's reader and writer of documents."""
    return libraries.load("pydantic").TypeAdapter(Document)


def dump(document: Document) -> dict[str, Any]:
    """``{"version": 1, "document": {...}}``; decimals and dates as text, so nothing is lost."""
    return {"version": VERSION, "document": _adapter().dump_python(document, mode="json")}


def load(payload: dict[str, Any]) -> Document:
    """The document of a snapshot, or of a program that sends our JSON.

    Raises InvalidDocument with every field of a wrong type (``payload_invalid``) or for a version
    that this library does not read (``payload_version``). Whether the document is legal is the
    question of ``rules``.
    """
    if payload.get("version") != VERSION:
        problem = Problem("payload_version", data={"version": payload.get("version")})
        raise InvalidDocument([problem])
    try:
        # Through JSON, where strict still takes dates and decimals written as text.
        document = _adapter().validate_json(json.dumps(payload.get("document")), strict=True)
    except libraries.load("pydantic").ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        raise InvalidDocument(
            [
                Problem("payload_invalid", _path(each["loc"]), {"rule": each["type"]})
                for each in found
            ]
        ) from None
    if not document.traits.issued:
        raise InvalidDocument([Problem("payload_invalid", "kind", {"rule": "enum"})])
    return document


def _path(location: tuple[str | int, ...]) -> str:
    """``("lines", 2, "name")`` as ``lines[2].name``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")
