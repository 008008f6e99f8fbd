"""Boletas over REST: what leaves, and every answer with its one meaning (PROTOCOL 4.1 to 4.3)."""

import pytest
import wire
from boleta_wire import (
    COMPANY,
    ENVELOPE,
    LOGIN,
    RECEIPT,
    SEED,
    document,
    heads,
    jsons,
    state,
    token,
    upload,
)

from sii.codes import Environment
from sii.errors import Busy, CertificateProblem, NotSent, OutcomeUnknown, Refused
from sii.transport.boleta.gateway import BoletaGateway
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from sii.transport.token import TokenCache


def test_hosts_are_those_of_the_environment():
    certification = Endpoints(Environment.CERTIFICATION)
    assert certification.boletas == "https://apicert.sii.cl/recursos/v1"
    assert certification.boleta_upload.startswith("https://pangal.sii.cl/recursos/v1/")
    production = Endpoints(Environment.PRODUCTION)
    assert production.boletas == "https://api.sii.cl/recursos/v1"
    assert production.boleta_upload.startswith("https://rahue.sii.cl/recursos/v1/")
    simulated = Endpoints(Environment.PRODUCTION, "http://127.0.0.1:8765/")
    assert simulated.boletas == "http://127.0.0.1:8765/recursos/v1"
    assert simulated.boleta_upload.startswith("http://127.0.0.1:8765/recursos/v1/")


def test_the_requests_are_the_manuals(signer):
    with wire.RawServer(*LOGIN, jsons(RECEIPT)) as server:
        received = upload(server, signer)
    assert (received.track_id, received.received_at) == ("253000000012345", "2026-03-09 21:30:05")
    (seed, asked), (made, signed), (sent, headers) = heads(server)
    assert seed == "GET /recursos/v1/boleta.electronica.semilla HTTP/1.1"
    assert asked["Accept"] == "application/xml"
    assert made == "POST /recursos/v1/boleta.electronica.token HTTP/1.1"
    assert (signed["Content-Type"], signed["Accept"]) == ("application/xml", "application/xml")
    assert server.requests[1].partition(b"\r\n\r\n")[2].startswith(b"<getToken>")
    assert sent == "POST /recursos/v1/boleta.electronica.envio HTTP/1.1"
    body = server.requests[2].partition(b"\r\n\r\n")[2]
    assert "PROG 1.0" in headers["User-Agent"]
    assert headers["Cookie"] == "TOKEN=TOKEN00000001"
    assert headers["Accept"] == "application/json"
    assert headers["Content-Length"] == str(len(body))
    assert "Transfer-Encoding" not in headers
    assert ENVELOPE in body
    names = [b"rutSender", b"dvSender", b"rutCompany", b"dvCompany", b"archivo"]
    places = [body.index(b'name="' + name) for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("moment", ["2026-03-09 21:30:05", "09/03/2026 21:30:05", None])
def test_the_track_id_is_what_counts(signer, moment):
    answer = {**RECEIPT, "trackid": "0253000001", "fecha_recepcion": moment}
    with wire.RawServer(*LOGIN, jsons(answer, encoding="latin-1")) as server:
        received = upload(server, signer)
    assert (received.track_id, received.received_at) == ("0253000001", moment or "")


@pytest.mark.parametrize("status", ["401 Unauthorized", "302 Found"])
def test_a_forgotten_token_is_renewed_once(signer, status):
    refused = wire.http("NO ESTA AUTENTICADO", status, "Location: /AUT2000/CAutInicio")
    again = (SEED, token("TOKEN00000002"))
    with wire.RawServer(*LOGIN, refused, *again, jsons(RECEIPT)) as server:
        upload(server, signer)
    assert heads(server)[-1][1]["Cookie"] == "TOKEN=TOKEN00000002"
    with wire.RawServer(*LOGIN, refused, *again, refused) as server, pytest.raises(Refused) as no:
        upload(server, signer)
    assert no.value.code == "not_authenticated"
    assert len(server.requests) == 6


def test_tokens_of_the_two_families_never_meet(signer):
    """Even where one base URL replaces all hosts and one cache is used for both."""
    tokens = TokenCache()
    states = wire.soap("getEstUp", wire.respuesta("<ESTADO>EPR</ESTADO>"))
    script = (*wire.login("OTHER00000001"), states, *LOGIN, jsons(RECEIPT))
    with wire.RawServer(*script) as server:
        with Gateway(server.endpoints, signer, tokens) as gateway:
            gateway.envelope_status(COMPANY, "1")
        upload(server, signer, tokens)
    assert heads(server)[-1][1]["Cookie"] == "TOKEN=TOKEN00000001"


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (wire.http("No trae TOKEN", "400 Bad Request"), Refused, "http_status"),
        (wire.http("", "404 Not Found"), Refused, "http_status"),
        (wire.http("", "405 Method Not Allowed"), Busy, "http_status"),
        (wire.http("Acceso Denegado (from client)", "500 Error"), Refused, "http_status"),
        (wire.http("<html>en mantención</html>"), Busy, "html_page"),
        (wire.http("<html>hola</html>"), OutcomeUnknown, "html_page"),
        (wire.http("boom", "500 Error"), OutcomeUnknown, "http_status"),
        (wire.http("", "502 Bad Gateway"), OutcomeUnknown, "http_status"),
        (wire.http("", "504 Gateway Timeout"), OutcomeUnknown, "http_status"),
        (wire.http(""), OutcomeUnknown, "answer_unreadable"),
        (wire.http("[]"), OutcomeUnknown, "answer_unreadable"),
        (wire.http("[" * 100_000), OutcomeUnknown, "answer_unreadable"),
        (wire.http('{"trackid": ' + "9" * 5000 + "}"), OutcomeUnknown, "answer_unreadable"),
        (jsons({"estado": "REC"}), OutcomeUnknown, "track_id_missing"),
        *(
            (jsons({"trackid": value}), OutcomeUnknown, "track_id_missing")
            for value in (None, 0, -1, True, 1.5, "x", "1\r\nX: y", [1], {}, "١٢")
        ),
        (jsons({"estado": "RSC", "details": "LPX-00007: fin"}), Refused, "file_truncated"),
        (wire.hang_up, OutcomeUnknown, "connection_lost"),
        (wire.hold, OutcomeUnknown, "answer_timeout"),
    ],
)
def test_what_became_of_the_file_is_never_guessed(signer, answer, error, code):
    with wire.RawServer(*LOGIN, answer) as server:
        with pytest.raises(error) as caught:
            upload(server, signer)
        server.released.set()
    assert caught.value.code == code
    assert type(caught.value) is error
    assert len(server.requests) == 3, "an upload is never repeated"


@pytest.mark.parametrize("status", ["405 No", "429 Too Many Requests", "503 Unavailable"])
@pytest.mark.parametrize("header", ["Retry-After", "X-Retry-After"])
@pytest.mark.parametrize("ask", [upload, state, document])
def test_rate_limits_give_the_wait(signer, status, header, ask):
    answer = wire.http("Too many requests", status, f"{header}: 17", "X-RateLimit-Limit: 5")
    with wire.RawServer(*LOGIN, answer) as server, pytest.raises(Busy) as caught:
        ask(server, signer)
    assert caught.value.retry_after == 17


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ([wire.http("", "503 Unavailable")], Busy),
        ([wire.http("<html></html>")], Busy),
        ([wire.http("nada")], Busy),
        ([wire.http(wire.respuesta("<ESTADO>-2</ESTADO>"))], Busy),
        ([SEED, wire.http("", "500 Error")], Busy),
        ([SEED, wire.hang_up], Busy),
        ([SEED, wire.http(wire.respuesta("<ESTADO>-3</ESTADO>"))], CertificateProblem),
        ([SEED, wire.http(wire.respuesta("<ESTADO>04</ESTADO>"))], Refused),
        ([SEED, token("A\r\nX: y")], Busy),
    ],
)
def test_without_a_token_nothing_is_sent(signer, script, error):
    with wire.RawServer(*script) as server, pytest.raises(error):
        upload(server, signer)
    assert not any(ENVELOPE in request for request in server.requests)


def test_without_server_nothing_is_sent(signer):
    with wire.RawServer() as server:
        nowhere = server.endpoints
    with BoletaGateway(nowhere, signer, TokenCache()) as gateway:
        for ask in (gateway.ping, lambda: gateway.upload(ENVELOPE, COMPANY, "envio.xml")):
            with pytest.raises(NotSent) as caught:
                ask()
            assert caught.value.code == "connect_failed"


def test_ping_needs_no_token(signer):
    with (
        wire.RawServer(SEED) as server,
        BoletaGateway(server.endpoints, signer, TokenCache()) as gateway,
    ):
        gateway.ping()
    assert len(server.requests) == 1


def test_secrets_stay_out_of_the_log(signer, caplog):
    caplog.set_level("DEBUG", logger="sii")
    with wire.RawServer(*LOGIN, jsons(RECEIPT)) as server:
        upload(server, signer)
    assert "boleta.envio: 200" in caplog.text
    assert "TOKEN0000" not in caplog.text
    assert "EnvioBOLETA" not in caplog.text
