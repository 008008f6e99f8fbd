"""Whether a page of another's mail (HTML) is cleaned in no more time than it has letters.

A program that cleans pages compares each attribute of a tag with every other, and looks from each
sign that opens one to the end of the page for what closes it.
"""

import re

LONGEST = 500_000
_MOST_OPEN, _MOST_BLANKS = 50, 300
_OPEN = re.compile(rb"<(?=[^<>]*+(?:<|\Z))")
_TAG = re.compile(rb"<[^<>]++>")


def is_plain(page: bytes) -> bool:
    """Whether it is no longer than ``LONGEST``, closes what it opens, and has ordinary tags."""
    if len(page) > LONGEST:
        return False
    if sum(1 for _open in _OPEN.finditer(page)) > _MOST_OPEN:
        return False
    return all(len(tag[0].split()) <= _MOST_BLANKS for tag in _TAG.finditer(page))
