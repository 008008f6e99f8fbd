"""One event handed to a program's address: signed, bounded in time, never redirected."""

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

SIGNATURE = "X-Signature"
_STEP_SECONDS = 10
_ALL_SECONDS = 20
_HEAD_BYTES = 300
_LOOPBACK = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program said. head: how its answer began, for people who look for a fault."""

    status: int
    head: str = field(repr=False)

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300


class NoAnswer(Exception):
    """The program did not answer, or must not be asked. reason: a word for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_allowed(url: str, simulated: bool) -> bool:
    """Whether events may go there: over TLS, and to this very machine when the SII is simulated."""
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not parts.hostname or parts.username or parts.password or not port_ok or not url.isascii():
        return False
    if any(character.isspace() or not character.isprintable() for character in url):
        return False
    here = simulated and parts.hostname in _LOOPBACK
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def signature(secret: str, moment: int, body: bytes) -> str:
    """``t=<unix>,v1=<hex HMAC-SHA256 of "<t>.<raw body>">``."""
    signed = f"{moment}.".encode() + body
    return f"t={moment},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def post(url: str, secret: str, moment: int, body: bytes, simulated: bool) -> Answer:
    """Hand over an event. moment: now, seconds since 1970. Raises NoAnswer.

    A network of one's own is not reached, whatever name stands for it, but by this machine itself
    when the SII is simulated.
    """
    if not is_allowed(url, simulated):
        raise NoAnswer("the address is not allowed")
    parts = urlsplit(url)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "l10n_cl_sii",
        "Connection": "close",
        SIGNATURE: signature(secret, moment, body),
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with closing(_connect(parts, simulated)) as connection:
            return _exchange(connection, target, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(_reason(error)) from error


def _connect(parts: SplitResult, simulated: bool) -> http.client.HTTPConnection:
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=_STEP_SECONDS)
    address = (connection.host, connection.port)
    connection.sock = socket.create_connection(address, timeout=_STEP_SECONDS)
    try:
        _check_peer(connection.sock, simulated)
        if secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
    except BaseException:
        connection.close()
        raise
    return connection


def _exchange(
    connection: http.client.HTTPConnection, target: str, body: bytes, headers: dict[str, str]
) -> Answer:
    # Each step has its timeout, but a program could answer one byte at a time for ever.
    alarm = threading.Timer(_ALL_SECONDS, _hang_up, [connection.sock])
    alarm.start()
    try:
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read1(_HEAD_BYTES).decode(errors="replace"))
    finally:
        alarm.cancel()


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is over already


def _check_peer(sock: socket.socket, simulated: bool) -> None:
    peer = ipaddress.ip_address(sock.getpeername()[0].partition("%")[0])
    peer = getattr(peer, "ipv4_mapped", None) or peer
    if not peer.is_global and not (simulated and peer.is_loopback):
        raise NoAnswer("the address is of a private network")


def _reason(error: Exception) -> str:
    return "it did not answer in time" if isinstance(error, TimeoutError) else type(error).__name__
