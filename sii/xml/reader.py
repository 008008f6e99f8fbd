"""The one door for XML that others wrote: suppliers' files, CAFs, the SII's answers.

Whatever needs a DTD, or is beyond the ``bounds``, is refused before libxml2 sees it, so that no
entity is ever expanded or fetched and no file costs more than its size. Files of the field lie
about their encoding; PROTOCOL 0.3, 7.1 and 12 describe how.
"""

import codecs
import functools
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

from lxml import etree

from ..errors import UnsafeXml
from . import bounds, prefixes

MAX_BYTES = 50 * 1024 * 1024
"""An envelope of 2000 documents (PROTOCOL 12.1), with room to spare."""

MAX_DOCUMENTS = 2000
"""In one file: what the SII's schema allows an envelope."""

_BEGINNING = 64 * 1024
"""Bytes of a file within which its root begins."""

_ANSWERS = bounds.Bounds(text=MAX_BYTES)

LATIN_1 = "iso8859-1"
_XML_NAMES = {LATIN_1: "ISO-8859-1", "cp1252": "windows-1252", "utf-8": "UTF-8"}

_DECLARED_ENCODING = re.compile(
    rb"<\?xml\s[^>]{0,200}?\bencoding\s{0,10}=\s{0,10}[\"']([A-Za-z0-9._-]{1,40})[\"']"
)
_DECLARATION = re.compile(rb"<\?xml\s[^>]{0,300}?\?>\s*+")
# Where a DTE begins or ends, and what may hold text that looks like it.
_DTE_EDGE = re.compile(
    rb"<(?:(?P<hidden>!--|!\[CDATA\[|\?)|(?P<start>(?:[\w.-]{1,50}+:)?DTE(?=[\s/>]))"
    rb"|(?P<end>/(?:[\w.-]{1,50}+:)?DTE\s*+>))"
)
_REST_OF_TAG = re.compile(rb"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*>")
_CLOSED_BY = {b"!--": b"-->", b"![CDATA[": b"]]>", b"?": b"?>"}


def parse(data: bytes, encoding: str | None = None) -> etree._Element:
    """The root element of what others wrote, without comments.

    encoding: Python name that overrules what the file declares; CAFs are ISO-8859-1 always.
    Raises UnsafeXml: ``xml_too_big``, ``xml_encoding``, ``xml_malformed``, and what
    ``bounds.check`` does.
    """
    return _checked(data, encoding, bounds.UNTRUSTED)


def parse_answer(data: bytes, encoding: str) -> etree._Element:
    """As ``parse``, for an answer of the SII, which may carry a whole document as one text."""
    return _checked(data, encoding, _ANSWERS)


def parse_own(data: bytes, encoding: str | None = None) -> etree._Element:
    """As ``parse``, of what we wrote or cut out of what was parsed: nothing is counted again."""
    data = _trim(data)
    return _tree(data, encoding or encoding_of(data))


def _checked(data: bytes, encoding: str | None, limits: bounds.Bounds) -> etree._Element:
    if len(data) > MAX_BYTES:
        raise UnsafeXml("xml_too_big", size=len(data), limit=MAX_BYTES)
    data = _trim(data)
    encoding = encoding or encoding_of(data)
    bounds.check(data, encoding, limits)
    return _tree(data, encoding)


def _tree(data: bytes, encoding: str) -> etree._Element:
    # The encodings let through are supersets of ASCII, so these bytes cannot hide.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeXml("xml_dtd")
    try:
        return etree.fromstring(data, _parser(encoding))
    except etree.XMLSyntaxError as error:
        raise UnsafeXml("xml_malformed", line=error.lineno, reason=error.msg) from error


def encoding_of(data: bytes) -> str:
    """Python name of the encoding to read ``data`` with: ISO-8859-1, windows-1252 or UTF-8.

    Bytes that are no UTF-8 although they should be are ISO-8859-1; those that are no windows-1252
    are UTF-8 where they can be. Raises UnsafeXml ``xml_encoding`` for any other declared encoding.
    """
    found = _DECLARED_ENCODING.match(_trim(data))
    declared = found[1].decode("ascii") if found else "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if b"\0" in data[:4]:
        raise UnsafeXml("xml_encoding", declared="UTF-16")
    if name not in (*_XML_NAMES, "ascii"):
        raise UnsafeXml("xml_encoding", declared=declared)
    if name in ("utf-8", "ascii"):
        return "utf-8" if _is(data, "utf-8") else LATIN_1
    if name == "cp1252" and not _is(data, name):
        return "utf-8" if _is(data, "utf-8") else LATIN_1
    return name


def in_other_encoding(data: bytes) -> bytes | None:
    """The file with a declaration of the other encoding that its bytes fit: UTF-8 or ISO-8859-1.

    None where none fits, or where it would make no difference. Some programs write one and
    declare the other; the signature shows which of them was signed.
    """
    if data.isascii():
        return None
    other = LATIN_1 if encoding_of(data) == "utf-8" else "utf-8"
    if not _is(data, other):
        return None
    found = _DECLARATION.match(_trim(data))
    rest = _trim(data)[found.end() :] if found else _trim(data)
    return f'<?xml version="1.0" encoding="{_XML_NAMES[other]}"?>\n'.encode() + rest


def is_harmless(data: bytes) -> bool:
    """Whether another reader of XML, such as Odoo's for invoices of other countries, may be given
    the file: it is within bounds, however long its texts are, and declares no document type."""
    if len(data) > MAX_BYTES:
        return False
    try:
        bounds.check(data, None, _ANSWERS)
    except UnsafeXml:
        return False
    return True


def root_name(data: bytes) -> str:
    """Name of the root without its prefix, from the beginning of the file; '' when it has none.

    Whether the rest is XML is not looked at, and the encoding makes no difference.
    """
    data = _trim(data[:_BEGINNING])
    names: list[str] = []
    # in ASCII the encodings of tax documents are alike; NUL shows those of two bytes a letter
    parser = expat.ParserCreate(None if b"\0" in data[:4] else "ISO-8859-1")
    parser.StartElementHandler = lambda name, _attributes: names.append(name)
    with suppress(expat.ExpatError, LookupError, ValueError):  # what follows may be anything
        parser.Parse(data)
    return names[0].rpartition(":")[2] if names else ""


def decode(data: bytes) -> str:
    """The text of a file, without the mark of its byte order. Raises UnsafeXml ``xml_encoding``."""
    encoding = encoding_of(data)
    try:
        return _trim(data).decode(encoding)
    except UnicodeDecodeError:
        raise UnsafeXml("xml_encoding", declared=encoding) from None


def fragments(data: bytes) -> list[bytes]:
    """Every DTE of the file, cut out as text the way the SII does (PROTOCOL 5.9).

    Each is a document of its own: the bytes as they are, after a declaration of the encoding
    they are in. Namespaces that only the envelope declares are lost, as they are for the SII.
    Prefixes are taken off its names. Raises UnsafeXml ``xml_prefixed`` where ``prefixes`` cannot do
    that, ``xml_ambiguous`` when text and parsed file disagree, ``documents_too_many``, and what
    ``parse`` does.
    """
    return cut(data, parse(data))


def cut(data: bytes, root: etree._Element) -> list[bytes]:
    """As ``fragments``, of a file that was parsed to ``root``."""
    data = _trim(data)
    declaration = f'<?xml version="1.0" encoding="{_XML_NAMES[encoding_of(data)]}"?>\n'.encode()
    cuts = list(itertools.islice(_cuts(data), MAX_DOCUMENTS + 1))
    if len(cuts) > MAX_DOCUMENTS:
        raise UnsafeXml("documents_too_many", limit=MAX_DOCUMENTS)
    documents = list(itertools.islice(root.iter("{*}DTE"), MAX_DOCUMENTS + 1))
    if len(cuts) != len(documents):
        raise UnsafeXml("xml_ambiguous", found=len(cuts))
    return [
        declaration + (prefixes.taken_off(cut, document) if document.prefix else cut)
        for cut, document in zip(cuts, documents, strict=True)
    ]


def text_of(parent: etree._Element, path: str) -> str:
    """Trimmed text of the one element at ``path`` (``Encabezado/IdDoc/Folio``, whatever the
    namespace); nothing when there is none. Raises what ``find`` and ``plain_text`` do."""
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
    """The one element at ``path``, whatever its namespace; None when there is none.

    Raises UnsafeXml ``xml_twice`` when it, or one that holds it, occurs twice: of two, every
    reader would take another.
    """
    for name in path.split("/"):
        found = parent.iterchildren(f"{{*}}{name}")
        child = next(found, None)
        if child is None:
            return None
        if next(found, None) is not None:
            raise UnsafeXml("xml_twice", path=path, line=child.sourceline)
        parent = child
    return parent


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


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _cuts(data: bytes) -> Iterator[bytes]:
    start, at = None, 0
    while edge := _DTE_EDGE.search(data, at):
        at = edge.end()
        if hidden := edge["hidden"]:
            closing = _CLOSED_BY[hidden]
            end = data.find(closing, at)
            if end < 0:
                return
            at = end + len(closing)
        elif edge["start"] and start is None:
            start = edge.start()
            tag = _REST_OF_TAG.match(data, at)
            at = tag.end() if tag else at
            if tag and tag[0].endswith(b"/>"):
                yield data[start:at]
                start = None
        elif edge["end"] and start is not None:
            yield data[start:at]
            start = None
