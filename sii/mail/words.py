"""Texts of another's mail as people and a database can have them."""

import codecs
import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header

_LONGEST = 5_000
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?")
# Others have rules of their own: some take as long as their sender chooses, some are no charsets.
_CHARSETS = re.compile(
    r"ascii|utf-(?:8|16|32)(?:-[lb]e)?|iso8859-\d{1,2}|cp\d{3,4}|koi8-[rut]|mac-\w{1,20}|gb\w{1,8}|"
    r"big5\w{0,6}|shift_jis\w{0,5}|euc_\w{1,9}"
)


def legible(text: str) -> str:
    """A line of a mail's head; bytes that no mail may have there are UTF-8 or Latin letters."""
    text = text[:_LONGEST]
    if not text.isascii():
        text = text_of(text.encode("utf-8", "surrogateescape"))
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def words(text: str) -> str:
    """As ``legible``, with the words that are encoded (RFC 2047) read."""
    text = legible(text)
    if not _ENCODED.search(text):
        return text
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    read = [each if isinstance(each, str) else text_of(each, named) for each, named in pieces]
    return legible("".join(read))


def is_charset(name: str) -> bool:
    """Whether this names a charset in which texts are written, and in no more time than they have
    letters."""
    try:
        return bool(_CHARSETS.fullmatch(codecs.lookup(name).name))
    except (LookupError, ValueError):
        return False


def text_of(content: bytes, charset: str | None = None) -> str:
    """A text in its charset, or in one that fits its bytes; without NUL."""
    known = charset and is_charset(charset)
    for each in (charset if known else "utf-8", "utf-8"):
        with suppress(UnicodeError):  # not of these bytes: the next
            return content.decode(each).replace("\0", "")
    return content.decode("iso-8859-1").replace("\0", "")
