"""Text as the SII can read it: ISO-8859-1, no controls, five entities (PROTOCOL 2.3, 5.9).

ASCII quotes and apostrophes are kept and escaped, as the SII's printed-samples manual asks; only
their typographic sisters, which ISO-8859-1 does not know, become ASCII.

>>> fold("“Ñandú”\\tKraków – 5 € 😀 ")
'"Ñandú" Kraków - 5 EUR'
>>> fold("Comercial San José", limit=10)
'Comercial'
>>> escape('<6" & O\\'Higgins>')
'&lt;6&quot; &amp; O&apos;Higgins&gt;'
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from html import unescape

# Whatever is not a visible ISO-8859-1 character or a blank. The soft hyphen (AD) is invisible too.
_FOREIGN = re.compile("[^ -~\xa1-\xac\xae-\xff]")
_TEXT = re.compile(r">[^<>]++<")
_BETWEEN_TAGS = re.compile(r">[ \t\r\n]++<")
_LATIN_LETTER = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z]{1,2}) WITH ")
_NEAREST = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−⁃•", "-")
    | {"€": "EUR", "Œ": "OE", "œ": "oe", "ẞ": "ß", "ı": "i", "⁄": "/", "‹": "<", "›": ">"}
)


def fold(text: str, limit: int | None = None) -> str:
    """The text in visible ISO-8859-1 characters, blanks collapsed, at most ``limit`` characters.

    Clipping counts characters before escaping and leaves no blank at the end, because foreign
    tools trim those and break the signature (PROTOCOL 6.1, 12.2).
    """
    if _FOREIGN.search(text):
        text = _FOREIGN.sub(_nearest, _composed(text))
    text = " ".join(text.split())
    return text if limit is None else text[:limit].rstrip()


def unencodable(text: str) -> str:
    """The characters, once each, that ``fold`` loses for want of anything near in ISO-8859-1.

    Control characters and combining marks mean nothing on their own and are not counted.

    >>> unencodable("Sushi 寿司\\x07")
    '寿司'
    """
    lost = (
        char
        for char in dict.fromkeys(_composed(text))
        if _FOREIGN.match(char) and unicodedata.category(char)[0] not in "CM"
    )
    return "".join(char for char in lost if not _FOREIGN.sub(_nearest, char))


def as_signed(flat: str) -> Iterator[bytes]:
    """The bytes over which a flat TED or DA may have been signed: as it is, and with the five
    entities and no others in its texts, which change where XML is read and written again.

    >>> list(as_signed('<RS a="">6" n&#186;</RS>'))[1]
    b'<RS a="">6&quot; n\\xba</RS>'
    """
    for form in (flat, _TEXT.sub(lambda found: f">{escape(unescape(found[0][1:-1]))}<", flat)):
        with suppress(UnicodeEncodeError):
            yield encode(form)


def escape(text: str) -> str:
    """The text with the five entities the SII demands."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&apos;")
    )


def flatten(xml: str) -> str:
    """The XML text without white space between its tags, as stamps are signed (PROTOCOL 6.2)."""
    return _BETWEEN_TAGS.sub("><", xml).strip()


def encode(text: str) -> bytes:
    """The bytes of an XML text. Raises UnicodeEncodeError where ``fold`` was forgotten."""
    return text.encode("iso-8859-1")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_NEAREST)


def _nearest(match: re.Match[str]) -> str:
    """What replaces one foreign character: a blank, its compatible letters, or nothing."""
    char = match.group()
    if char.isspace():
        return " "
    compatible = unicodedata.normalize("NFKD", char).translate(_NEAREST)
    bare = _FOREIGN.sub("", compatible)
    if bare:
        return bare
    letter = _LATIN_LETTER.match(unicodedata.name(char, ""))
    if letter is None:
        return ""
    return letter[2] if letter[1] == "CAPITAL" else letter[2].lower()
