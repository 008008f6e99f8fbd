"""The one door for XML that others wrote: suppliers' files, CAFs, the SII's answers.

Whatever needs a DTD is refused before libxml2 sees it, so that no entity is ever expanded or
fetched. Files of the field lie about their encoding; PROTOCOL 0.3, 7.1 and 12 say how.
"""

import codecs
import functools
import re
from collections.abc import Iterator

from lxml import etree

from ..errors import UnsafeXml

MAX_BYTES = 50 * 1024 * 1024
"""An envelope of 2000 documents (PROTOCOL 12.1), with room to spare."""

LATIN_1 = "iso8859-1"
_XML_NAMES = {LATIN_1: "ISO-8859-1", "cp1252": "windows-1252", "utf-8": "UTF-8"}

_DECLARED_ENCODING = re.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DTE_EDGES = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"  # text, whatever it looks like
    rb"|(?P<start><DTE[\s>])|(?P<end></DTE\s*>)",
    re.DOTALL,
)


def parse(data: bytes, encoding: str | None = None) -> etree._Element:
    """The root element, without comments.

    encoding: Python name that overrules what the file declares; CAFs are ISO-8859-1 always.
    Raises UnsafeXml: ``xml_too_big``, ``xml_encoding``, ``xml_dtd`` or ``xml_malformed``.
    """
    if len(data) > MAX_BYTES:
        raise UnsafeXml("xml_too_big", size=len(data), limit=MAX_BYTES)
    data = _trim(data)
    encoding = encoding or encoding_of(data)
    # The encodings let through are supersets of ASCII, so these bytes cannot hide.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeXml("xml_dtd")
    try:
        return etree.fromstring(data, _parser(encoding))
    except etree.XMLSyntaxError as error:
        raise UnsafeXml("xml_malformed", line=error.lineno, reason=error.msg) from error


def encoding_of(data: bytes) -> str:
    """Python name of the encoding to read ``data`` with: ISO-8859-1, windows-1252 or UTF-8.

    Bytes that are no UTF-8 although they should be are ISO-8859-1. Raises UnsafeXml
    ``xml_encoding`` for any other declared encoding.
    """
    found = _DECLARED_ENCODING.match(_trim(data))
    declared = found[1].decode("ascii") if found else "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if b"\0" in data[:4] or name not in (*_XML_NAMES, "ascii"):
        raise UnsafeXml("xml_encoding", declared=declared)
    if name in ("utf-8", "ascii"):
        return "utf-8" if _is_utf8(data) else LATIN_1
    return name


def fragments(data: bytes) -> list[bytes]:
    """Every DTE of the file, cut out as text the way the SII does (PROTOCOL 5.9).

    Each is a document of its own: the bytes as they stand, after a declaration of the encoding
    they are in. Namespaces that only the envelope declares are lost, as they are for the SII.
    Raises UnsafeXml ``xml_ambiguous`` when text and parsed file disagree, and what ``parse`` does.
    """
    root = parse(data)
    data = _trim(data)
    declaration = f'<?xml version="1.0" encoding="{_XML_NAMES[encoding_of(data)]}"?>\n'.encode()
    cuts = list(_cuts(data))
    if len(cuts) != sum(1 for _ in root.iter("{*}DTE")):
        raise UnsafeXml("xml_ambiguous", found=len(cuts))
    return [declaration + cut for cut in cuts]


def text_of(parent: etree._Element, path: str) -> str:
    """Trimmed text of the first element at ``path`` (``Encabezado/IdDoc/Folio``, whatever the
    namespace); nothing when there is none. Raises what ``plain_text`` does."""
    node = find(parent, path)
    return "" if node is None else plain_text(node)


def plain_text(element: etree._Element) -> str:
    """Trimmed text of an element.

    Raises UnsafeXml ``xml_malformed`` when it holds anything but text: a processing instruction
    inside a number would cut what one reader sees and another does not.
    """
    if len(element):
        reason = f"{local_name(element)} is not plain text"
        raise UnsafeXml("xml_malformed", line=element.sourceline, reason=reason)
    return (element.text or "").strip()


def find(parent: etree._Element, path: str) -> etree._Element | None:
    """First element at ``path``, whatever its namespace."""
    return parent.find(_any_namespace(path))


def find_all(parent: etree._Element, path: str) -> list[etree._Element]:
    """All elements at ``path``, whatever their namespace."""
    return parent.findall(_any_namespace(path))


def local_name(element: etree._Element) -> str:
    """Name of the element without its namespace."""
    return etree.QName(element).localname


@functools.cache
def _parser(encoding: str) -> etree.XMLParser:
    """Threads may share it: lxml lets one in at a time."""
    return etree.XMLParser(
        encoding=_XML_NAMES[encoding],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,  # a comment inside an amount would cut what .text shows
    )


def _any_namespace(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def _trim(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8).lstrip()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _cuts(data: bytes) -> Iterator[bytes]:
    start = None
    for edge in _DTE_EDGES.finditer(data):
        if edge["start"] and start is None:
            start = edge.start()
        elif edge["end"] and start is not None:
            yield data[start : edge.end()]
            start = None
