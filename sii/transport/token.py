"""Who we are to the SII: a seed, signed, becomes a token (PROTOCOL 1.3 to 1.5)."""

import hashlib
import re
import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from ..errors import Busy, CertificateProblem, Refused
from ..signature import xmldsig
from ..signature.signer import Signer
from .respuesta import Respuesta

LIFETIME = 30 * 60
"""Seconds we trust a token; the SII states no figure and its clients report an hour at most."""

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,100}")

CERTIFICATE_CODES = {
    "05": "token_signature_invalid",
    "11": "token_certificate_missing",
    "21": "token_key_mismatch",
    "-3": "certificate_not_accepted",
    "-03": "certificate_not_accepted",
    "-7": "certificate_not_registered",
    "-07": "certificate_not_registered",
}
# The SII could not read what we signed; sending it again changes nothing.
REQUEST_CODES = frozenset({"01", "02", "03", "04", "06"})

Result = TypeVar("Result")


class NotAuthenticated(Refused):
    """The SII does not know our token (any more)."""

    def __init__(self, sii_code: str, text: str = ""):
        super().__init__("not_authenticated", sii_code=sii_code, text=text)


class TokenCache:
    """Tokens of a process, to be shared by all its threads and gateways.

    lifetime: seconds. clock: seconds that only grow.
    """

    def __init__(self, lifetime: float = LIFETIME, clock: Callable[[], float] = time.monotonic):
        self._lifetime = lifetime
        self._clock = clock
        self._tokens: dict[tuple[str, str], tuple[str, float]] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}

    def get(self, key: tuple[str, str], fetch: Callable[[], str], stale: str = "") -> str:
        """The token of ``key``, fetched by one thread while its neighbours wait for it.

        stale: a token that was just refused; a newer one that a neighbour brought is used.
        """
        with self._locks.setdefault(key, threading.Lock()):
            token, expires = self._tokens.get(key, ("", 0.0))
            if not token or token == stale or self._clock() >= expires:
                self._tokens.pop(key, None)
                token = fetch()
                self._tokens[key] = (token, self._clock() + self._lifetime)
            return token


class TokenService(Protocol):
    """Where tokens are made; each family of services has its own (PROTOCOL 1.1, 4.1)."""

    def seed(self) -> Respuesta:
        """A seed to sign. Raises NotSent and Busy."""

    def token(self, request: bytes) -> Respuesta:
        """The token for a signed seed. Raises NotSent and Busy."""


class Login:
    """One signer at one service. address: of the service, which keeps its tokens apart."""

    def __init__(self, address: str, service: TokenService, signer: Signer, tokens: TokenCache):
        self._key = (address, hashlib.sha256(signer.certificate_der).hexdigest())
        self._service = service
        self._signer = signer
        self._tokens = tokens

    def run(self, request: Callable[[str], Result]) -> Result:
        """``request(token)``, and once more with a new token when the SII does not know it.

        Raises what ``request`` and ``fetch`` raise; NotAuthenticated when the new token is
        refused as well.
        """
        token = self._tokens.get(self._key, self.fetch)
        try:
            return request(token)
        except NotAuthenticated:
            return request(self._tokens.get(self._key, self.fetch, stale=token))

    def fetch(self) -> str:
        """A new token.

        Raises NotSent, Busy, CertificateProblem when the SII finds fault with certificate or
        signature, Refused when it cannot read our request.
        """
        seed = read_seed(self._service.seed())
        return _token(self._service.token(xmldsig.sign_token(seed, self._signer)))


def read_seed(answer: Respuesta) -> str:
    """The seed in an answer. Raises Busy."""
    seed = answer.get("SEMILLA")
    if answer.estado != "00" or not (seed.isascii() and seed.isalnum()):
        raise Busy("seed_failed", sii_code=answer.estado, text=answer.get("GLOSA"))
    return seed


def _token(answer: Respuesta) -> str:
    details = {"sii_code": answer.estado, "text": answer.get("GLOSA")}
    if answer.estado in CERTIFICATE_CODES:
        raise CertificateProblem(CERTIFICATE_CODES[answer.estado], **details)
    if answer.estado in REQUEST_CODES:
        raise Refused("token_request_refused", **details)
    token = answer.get("TOKEN")
    if answer.estado != "00" or not _TOKEN.fullmatch(token):
        raise Busy("token_failed", **details)
    return token
