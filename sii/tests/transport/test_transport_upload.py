"""DTEUpload: the bytes that leave are the manual's, and every answer has one meaning."""

import re

import pytest
import wire

from sii.errors import Busy, OutcomeUnknown, Refused
from sii.transport.http import Http
from sii.transport.replies import Received
from sii.transport.token import NotAuthenticated
from sii.transport.upload import Upload

ENVELOPE = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<EnvioDTE>ñ</EnvioDTE>\n'.encode("latin-1")
TOKEN = "TOKEN00000001"


def send(server: wire.RawServer, filename: str = "envio-1.xml") -> Received:
    upload = Upload(server.endpoints.upload, "11111111-1", "76086428-5", filename, ENVELOPE)
    http = Http(server.endpoints)
    try:
        return upload.send(http, TOKEN)
    finally:
        http.close()


def test_the_request_is_the_manuals():
    answer = wire.http(wire.receipt("0", "<TRACKID>0253000001</TRACKID>\n"))
    with wire.RawServer(answer) as server:
        send(server)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    assert lines[0] == "POST /cgi_dte/UPL/DTEUpload HTTP/1.1"
    assert "PROG 1.0" in headers["User-Agent"]
    assert headers["Cookie"] == f"TOKEN={TOKEN}"
    assert headers["Content-Length"] == str(len(body))
    assert "Transfer-Encoding" not in headers
    boundary = re.fullmatch("multipart/form-data; boundary=([!-~]+)", headers["Content-Type"])[1]
    assert body == _manual_body(boundary)


def _manual_body(boundary: str) -> bytes:
    fields = {
        "rutSender": "11111111",
        "dvSender": "1",
        "rutCompany": "76086428",
        "dvCompany": "5",
    }
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    parts += (
        f'--{boundary}\r\nContent-Disposition: form-data; name="archivo"; '
        'filename="envio-1.xml"\r\nContent-Type: text/xml\r\n\r\n'
    )
    return parts.encode() + ENVELOPE + f"\r\n--{boundary}--\r\n".encode()


def test_a_file_name_cannot_break_the_form():
    answer = wire.http(wire.receipt("0", "<TRACKID>1</TRACKID>"))
    with wire.RawServer(answer) as server:
        send(server, 'envío "1"\r\nX: y.xml')
    assert b'; filename="env_o__1___X__y.xml"\r\n' in server.requests[0]


def test_received():
    text = wire.receipt("0", "<TRACKID>0253000001</TRACKID>\n")
    with wire.RawServer(wire.http(text)) as server:
        received = send(server)
    assert received == Received("0253000001", "2026-03-09 21:30:05", text)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("1", "sender_not_allowed"),
        ("2", "file_size_wrong"),
        ("3", "file_truncated"),
        ("6", "company_not_allowed"),
        ("8", "envelope_signature_invalid"),
        ("99", "already_received"),
    ],
)
def test_refused_by_status(status, code):
    with (
        wire.RawServer(wire.http(wire.receipt(status))) as server,
        pytest.raises(Refused) as caught,
    ):
        send(server)
    assert (caught.value.code, caught.value.data["sii_code"]) == (code, status)
    assert not isinstance(caught.value, NotAuthenticated)


def test_schema_errors_come_along():
    detail = "<DETAIL><ERROR>LSX-00265: año</ERROR><ERROR>LSX-00213</ERROR></DETAIL>"
    body = wire.receipt("7", detail).encode("latin-1")
    with wire.RawServer(wire.http(body)) as server, pytest.raises(Refused) as caught:
        send(server)
    assert caught.value.code == "schema_invalid"
    assert caught.value.data["errors"] == ["LSX-00265: año", "LSX-00213"]


LOGIN_PAGE = "<html><body><h1>NO ESTA AUTENTICADO</h1></body></html>"
LOGIN_HOST = "Location: https://herculesr.sii.cl/cgi_AUT2000/CAutInicio.cgi?x"


@pytest.mark.parametrize(
    "answer",
    [
        wire.http(wire.receipt("5")),
        wire.http("NO ESTA AUTENTICADO", "401 Unauthorized"),
        wire.http(LOGIN_PAGE),
        wire.http("", "302 Found", LOGIN_HOST),
    ],
)
def test_not_authenticated(answer):
    with wire.RawServer(answer) as server, pytest.raises(NotAuthenticated):
        send(server)


UNAVAILABLE_PAGE = "<HTML><TITLE>503 Service Temporarily Unavailable</TITLE></HTML>"


@pytest.mark.parametrize(
    "answer",
    [
        *(wire.http(wire.receipt(status)) for status in ("9", "106", "107", "-1")),
        wire.http("Error 500"),
        wire.http(" Error 500\n", "500 Internal Server Error"),
        wire.http(UNAVAILABLE_PAGE, "503 Service Unavailable"),
        wire.http(UNAVAILABLE_PAGE),
        wire.http("", "429 Too Many Requests"),
        wire.http("<html><body>HA OCURRIDO UN ERROR EN EL UPLOAD</body></html>"),
    ],
)
def test_busy(answer):
    with wire.RawServer(answer) as server, pytest.raises(Busy):
        send(server)


def test_busy_gives_the_wait():
    answer = wire.http(UNAVAILABLE_PAGE, "503 Service Unavailable", "Retry-After: 90")
    with wire.RawServer(answer) as server, pytest.raises(Busy) as caught:
        send(server)
    assert caught.value.retry_after == 90


def test_a_request_the_server_cannot_take_is_refused():
    answer = wire.http("too large", "413 Content Too Large")
    with wire.RawServer(answer) as server, pytest.raises(Refused) as caught:
        send(server)
    assert (caught.value.code, caught.value.data["sii_code"]) == ("http_status", "413")


@pytest.mark.parametrize(
    "step",
    [
        wire.hold,
        wire.hang_up,
        wire.http(wire.receipt("0", "<TRACKID>0253000001</TRACKID>"))[:-40],
        b"HTTP/1.1 200 OK\r\nContent-Le",
        wire.http(""),
        wire.http("OK"),
        wire.http(wire.receipt("0")),
        wire.http(wire.receipt("0", "<TRACKID></TRACKID>")),
        wire.http(wire.receipt("0", "<TRACKID>n/a</TRACKID>")),
        wire.http(wire.receipt("")),
        wire.http(wire.receipt("cero")),
        wire.http("<html><body>Bienvenido</body></html>"),
        wire.http("<html><body>Oops</body></html>", "500 Internal Server Error"),
        wire.http("<OTRA><STATUS>1</STATUS></OTRA>"),
        wire.http("", "302 Found", "Location: /elsewhere"),
        wire.http("Bad Gateway", "502 Bad Gateway"),
        wire.http("Gateway Timeout", "504 Gateway Timeout"),
        wire.http(wire.receipt("0", "<STATUS>1</STATUS><TRACKID>1</TRACKID>")),
        wire.http(wire.receipt("0", "<TRACKID>1</TRACKID><TRACKID>2</TRACKID>")),
        wire.http(wire.receipt("<a>0</a>")),
        wire.http(wire.receipt("0", f"<TRACKID>{'9' * 5000}</TRACKID>")),
        wire.http(wire.receipt("9" * 5000)),
        wire.http("<RECEPCIONDTE>" + "<a>" * 1000 + "</a>" * 1000 + "</RECEPCIONDTE>"),
        wire.http('<!DOCTYPE r [<!ENTITY e "0">]>' + wire.receipt("&e;")),
    ],
)
def test_when_in_doubt_the_outcome_is_unknown(step):
    with wire.RawServer(step) as server, pytest.raises(OutcomeUnknown):
        send(server)
    assert ENVELOPE in server.requests[0]
