"""What others' XML may be made of, counted before libxml2 sees it.

libxml2 looks at each attribute of an element once for every other, and at every namespace in scope
for each name: 100,000 of them in a megabyte take minutes. expat goes through bytes once, whatever
they are, so it counts first. All limits lie far above what the SII's schemas let a document have.
"""

from dataclasses import dataclass
from xml.parsers import expat

from ..errors import UnsafeXml

_EXPAT_NAMES = {"utf-8": "UTF-8"}
"""Other encodings let through have one byte a letter: for counting they are all alike."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """At most so many, or so long. Lengths of names and values are in characters.

    depth: elements inside each other. attributes, namespaces: of one element. scope: declarations
    of namespaces that are in force at one place. prefixes: declarations with one, of a file.
    instructions: processing instructions of a file. text: bytes between two tags.
    """

    depth: int = 40
    attributes: int = 24
    namespaces: int = 6
    scope: int = 18
    prefixes: int = 5_000
    elements: int = 1_000_000
    instructions: int = 20
    name: int = 100
    value: int = 2_000
    text: int = 300_000


UNTRUSTED = Bounds()


def check(data: bytes, encoding: str | None, bounds: Bounds = UNTRUSTED) -> None:
    """Raise UnsafeXml for a file beyond the bounds; the time it takes is linear in its size.

    encoding: Python's name, or None for whatever the file declares. Codes: ``xml_depth``,
    ``xml_attributes``, ``xml_namespaces``, ``xml_elements``, ``xml_instructions``, ``xml_name``,
    ``xml_value`` and ``xml_text``, each with ``limit`` and ``line``; ``xml_dtd``, ``xml_encoding``;
    and ``xml_malformed`` with ``line`` and ``reason``.
    """
    known = encoding and _EXPAT_NAMES.get(encoding, "ISO-8859-1")
    parser = expat.ParserCreate(known)
    parser.ordered_attributes = True
    _Counter(parser, bounds).listen()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "")
        raise UnsafeXml("xml_malformed", line=error.lineno, reason=reason) from None
    except (LookupError, ValueError) as error:  # of an encoding that Python has not
        raise UnsafeXml("xml_encoding", declared=str(error)[:100]) from None


class _Counter:
    """Follows expat through a file. What most elements have is looked at first."""

    __slots__ = (
        "_bounds",
        "_depth",
        "_elements",
        "_instructions",
        "_last",
        "_parser",
        "_prefixes",
        "_scopes",
    )

    def __init__(self, parser: expat.XMLParserType, bounds: Bounds):
        self._parser = parser
        self._bounds = bounds
        self._depth = self._elements = self._instructions = self._prefixes = self._last = 0
        self._scopes = [(0, 0)]  # depth of an element that declares, declarations in force

    def listen(self) -> None:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: list[str]) -> None:
        bounds = self._bounds
        self._text()
        self._depth += 1
        self._elements += 1
        if self._depth > bounds.depth:
            self._refuse("xml_depth", bounds.depth)
        if self._elements > bounds.elements:
            self._refuse("xml_elements", bounds.elements)
        if len(name) > bounds.name:
            self._refuse("xml_name", bounds.name)
        if attributes:
            self._attributes(attributes)

    def _attributes(self, attributes: list[str]) -> None:
        bounds = self._bounds
        names = attributes[::2]
        if len(names) > bounds.attributes:
            self._refuse("xml_attributes", bounds.attributes)
        if max(map(len, names)) > bounds.name:
            self._refuse("xml_name", bounds.name)
        if max(map(len, attributes)) > bounds.value:
            self._refuse("xml_value", bounds.value)
        declared = sum(name.startswith("xmlns") for name in names)
        if declared:
            self._prefixes += sum(name.startswith("xmlns:") for name in names)
            if self._prefixes > bounds.prefixes:
                self._refuse("xml_namespaces", bounds.prefixes)
            in_force = self._scopes[-1][1] + declared
            if declared > bounds.namespaces or in_force > bounds.scope:
                self._refuse("xml_namespaces", min(bounds.namespaces, bounds.scope))
            self._scopes.append((self._depth, in_force))

    def _end(self, _name: str) -> None:
        self._text()
        if self._scopes[-1][0] == self._depth:
            self._scopes.pop()
        self._depth -= 1

    def _instruction(self, target: str, _data: str) -> None:
        self._text()
        self._instructions += 1
        if self._instructions > self._bounds.instructions:
            self._refuse("xml_instructions", self._bounds.instructions)
        if len(target) > self._bounds.name:
            self._refuse("xml_name", self._bounds.name)

    def _doctype(self, *_about: object) -> None:
        raise UnsafeXml("xml_dtd")

    def _text(self) -> None:
        """What lies between two tags, the first of them included."""
        here = self._parser.CurrentByteIndex
        if here - self._last > self._bounds.text:
            self._refuse("xml_text", self._bounds.text)
        self._last = here

    def _refuse(self, code: str, limit: int) -> None:
        raise UnsafeXml(code, limit=limit, line=self._parser.CurrentLineNumber)
