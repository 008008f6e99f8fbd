"""One request on the wire: what left, what came back, and what must not be readable."""

import logging
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import wire

from sii.codes import Environment
from sii.errors import NotSent, OutcomeUnknown
from sii.transport.endpoints import Endpoints
from sii.transport.http import ANSWER_LIMIT, Answer, Http

BODY = b"the body"


def post(server: wire.RawServer, body: bytes = BODY) -> Answer:
    return post_to(server.endpoints, server.url + "/path", body)


def post_to(endpoints: Endpoints, url: str, body: bytes = BODY) -> Answer:
    http = Http(endpoints)
    try:
        return http.post("operation", url, body, {"Cookie": "TOKEN=SECRET0000001"})
    finally:
        http.close()


def test_the_body_travels_whole_and_with_its_length():
    with wire.RawServer(wire.http("answer")) as server:
        answer = post(server, BODY * 10000)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert body == BODY * 10000
    assert b"Content-Length: 80000" in head
    assert b"chunked" not in head.lower()
    assert b"PROG 1.0" in head
    assert answer.body == b"answer"


def test_without_server_nothing_is_sent():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotSent) as caught:
        post_to(Endpoints(Environment.CERTIFICATION), f"http://127.0.0.1:{port}/")
    assert caught.value.code == "connect_failed"


def test_tls_fails_before_anything_is_sent():
    def not_tls(_server: wire.RawServer, connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"220 I am a mail server\r\n")

    with wire.RawServer(not_tls) as server, pytest.raises(NotSent) as caught:
        post_to(server.endpoints, server.url.replace("http:", "https:"))
    assert caught.value.code == "tls_failed"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (wire.hold, "answer_timeout"),
        (wire.hang_up, "connection_lost"),
        (b"garbage\r\n\r\n", "connection_lost"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "answer_cut"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf", "connection_lost"),
    ],
)
def test_the_request_left_and_no_whole_answer_came(step, code):
    with wire.RawServer(step) as server, pytest.raises(OutcomeUnknown) as caught:
        post(server)
    assert caught.value.code == code
    assert server.requests[0].endswith(BODY)


def test_the_answer_stalls_half_way():
    def stall(server: wire.RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        server.released.wait()

    with wire.RawServer(stall) as server, pytest.raises(OutcomeUnknown) as caught:
        post(server)
    assert caught.value.code == "answer_timeout"


def test_the_connection_breaks_while_the_body_goes_out():
    def slam(_server: wire.RawServer, connection: socket.socket) -> None:
        connection.recv(1000)

    with wire.RawServer(slam) as server, pytest.raises(OutcomeUnknown) as caught:
        post(server, BODY * 1000000)
    assert caught.value.code == "connection_lost"


def test_an_endless_answer_is_given_up():
    flood = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (ANSWER_LIMIT + 1)

    def send(server: wire.RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        connection.sendall(flood)

    with wire.RawServer(send) as server, pytest.raises(OutcomeUnknown) as caught:
        post(server)
    assert caught.value.code == "answer_too_long"


def test_a_redirect_is_reported_and_not_followed():
    redirect = wire.http("", "302 Found", "Location: http://127.0.0.1:1/login")
    with wire.RawServer(redirect) as server:
        answer = post(server)
    assert (answer.status, answer.location) == (302, "http://127.0.0.1:1/login")


def test_cookies_of_the_server_are_dropped():
    answer = wire.http("", "200 OK", "Set-Cookie: TOKEN=THEIRS")
    with wire.RawServer(answer, answer) as server:
        http = Http(server.endpoints)
        http.post("first", server.url, BODY, {})
        http.post("second", server.url, BODY, {})
        http.close()
    assert b"Cookie" not in server.requests[1]


@pytest.mark.parametrize(("hours", "least", "most"), [(1, 3500, 3600), (-1, 0, 0)])
def test_retry_after_is_a_date(hours, least, most):
    header = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    assert least <= retry_after(header) <= most


def test_retry_after_is_a_number():
    assert retry_after("120") == 120


def retry_after(header):
    busy = wire.http("", "503 Service Unavailable", f"Retry-After: {header}")
    with wire.RawServer(busy) as server:
        return post(server).retry_after


@pytest.mark.parametrize("header", ["soon", "\xb2", "-1"])
def test_an_unusable_retry_after_is_none(header):
    busy = wire.http("", "503 Service Unavailable").replace(
        b"Connection", b"Retry-After: " + header.encode("latin-1") + b"\r\nConnection"
    )
    with wire.RawServer(busy) as server:
        assert post(server).retry_after is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_text_whatever_the_encoding(encoding):
    assert Answer(200, "Envío de ñandú".encode(encoding)).text == "Envío de ñandú"


def test_logs_show_operation_status_and_time_only(caplog):
    caplog.set_level(logging.DEBUG)
    with wire.RawServer(wire.http("PRIVATE ANSWER")) as server:
        post(server, b"rut=11111111-1")
    ours = [record for record in caplog.records if record.name == "sii.transport.http"]
    assert len(ours) == 1
    assert ours[0].getMessage().startswith("operation: 200 in 0.")
    assert not any(
        secret in caplog.text for secret in ("SECRET0000001", "PRIVATE ANSWER", "11111111")
    )


@pytest.mark.parametrize("override", ["127.0.0.1:80", "ftp://127.0.0.1", "http://", ""])
def test_an_override_must_be_an_address(override):
    with pytest.raises(ValueError, match="no http address"):
        Endpoints(Environment.CERTIFICATION, override)


def test_hosts_by_environment():
    certification, production = map(Endpoints, Environment)
    assert certification.upload == "https://maullin.sii.cl/cgi_dte/UPL/DTEUpload"
    assert production.service("CrSeed") == "https://palena.sii.cl/DTEWS/CrSeed.jws"
    local = Endpoints(Environment.PRODUCTION, "http://127.0.0.1:8765/")
    assert local.service("CrSeed") == "http://127.0.0.1:8765/DTEWS/CrSeed.jws"
