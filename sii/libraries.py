"""Libraries beyond the standard one, imported when they are first used.

One that is missing, too old, or does not load together with others stops what needs it and
reports that; it never keeps this package, and with it a whole Odoo, from being imported.
"""

import functools
import importlib
import logging
from types import ModuleType

from .errors import MissingLibrary

_logger = logging.getLogger(__name__)

NEEDED = {
    "cl-sii": ("cl_sii", ()),
    # certificates with the algorithms of old .pfx files: from 43 on
    "cryptography": ("cryptography.hazmat.decrepit.ciphers.algorithms", ("RC2",)),
    "pdf417gen": ("pdf417gen.encoding", ("encode_rows", "get_padding")),
    "pydantic": ("pydantic", ("TypeAdapter", "ValidationError")),
    "qrcode": ("qrcode", ("QRCode", "ERROR_CORRECT_L")),
    "zeep": ("zeep", ("Client", "Transport")),
}
"""Package -> the module and names of it without which nothing can be issued."""

SIGNING = {"xmlsec": ("xmlsec", ("SignatureContext", "Key"))}
"""What signs by default; cryptography replaces it with the same bytes."""

_ALL = {**NEEDED, **SIGNING}


def load(package: str) -> ModuleType:
    """The module of a package named here. Raises MissingLibrary (``library_unfit``)."""
    reason, module = _loaded(package)
    if module is None:
        raise MissingLibrary("library_unfit", package=package, reason=reason)
    return module


def unfit(packages=tuple(NEEDED)) -> dict[str, str]:
    """Package -> why it cannot be used, of those that cannot."""
    reasons = {package: _loaded(package)[0] for package in packages}
    return {package: reason for package, reason in reasons.items() if reason}


@functools.cache  # a process sees what was there when it began: a new library needs a new start
def _loaded(package: str) -> tuple[str, ModuleType | None]:
    name, needed = _ALL[package]
    try:
        module = importlib.import_module(name)
        for each in needed:
            getattr(module, each)
    except Exception as error:  # noqa: BLE001 - a library that does not fit may raise anything
        _logger.warning("The Python package %s cannot be used", package, exc_info=True)
        return f"{type(error).__name__}: {error}", None
    return "", module
