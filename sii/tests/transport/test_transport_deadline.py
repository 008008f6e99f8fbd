"""A server that answers without end, or drop by drop, gets as long as an exchange may take."""

import gzip
import socket
import ssl
import subprocess
import threading
import time

import pytest
import wire

from sii.codes import Environment
from sii.errors import Busy, NotSent, OutcomeUnknown
from sii.transport.endpoints import Endpoints
from sii.transport.http import ANSWER_LIMIT, Http
from sii.transport.soap import Soap

TOTAL = 1.5
MARGIN = 3.0
"""Seconds more that a busy machine may need."""

HEAD = b"HTTP/1.1 200 OK\r\n"


def _endpoints(url: str) -> Endpoints:
    return Endpoints(
        Environment.CERTIFICATION, url, connect_timeout=1, read_timeout=1, total_timeout=TOTAL
    )


def _drip(before: bytes, drop: bytes, read: bool = True):
    """A conversation that never pauses for a second and never ends."""

    def converse(server: wire.RawServer, connection: socket.socket) -> None:
        if read:
            server.read_request(connection)
        try:
            connection.sendall(before)
            while not server.released.wait(0.1):
                connection.sendall(drop)
        except OSError:
            return  # the other side had enough

    return converse


def _ask(server: wire.RawServer, method: str = "post", body: bytes = b"body", scheme: str = "http"):
    http = Http(_endpoints(server.url))
    url = server.url.replace("http:", f"{scheme}:")
    started = time.monotonic()
    try:
        if method == "get":
            return http.get("asking", url, {})
        return http.post("sending", url, body, {})
    finally:
        http.close()
        assert time.monotonic() - started < TOTAL + MARGIN


DRIPS = {
    "head": (HEAD, b"X"),
    "headers": (HEAD, b"X-A: b\r\n"),
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body without length": (HEAD + b"\r\n", b"x"),
    "body with length": (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "length of a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "trailers": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    "redirect": (b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", b"x"),
    "packed": (HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")[:1]),
}


@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
def test_an_answer_that_never_ends(drip):
    with wire.RawServer(_drip(*drip)) as server, pytest.raises(OutcomeUnknown) as caught:
        _ask(server)
    assert caught.value.code == "answer_timeout"
    with wire.RawServer(_drip(*drip)) as server, pytest.raises(Busy) as caught:
        _ask(server, "get")
    assert caught.value.code == "answer_timeout"


def test_a_handshake_that_never_ends():
    record = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"
    with (
        wire.RawServer(_drip(record, b"\0", read=False)) as server,
        pytest.raises(NotSent) as caught,
    ):
        _ask(server, scheme="https")
    assert caught.value.code == "connect_timeout"


def test_a_request_that_is_taken_drop_by_drop():
    def sip(server: wire.RawServer, connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        while not server.released.wait(0.05) and connection.recv(20_000):
            pass

    with wire.RawServer(sip) as server, pytest.raises(OutcomeUnknown) as caught:
        _ask(server, body=b"x" * 50_000_000)
    assert caught.value.code == "answer_timeout"


def test_an_answer_over_tls_that_never_ends(tmp_path, monkeypatch):
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
        + ["/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def converse(server: wire.RawServer, connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            _drip(HEAD + b"\r\n", b"x")(server, secure)

    with wire.RawServer(converse) as server, pytest.raises(OutcomeUnknown) as caught:
        _ask(server, scheme="https")
    assert caught.value.code == "answer_timeout"
    assert server.requests


def test_a_connection_that_is_kept_has_a_deadline_each_time():
    def converse(server: wire.RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        connection.sendall(HEAD + b"Content-Length: 2\r\n\r\nok")
        _drip(HEAD + b"\r\n", b"x")(server, connection)

    with wire.RawServer(converse) as server:
        http = Http(_endpoints(server.url))
        assert http.post("first", server.url, b"a", {}).body == b"ok"
        started = time.monotonic()
        with pytest.raises(OutcomeUnknown, match="answer_timeout"):
            http.post("second", server.url, b"b", {})
        assert time.monotonic() - started < TOTAL + MARGIN
        http.close()
    assert len(server.requests) == 2


def test_soap_only_asks_so_it_may_ask_again():
    with wire.RawServer(_drip(HEAD + b"\r\n", b"x")) as server, pytest.raises(Busy) as caught:
        Soap(_endpoints(server.url), Http(_endpoints(server.url))).seed()
    assert caught.value.code == "answer_timeout"


def test_an_exchange_in_time_is_not_disturbed_by_the_one_before():
    with wire.RawServer(wire.hang_up, wire.http("well")) as server:
        http = Http(_endpoints(server.url))
        with pytest.raises(OutcomeUnknown):
            http.post("first", server.url, b"a", {})
        assert http.post("second", server.url, b"b", {}).body == b"well"
        http.close()


def test_no_thread_is_left_behind():
    before = threading.active_count()
    with wire.RawServer(wire.http("well")) as server:
        assert _ask(server).body == b"well"
    assert threading.active_count() <= before


BOMB = gzip.compress(b"x" * (ANSWER_LIMIT + 1))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + BOMB, "answer_too_long"),
        (HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(BOMB), "answer_unreadable"),
        (HEAD + b"Content-Encoding: br\r\n\r\nx", "answer_unreadable"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 200_000, "connection_lost"),
        (HEAD + b"X: " + b"y" * 200_000, "connection_lost"),
        (HEAD + b"X: y\r\n" * 1000 + b"\r\n", "connection_lost"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n" + b"x" * (ANSWER_LIMIT + 1),
            "answer_too_long",
        ),
    ],
    ids=["bomb", "bomb in a bomb", "unknown", "chunk", "header", "headers", "redirect"],
)
def test_an_answer_beyond_the_limit(answer, code):
    def send(server: wire.RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        try:
            connection.sendall(answer)
        except OSError:
            return  # the other side had enough

    with wire.RawServer(send) as server, pytest.raises(OutcomeUnknown) as caught:
        _ask(server)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "header",
    [
        "Retry-After: " + "9" * 5000,
        "Retry-After: 99999999",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
        "Retry-After: Mon, 99 Zzz 99999 99:99:99 GMT",
        "Content-Length: " + "9" * 5000,
    ],
    ids=lambda header: header[:30],
)
def test_unusable_retry_after_headers_are_none(header):
    with wire.RawServer(wire.http("", "503 Service Unavailable", header)) as server:
        assert _ask(server).retry_after is None
