"""The CAF element as files and stamps carry it: one grammar over its flat text (PROTOCOL 6, 7).

The SII signed bytes. A program that finds the signed bytes in one way and the values in another
can be shown two things, so here both come from one match, and whatever else the text holds - a
blank in a tag, an attribute, a second element, a comment - is no CAF.
"""

import re
from html import unescape

from ..errors import CafProblem
from ..text import flatten

BASE64 = r"[A-Za-z0-9+/=\s]{1,3000}+"
RUT = r"[0-9]{1,9}+-[0-9Kk]"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TEXT = r"[^<>]{1,400}+"
"""Of a name, with its entities; a name has 40 characters."""

GRAMMAR = (
    r'(?P<caf><CAF version="1\.0">'
    rf"(?P<da><DA><RE>(?P<caf_rut>{RUT})</RE><RS>(?P<caf_name>{TEXT})</RS>"
    r"<TD>(?P<caf_kind>[0-9]{1,4}+)</TD>"
    r"<RNG><D>(?P<first>[0-9]{1,10}+)</D><H>(?P<last>[0-9]{1,10}+)</H></RNG>"
    rf"<FA>(?P<authorised_on>{DAY})</FA>"
    rf"<RSAPK><M>(?P<modulus>{BASE64})</M><E>(?P<exponent>{BASE64})</E></RSAPK>"
    r"<IDK>(?P<idk>[0-9]{1,6}+)</IDK></DA>)"
    rf'<FRMA algoritmo="SHA1withRSA">(?P<frma>{BASE64})</FRMA></CAF>)'
)
"""A pattern to be part of others: it takes no character twice."""

_WHOLE = re.compile(GRAMMAR)
_START = re.compile(r"<(?:[\w.-]++:)?CAF(?=[\s/>])")
_END = re.compile(r"</CAF\s*+>")
_NEEDED = ("DA", "RE", "RS", "TD", "RNG", "D", "H", "FA", "RSAPK", "M", "E", "IDK", "FRMA")


def cut(content: str) -> str:
    """The one CAF element of an XML text, flat. Raises CafProblem ``caf_incomplete``,
    ``caf_twice``."""
    starts = list(_START.finditer(content))
    if len(starts) > 1:
        raise CafProblem("caf_twice", tag="CAF")
    end = _END.search(content, starts[0].end()) if starts else None
    if end is None:
        raise CafProblem("caf_incomplete", tag="CAF")
    return flatten(content[starts[0].start() : end.end()])


def match(flat: str) -> re.Match[str]:
    """The values and signed bytes of a CAF, as groups of ``GRAMMAR``.

    Raises CafProblem ``caf_incomplete``, ``caf_twice`` or ``caf_unreadable``.
    """
    found = _WHOLE.fullmatch(flat)
    if found is None:
        for tag in _NEEDED:
            count = flat.count(f"<{tag}>") + flat.count(f"<{tag} ")
            if not count or (count > 1 and tag != "D"):
                raise CafProblem("caf_twice" if count else "caf_incomplete", tag=tag)
        raise CafProblem("caf_unreadable", cause="form")
    return found


def plain(text: str) -> str:
    """What a text of the grammar means, its entities resolved."""
    return unescape(text).strip()
