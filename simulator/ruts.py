"""RUTs as the SII writes them: ``12345678-9``, no dots, upper-case K."""

import re

from stdnum.cl import rut as _rut

SII = "60803000-K"
_SHAPE = re.compile(r"[0-9]{1,8}-[0-9K]")


def is_valid(text: str) -> bool:
    """Whether the text has the SII's form and a right check digit."""
    return bool(_SHAPE.fullmatch(text)) and _rut.is_valid(text)


def canonical(text: str) -> str:
    """The one written form; raises ValueError when it is no RUT."""
    clean = text.strip().replace(".", "").upper()
    body, _, digit = clean.rpartition("-")
    joined = f"{body.lstrip('0')}-{digit}"
    if not is_valid(joined):
        raise ValueError(f"not a RUT: {text}")
    return joined


def join(body: str, digit: str) -> str:
    """From the two parameters of the services; empty when they make no RUT."""
    joined = f"{body.strip().lstrip('0')}-{digit.strip().upper()}"
    return joined if is_valid(joined) else ""
