"""What ``Accept-Language`` asks for, as its reader in Odoo's addon takes it."""

import re

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{2})?")
_MOST_LANGUAGES = 10


def wanted(header: str) -> str:
    """The languages that a caller wants, the best first; what is no language is left out."""
    codes = [code for code, _quality in parse_accept_header(header, LanguageAccept)]
    return ",".join(list(filter(_LANGUAGE.fullmatch, codes))[:_MOST_LANGUAGES])
