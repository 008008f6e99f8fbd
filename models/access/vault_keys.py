"""The key that seals secrets: from odoo.conf, the environment or a file, never from the database.

A sealed text is ``fernet:`` and a token, an open one ``open:`` and base64. Several keys, separated
by commas or lines: the first one seals, all open, so that keys can be changed without a pause.
"""

import base64
import binascii
import os
import re
import stat
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from odoo.tools import config

_OPTION = "l10n_cl_sii_key"
_OPTION_FILE = "l10n_cl_sii_key_file"
_SEALED = "fernet:"
_OPEN = "open:"


class KeyProblem(Exception):
    """A secret cannot be sealed or opened. code: key of its sentence in ``text_vault``."""

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def known() -> tuple[str, ...]:
    """The keys that this server was given, as they stand; the first one seals.

    Raises KeyProblem when a file of keys cannot be read.
    """
    texts = [_setting(_OPTION), *map(_content, files())]
    return tuple(dict.fromkeys(key for text in texts for key in re.split(r"[\s,]+", text) if key))


def files() -> list[Path]:
    """The files that keys are read from."""
    return [Path(name) for name in re.split(r"[\n,]+", _setting(_OPTION_FILE)) if name.strip()]


def is_readable_by_others(path: Path) -> bool:
    """Whether others than its owner and group may read a file of keys."""
    try:
        return bool(path.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False  # that it cannot be read is shown elsewhere


def seal(data: bytes) -> str:
    """``data`` as it is kept: sealed when there is a key. Raises KeyProblem."""
    if fernet := _fernet(known()):
        return _SEALED + fernet.encrypt(data).decode()
    return _OPEN + base64.b64encode(data).decode()


def unseal(kept: str, keys: tuple[str, ...]) -> bytes:
    """What ``seal`` was given. Raises KeyProblem."""
    if not is_sealed(kept):
        try:
            return base64.b64decode(kept.removeprefix(_OPEN), validate=True)
        except binascii.Error:
            raise KeyProblem("vault_damaged") from None
    if not (fernet := _fernet(keys)):
        raise KeyProblem("vault_key_lost")
    try:
        return fernet.decrypt(kept.removeprefix(_SEALED))
    except InvalidToken:
        raise KeyProblem("vault_key_lost") from None


def is_sealed(kept: str) -> bool:
    """Whether it can be read by nobody who has not the key."""
    return kept.startswith(_SEALED)


def is_current(kept: str) -> bool:
    """Whether it is kept as ``seal`` would keep it now. Raises KeyProblem."""
    keys = known()
    if not keys:
        return True  # what is sealed stays so
    if not is_sealed(kept):
        return False
    try:
        unseal(kept, keys[:1])
    except KeyProblem as problem:
        if problem.code != "vault_key_lost":
            raise
        return False
    return True


def _setting(name: str) -> str:
    given = (config.get(name), os.environ.get(name.upper()))
    return "\n".join(text for text in given if text)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise KeyProblem("vault_key_file_unreadable", path=str(path)) from None


def _fernet(keys: tuple[str, ...]) -> MultiFernet | None:
    try:
        return MultiFernet([Fernet(key) for key in keys]) if keys else None
    except ValueError:
        # Not chained: the cause may quote the key.
        raise KeyProblem("vault_key_malformed") from None
