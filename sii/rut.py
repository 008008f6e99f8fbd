"""RUT, the Chilean taxpayer number, in its one canonical form: ``76086428-5`` (PROTOCOL 0.3).

>>> canonical("76.086.428-5")
'76086428-5'
>>> split("60803000-k")
('60803000', 'K')
>>> is_valid("76123456-7")
False
"""

import functools

from stdnum.cl import rut as stdnum_rut
from stdnum.exceptions import ValidationError

from .codes import ANONYMOUS_RUT
from .errors import InvalidRut


@functools.lru_cache(maxsize=256)  # issuer and sender are in every document, several times
def canonical(text: str) -> str:
    """The RUT without dots or leading zeros, dash before the check digit, ``K`` upper case.

    Raises InvalidRut when it is malformed or its check digit is wrong.
    """
    try:
        compact = stdnum_rut.validate(text)
    except ValidationError as error:
        raise InvalidRut("rut_invalid", rut=text) from error
    return f"{compact[:-1].lstrip('0')}-{compact[-1]}"


def is_valid(text: str) -> bool:
    """Whether ``canonical`` would accept it."""
    try:
        canonical(text)
    except InvalidRut:
        return False
    return True


def is_anonymous(text: str) -> bool:
    """Whether this is the RUT that the law lends to buyers without one."""
    return is_valid(text) and canonical(text) == ANONYMOUS_RUT


def canonical_or_text(text: str) -> str:
    """Canonical when it is a RUT; what is none stays as typed, for the rules to name it."""
    return canonical(text) if is_valid(text) else text


def split(text: str) -> tuple[str, str]:
    """Body and check digit, as SOAP and multipart parameters take them."""
    body, check_digit = canonical(text).split("-")
    return body, check_digit
