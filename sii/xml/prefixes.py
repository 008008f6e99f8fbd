"""Documents whose names have prefixes (``sii:DTE``, ``ns0:DTE``): some programs write them when
they pass a file on.

The SII looks for names without one (PROTOCOL 5.9), so what was signed and sent to it has none. The
prefixes are taken off, and what is left is the document: it alone is judged, kept and read.
"""

import re

from lxml import etree

from ..errors import UnsafeXml
from .writer import DSIG_NAMESPACE, SII_NAMESPACE

# Possessive throughout: no letter is ever tried twice.
_TAG = re.compile(
    rb"""<(?P<slash>/?+)(?:(?P<prefix>[\w.-]++):)?(?P<name>[\w.-]++)"""
    rb"""(?P<rest>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*)>"""
)
_DECLARED = re.compile(
    rb"""(?<!\s)\s++xmlns:(?P<prefix>[\w.-]++)\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+')"""
)
_DEFAULT = re.compile(rb"""(?<![\w.:-])xmlns\s*+=\s*+(?:"(?P<one>[^"<]*+)"|'(?P<other>[^'<]*+)')""")
_OWN = {"DTE": SII_NAMESPACE, "Signature": DSIG_NAMESPACE}


def taken_off(text: bytes, document: etree._Element) -> bytes:
    """The DTE without the prefixes of its elements.

    text: it alone, as it is in its file. document: the same, parsed. Raises UnsafeXml
    ``xml_prefixed`` where a prefix means something else than the SII's names or a signature's,
    or where there may be names that are none: comments, instructions, CDATA.
    """
    used = set()
    for element in document.iter(etree.Element):
        if element.prefix:
            if etree.QName(element).namespace not in _OWN.values():
                raise UnsafeXml("xml_prefixed")
            used.add(element.prefix.encode())
    if len(_TAG.findall(text)) != text.count(b"<"):
        raise UnsafeXml("xml_prefixed")
    return _TAG.sub(lambda tag: _bare(tag, used), text)


def _bare(tag: re.Match[bytes], used: set[bytes]) -> bytes:
    name = tag["name"].decode()
    rest = _DECLARED.sub(lambda each: b"" if each["prefix"] in used else each[0], tag["rest"])
    if tag["prefix"] and name in _OWN and not tag["slash"]:
        default = _DEFAULT.search(rest)
        if default is None:
            rest = f' xmlns="{_OWN[name]}"'.encode() + rest
        elif (default["one"] or default["other"] or b"") != _OWN[name].encode():
            raise UnsafeXml("xml_prefixed")
    return b"<" + tag["slash"] + tag["name"] + rest + b">"
