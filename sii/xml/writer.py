"""XML text in the order it is written: one element a line, empty optional elements left out.

Text and not a tree, because what is signed must be the very bytes that are stored and sent.
"""

from datetime import date
from decimal import Decimal

from ..text import escape, fold

DECLARATION = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
"""With double quotes: the SII's parser takes no others (PROTOCOL 2.3)."""

SII_NAMESPACE = "http://www.sii.cl/SiiDte"
DTE_TAG = f'<DTE xmlns="{SII_NAMESPACE}" version="1.0">'
"""The namespace is on the DTE tag itself: variant D of PROTOCOL 5.9."""

XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"
DSIG_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"

Value = str | int | Decimal | date | None


def leaf(tag: str, value: Value, limit: int | None = None) -> str:
    """``<tag>value</tag>`` on its own line; nothing when value is None or has no visible text.

    limit: at most so many characters of a text, counted before escaping.
    """
    content = plain(value, limit)
    return f"<{tag}>{content}</{tag}>\n" if content else ""


def group(tag: str, *children: str, attributes: str = "") -> str:
    """An element around the children; nothing when they all are empty."""
    inside = "".join(children)
    return f"<{tag}{attributes}>\n{inside}</{tag}>\n" if inside else ""


def plain(value: Value, limit: int | None = None) -> str:
    """The value as written between tags: escaped text, plain decimal, ISO date (PROTOCOL 0.3)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return escape(fold(value, limit))
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")  # + 0 turns -0 into 0
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value))
