"""Seeds and tokens (PROTOCOL 1.3, 1.5): a store for each family of services (4)."""

import secrets
import string
from dataclasses import dataclass

from .clock import Clock
from .settings import Settings
from .store import Store

SEED_SECONDS = 120
_ALPHABET = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Session:
    """Who a token stands for; ``fault`` is '' or the ESTADO of the status services."""

    rut: str
    fault: str


class Sessions:
    """``family`` is "" for DTEs and "boleta_" for boletas: neither takes the other's tokens."""

    def __init__(self, store: Store, clock: Clock, settings: Settings, family: str = ""):
        self._store, self._clock, self._settings = store, clock, settings
        self._seeds, self._tokens = f"{family}seeds", f"{family}tokens"

    def new_seed(self) -> str:
        """Twelve digits, good for two minutes and one use."""
        seed = f"{secrets.randbelow(10**12):012d}"
        self._store.execute(f"INSERT INTO {self._seeds} VALUES (?, ?)", seed, self._clock.instant())
        return seed

    def use_seed(self, seed: str) -> str:
        """Spend a seed; '' or the SII's text of why it cannot be."""
        with self._store.transaction():
            found = self._store.row(f"SELECT issued_at FROM {self._seeds} WHERE seed = ?", seed)
            self._store.execute(f"DELETE FROM {self._seeds} WHERE seed = ?", seed)
        if not found:
            return "NO Existe SEED"
        if self._clock.instant() - found["issued_at"] > SEED_SECONDS:
            return "TIME-OUT DEL SEED"
        return ""

    def new_token(self, rut: str) -> str:
        """A token for the owner of a certificate."""
        token = "".join(secrets.choice(_ALPHABET) for _ in range(13))
        expires = self._clock.instant() + self._settings.token_lifetime
        self._store.execute(f"INSERT INTO {self._tokens} VALUES (?, ?, ?)", token, rut, expires)
        return token

    def session(self, token: str) -> Session:
        """Whose token it is; unknown gives fault 003, an expired one 001 (PROTOCOL 3.1)."""
        found = self._store.row(
            f"SELECT rut, expires_at FROM {self._tokens} WHERE token = ?", token
        )
        if not found:
            return Session("", "003")
        if self._clock.instant() >= found["expires_at"]:
            return Session(found["rut"], "001")
        return Session(found["rut"], "")

    def expire(self, token: str) -> None:
        self._store.execute(f"UPDATE {self._tokens} SET expires_at = 0 WHERE token = ?", token)
