"""The file before anyone reads its contents: bytes, lines, XML, schema (PROTOCOL 2.3)."""

import re
from collections.abc import Collection

from lxml import etree

from ..verify import xmltext
from ..verify.schema import Schemas

MAX_LINE = 4090
_DECLARED = re.compile(rb'<\?xml version="1\.0" encoding="([^"\']*)" *\?>')


def content_errors(content: bytes, schemas: Schemas, roots: Collection[str]) -> list[str]:
    """What the SII's parser reports of it, in its own words; [] when nothing.

    :param roots: the documents this door takes.
    """
    declared = _DECLARED.match(content)
    if not declared or declared[1].upper() != b"ISO-8859-1":
        return ["CHR-00001: Invalid Character Set"]
    for number, line in enumerate(content.split(b"\n"), 1):
        if len(line) > MAX_LINE:
            return [f"CHR-00002: Line too long (line {number})"]
    try:
        root = xmltext.parse(content)
    except etree.XMLSyntaxError as error:
        return [f"LPX-00007: {error.msg}"]
    name = etree.QName(root).localname
    if name not in roots:
        return [f"SCH-00001: schema of element {name} not registered"]
    return schemas.errors(root)
