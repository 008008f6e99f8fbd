"""``SII:RESPUESTA``, the XML every SOAP service of the SII answers with (PROTOCOL 1.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..errors import Busy, UnsafeXml
from ..xml import reader
from ..xml.reader import local_name


@dataclass(frozen=True, slots=True)
class Respuesta:
    """One answer, its leaves by local name in the order they came.

    Header and body change places, leaves are qualified or not: neither means anything.
    ``repr`` shows none of it: one of the leaves is the token. parts: (part, leaf, text), for
    the service that has a leaf of one name in both header and body.
    """

    leaves: tuple[tuple[str, str], ...] = field(repr=False)
    raw: str = field(repr=False)
    parts: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)

    def get(self, name: str) -> str:
        """Text of the first leaf of that name; empty when there is none."""
        return next((text for leaf, text in self.leaves if leaf == name), "")

    def within(self, part: str, name: str) -> str:
        """Text of the only leaf of that name in that part; empty when there is none, or several."""
        found = [text for holder, leaf, text in self.parts if (holder, leaf) == (part, name)]
        return found[0] if len(found) == 1 else ""

    @property
    def estado(self) -> str:
        """``ESTADO``, to be compared as text: ``00`` and ``0`` are different codes."""
        return self.get("ESTADO")


def unwrap(document: str, operation: str) -> str:
    """The text a SOAP answer carries. Raises Busy when it is a fault or no SOAP at all."""
    root = parse(document)
    for element in root.iter(etree.Element):
        name = local_name(element)
        if name == f"{operation}Return":
            return (element.text or "").strip()
        if name == "Fault":
            raise Busy("soap_fault", text=_fault_text(element))
    raise Busy("answer_unreadable", operation=operation)


def read(text: str) -> Respuesta:
    """Parse the inner document. Raises Busy when it is none."""
    root = parse(text)
    if local_name(root) != "RESPUESTA":
        raise Busy("answer_unreadable", root=local_name(root))
    leaves = tuple(_leaves(root))
    parts = tuple(
        (local_name(part), name, value)
        for part in root.iterchildren(etree.Element)
        for name, value in _leaves(part)
    )
    return Respuesta(leaves=leaves, raw=text, parts=parts)


def _leaves(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(etree.Element):
        if len(element) == 0:
            yield local_name(element), (element.text or "").strip()


def parse(document: str) -> etree._Element:
    """Root of an answer that is text by now, so that what it declares about bytes is void.

    Raises Busy when it is not well-formed or not safe.
    """
    try:
        return reader.parse_answer(document.encode(errors="replace"), "utf-8")
    except UnsafeXml as error:
        raise Busy("answer_unreadable", reason=error.code) from error


def text_of(parent: etree._Element, path: str) -> str:
    """As ``reader.text_of``. Raises Busy for what occurs twice, or is no plain text."""
    try:
        return reader.text_of(parent, path)
    except UnsafeXml as error:
        raise Busy("answer_unreadable", reason=error.code) from error


def _fault_text(fault: etree._Element) -> str:
    texts = (text.strip() for text in fault.itertext())
    return " ".join(text for text in texts if text)[:200]
