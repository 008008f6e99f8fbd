"""Names in a stamp: the first 40 characters of the document's (PROTOCOL 6.1).

On the way some lose their accents, some their case or blanks, and some letters become question
marks; that is no forgery.
"""

import unicodedata


def is_beginning(stamped: str, stated: str) -> bool:
    """Whether the stamped name is how the name in a document begins."""
    ends = [(_kept(each), _spelt(each)) for each in (stamped, stated)]
    return any(
        short and long.startswith(short) for short in ends[0] for long in ends[1]
    ) or not any(ends[0])


def _kept(text: str) -> str:
    """ASCII letters and digits alone."""
    return "".join(char for char in text.casefold() if char.isascii() and char.isalnum())


def _spelt(text: str) -> str:
    """The same with what letters are without their accents."""
    return _kept(unicodedata.normalize("NFKD", text[:1000]))
