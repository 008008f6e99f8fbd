"""One event handed to a program's address: signed, bounded in time, never redirected."""

import hashlib
import hmac
import http.client
import ipaddress
import queue
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
_CARRIERS = tuple(
    ipaddress.ip_network(each)
    for each in (
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local
    )
)
_LOOPBACK = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program answered. head: how its answer began, for people who look for a fault."""

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
        connection = _connect(parts, simulated)
    except ssl.SSLError as error:
        raise NoAnswer(f"its certificate is wrong ({type(error).__name__})") from error
    except OSError as error:
        # the same for every address, whatever is or is not there
        raise NoAnswer("it could not be reached") from error
    try:
        with closing(connection):
            return _exchange(connection, target, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(_reason(error)) from error


def _connect(parts: SplitResult, simulated: bool) -> http.client.HTTPConnection:
    """Connect to the very address that was looked at: the name is resolved once."""
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=_STEP_SECONDS)
    address = _address_of(connection.host, connection.port, simulated)
    connection.sock = socket.create_connection(address, timeout=_STEP_SECONDS)
    try:
        if secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(
                connection.sock, server_hostname=parts.hostname, do_handshake_on_connect=False
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _address_of(host: str, port: int, simulated: bool) -> tuple[str, int]:
    """The first address of a host. All must be public: it names no network of one's own."""
    found = _looked_up(host, port)
    for *_kind, peer in found:
        address = ipaddress.ip_address(str(peer[0]).partition("%")[0])
        if not is_public(address) and not (simulated and address.is_loopback):
            raise OSError("not a public address")
    return str(found[0][4][0]), port


def _looked_up(host: str, port: int) -> list:
    """What the name of a host stands for. Raises TimeoutError when its servers take their time.

    The system's look-up cannot be called off: it ends by itself, with nobody waiting for it.
    """
    found: queue.SimpleQueue = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:  # UnicodeError: no name has labels so long
            found.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = found.get(timeout=_STEP_SECONDS)
    except queue.Empty:
        raise TimeoutError("its name was not found in time") from None
    if isinstance(answer, Exception):
        raise OSError(str(answer)) from answer
    return answer


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the public internet, and hides none of another kind."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if address.version == 4:
        return True
    # ways of IPv6 to reach an IPv4 address: what is behind them cannot be known
    return not any(address in network for network in _CARRIERS)


def _exchange(
    connection: http.client.HTTPConnection, target: str, body: bytes, headers: dict[str, str]
) -> Answer:
    # Each step has its timeout, but a program could answer one byte at a time for ever.
    alarm = threading.Timer(_ALL_SECONDS, _hang_up, [connection.sock])
    alarm.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
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


def _reason(error: Exception) -> str:
    return "it did not answer in time" if isinstance(error, TimeoutError) else type(error).__name__
