"""What an envelope's signature is over: cover and documents, made canonical part by part.

The tree of 2000 documents would fill the memory. Nothing is lost by parts: what is canonical in
place is the concatenation of its pieces, and each document is parsed in the envelope's namespaces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from ..errors import InvalidDocument, Problem, SignatureProblem, UnsafeXml
from ..signature.c14n import Namespaces, canonical, canonical_child
from ..xml import reader
from ..xml.schema import SchemaSet
from ..xml.writer import DECLARATION, DTE_TAG
from .intactness import is_intact

_SET_END = b"</SetDTE>"
_PART = 50


@dataclass(frozen=True)
class Frame:
    """What surrounds the documents: the root, named ``tag``, with its start tag, and the
    SetDTE with its Caratula, ``cover``."""

    tag: str
    start: str
    envelope_id: str
    cover: str

    @property
    def scope(self) -> Namespaces:
        """Namespaces in scope of each document."""
        return self._empty.nsmap

    def around(self, documents: Sequence[bytes], signature: bytes = b"") -> bytes:
        """The envelope of these documents, whose bytes it holds untouched."""
        opening = f'{DECLARATION}{self.start}\n<SetDTE ID="{self.envelope_id}">\n{self.cover}'
        lines = (part for document in documents for part in (document, b"\n"))
        return b"".join(
            (opening.encode("iso-8859-1"), *lines, _SET_END, b"\n", signature, self._end)
        )

    def canonical_opening(self) -> bytes:
        """Canonical form of the SetDTE up to its first document."""
        return canonical_child(self._empty).removesuffix(_SET_END)

    def enclose(self, documents: Sequence[bytes]) -> etree._Element:
        """The tree of a root with a SetDTE with nothing but these documents. Raises UnsafeXml."""
        xml = b"".join((self.start.encode(), b"<SetDTE>", *documents, _SET_END, self._end))
        return reader.parse_own(xml, reader.LATIN_1)

    @property
    def _end(self) -> bytes:
        return f"</{self.tag}>".encode()

    @cached_property
    def _empty(self) -> etree._Element:
        return reader.parse_own(self.around([]))


def content(frame: Frame, documents: Sequence[bytes], schemas: SchemaSet) -> Iterator[bytes]:
    """Canonical form of the SetDTE around DTEs of ours, in pieces; each DTE is judged on the way.

    Raises SignatureProblem ``envelope_fragment_broken`` and, for what the schema of a lone document
    or an ID that occurs twice makes illegal, InvalidDocument.
    """
    yield frame.canonical_opening()
    known = {frame.envelope_id}
    for start in range(0, len(documents), _PART):
        part = documents[start : start + _PART]
        root, forms = _prove(frame, part, start)
        for index, document in enumerate(root[0], start):
            _judge(document, known, index, schemas)
        for form in forms:
            yield form
            yield b"\n"
    yield _SET_END


def _prove(
    frame: Frame, documents: Sequence[bytes], first: int
) -> tuple[etree._Element, Sequence[bytes]]:
    """The documents in their places, and each one's canonical form there.

    Cut out of the envelope as the SII does, it is the signed one and verifies.
    """
    for index, document in enumerate(documents, first):
        # Only with the namespace on its own tag it verifies alone (PROTOCOL 5.9).
        if not (document.startswith(DTE_TAG.encode()) and [*_cut(document)] == [document]):
            raise SignatureProblem("envelope_fragment_broken", index=index)
    try:
        root = frame.enclose(documents)
    except UnsafeXml as error:
        raise SignatureProblem("envelope_fragment_broken", index=first) from error
    forms = [*_cut(canonical(root))]
    for index, form in enumerate(forms, first):
        if not is_intact(form):
            raise SignatureProblem("envelope_fragment_broken", index=index)
    return root, forms


def _judge(root: etree._Element, known: set[str], index: int, schemas: SchemaSet) -> None:
    """By the schema, and by what it cannot see: the IDs known in the envelope so far."""
    problems = schemas.validate(root)
    if (name := root[0].get("ID")) in known:
        data = {"document": name}
        problems.append(Problem("envelope_document_twice", f"dtes[{index}]", data))
    if problems:
        raise InvalidDocument(problems)
    known.add(name)


def _cut(xml: bytes) -> Iterator[bytes]:
    """Each document as the SII cuts it out (PROTOCOL 5.9)."""
    for piece in xml.split(b"<DTE ")[1:]:
        inside, end, _ = piece.partition(b"</DTE>")
        if end:
            yield b"<DTE " + inside + end
