"""Reading XML that strangers sent, and cutting documents out of it as text."""

import re
from functools import cache

from lxml import etree

DECLARATION = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n'
_TYPE_AND_FOLIO = re.compile(rb"<TipoDTE>\s*(\d+)\s*</TipoDTE>\s*<Folio>\s*(\d+)\s*</Folio>")
_DTE = re.compile(rb"<DTE[\s>].*?</DTE\s*>", re.DOTALL)


def parse(content: bytes) -> etree._Element:
    """Parse without entities, DTD or network; comments are dropped, as signatures do.

    Raises lxml's XMLSyntaxError, also for any document type declaration.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("DOCTYPE is not allowed", 0, 0, 0)
    return root


def fragments(content: bytes) -> list[bytes]:
    """Each ``<DTE ...>...</DTE>`` of the file as it stands there, byte for byte (PROTOCOL 5.9)."""
    return _DTE.findall(content)


def types_and_folios(content: bytes) -> list[tuple[int, int]]:
    """(type, folio) of the documents in any text."""
    return [(int(type_), int(folio)) for type_, folio in _TYPE_AND_FOLIO.findall(content)]


def parse_fragment(fragment: bytes) -> etree._Element:
    """The fragment as a document of its own: nothing is inherited from the envelope."""
    return parse(DECLARATION + fragment)


def content_of(element: etree._Element) -> list[tuple[str, str]]:
    """Local name and text of every element in it: what a reader gets to see."""
    return [
        (etree.QName(found).localname, (found.text or "").strip()) for found in element.iter("*")
    ]


def find(element: etree._Element, path: str) -> etree._Element | None:
    """First descendant by local names: ``Encabezado/IdDoc/Folio``, in any namespace."""
    return element.find(_anywhere(path))


def find_all(element: etree._Element, path: str) -> list[etree._Element]:
    return element.findall(_anywhere(path))


@cache
def _anywhere(path: str) -> str:
    return "/".join(f"{{*}}{step}" for step in path.split("/"))


def text(element: etree._Element, path: str) -> str:
    """Text of the first match, trimmed; '' when there is none."""
    found = find(element, path)
    return (found.text or "").strip() if found is not None else ""
