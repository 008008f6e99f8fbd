"""The register of acceptance and claims, to the byte (PROTOCOL 8.4)."""

from datetime import datetime

import pytest
import wire

from sii.clock import CHILE
from sii.codes import Environment
from sii.errors import Busy, NotSent, OutcomeUnknown, Refused
from sii.exchange.claims import ClaimAction, deadline
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from sii.transport.token import TokenCache

NAMESPACE = "http://ws.registroreclamodte.diii.sdi.sii.cl"
ACT, LIST, WHEN = (
    "ingresarAceptacionReclamoDoc",
    "listarEventosHistDoc",
    "consultarFechaRecepcionSii",
)


def reply(operation: str, content: str) -> bytes:
    return wire.http(
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        f'<ns2:{operation}Response xmlns:ns2="{NAMESPACE}"><return>{content}</return>'
        f"</ns2:{operation}Response></S:Body></S:Envelope>"
    )


def fault(text: str) -> bytes:
    return wire.http(
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault>'
        f"<faultcode>S:Server</faultcode><faultstring>{text}</faultstring></S:Fault></S:Body>"
        "</S:Envelope>",
        "500 Internal Server Error",
    )


@pytest.fixture
def talk(signer):
    """Run ``do(gateway)`` against these answers; what came of it, and the requests."""

    def run(do, *answers):
        with (
            wire.RawServer(*wire.login(), *answers) as server,
            Gateway(server.endpoints, signer, TokenCache()) as gateway,
        ):
            return do(gateway), server.requests[2:]

    return run


def claim(gateway):
    return gateway.claim("76354771-K", 33, 5, ClaimAction.CLAIM_CONTENT)


def history(gateway):
    return gateway.claim_history("76354771-K", 33, 5)


def received_at(gateway):
    return gateway.received_at("76354771-K", 33, 5)


def test_what_is_sent(talk):
    answer, [request] = talk(claim, reply(ACT, "<codResp>0</codResp><descResp>OK</descResp>"))
    assert answer.is_registered
    text = request.decode()
    assert text.startswith("POST /WSREGISTRORECLAMODTECERT/registroreclamodteservice HTTP/1.1")
    assert "Cookie: TOKEN=TOKEN00000001" in text
    assert f'xmlns:ns0="{NAMESPACE}"' in text
    values = ("rutEmisor>76354771", "dvEmisor>K", "tipoDoc>33", "folio>5", "accionDoc>RCD")
    assert all(f"<{value}<" in text for value in values)


@pytest.mark.parametrize(("code", "registered"), [(0, True), (7, True), (8, False), (11, False)])
def test_codes(talk, code, registered):
    content = f"<codResp>{code}</codResp><descResp>texto</descResp>"
    answer, _requests = talk(claim, reply(ACT, content))
    assert (answer.code, answer.text, answer.is_registered) == (code, "texto", registered)


@pytest.mark.parametrize(
    "lost",
    [
        wire.hang_up,
        wire.http("<html>Error</html>"),
        wire.http("", "500 Internal Server Error"),
        fault("java.lang.NullPointerException"),
        reply(ACT, ""),
        reply(ACT, "<codResp>hola</codResp>"),
        reply(ACT, "<codResp>0</codResp>")[:-20],
        reply(ACT, "<codResp>0</codResp><codResp>1</codResp>"),
        reply(ACT, "<codResp>0</codResp><descResp>a</descResp><descResp>b</descResp>"),
        reply(ACT, "<codResp><a/></codResp>"),
        reply(ACT, "<a>" * 1000 + "</a>" * 1000),
    ],
)
def test_an_action_whose_answer_is_none_may_be_registered(talk, lost):
    with pytest.raises(OutcomeUnknown):
        talk(claim, lost)


@pytest.mark.parametrize(
    "refused", [wire.http("", "503 Service Unavailable"), reply(ACT, "<codResp>-1</codResp>")]
)
def test_not_now(talk, refused):
    with pytest.raises(Busy):
        talk(claim, refused)


def test_a_question_whose_answer_is_lost_is_asked_again(talk):
    for do in (history, received_at):
        with pytest.raises(Busy):
            talk(do, wire.hang_up)


@pytest.mark.parametrize(
    "page", [fault("TOKEN invalido"), wire.http("", "302 Found", "Location: https://x/")]
)
def test_an_unknown_token_is_renewed_once(talk, page):
    good = reply(ACT, "<codResp>0</codResp>")
    answer, _requests = talk(claim, page, *wire.login("TOKEN00000002"), good)
    assert answer.is_registered
    with pytest.raises(Refused):
        talk(claim, page, *wire.login("TOKEN00000002"), page)


def test_the_history(talk):
    events = (
        "<listaEventosDoc><codEvento>ERM</codEvento><descEvento>Otorga Recibo</descEvento>"
        "<rutResponsable>12345678</rutResponsable><dvResponsable>5</dvResponsable>"
        "<fechaEvento>05-03-2026 10:20:30</fechaEvento></listaEventosDoc>"
        "<listaEventosDoc><codEvento>NCA</codEvento></listaEventosDoc>"
    )
    found, _requests = talk(history, reply(LIST, f"<codResp>15</codResp>{events}"))
    first, second = found.events
    assert (first.code, first.responsible_rut) == ("ERM", "12345678-5")
    assert first.at == datetime(2026, 3, 5, 10, 20, 30, tzinfo=CHILE)
    assert (second.code, second.responsible_rut, second.at) == ("NCA", "", None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("05-03-2026 10:20:30", datetime(2026, 3, 5, 10, 20, 30, tzinfo=CHILE)),
        ("", None),
        ("no recibido", None),
        ("01-01-0001 00:00:00", None),
        ("31-12-9999 23:59:59", None),
    ],
)
def test_when_the_sii_received_it(talk, text, moment):
    assert talk(received_at, reply(WHEN, text))[0] == moment


def test_without_server_nothing_is_sent(signer):
    with wire.RawServer() as server:
        endpoints = server.endpoints
    with pytest.raises(NotSent), Gateway(endpoints, signer, TokenCache()) as gateway:
        claim(gateway)


def test_each_environment_has_its_own_host():
    assert Endpoints(Environment.CERTIFICATION).claims == (
        "https://ws2.sii.cl/WSREGISTRORECLAMODTECERT/registroreclamodteservice"
    )
    assert Endpoints(Environment.PRODUCTION).claims == (
        "https://ws1.sii.cl/WSREGISTRORECLAMODTE/registroreclamodteservice"
    )


def test_eight_days_of_chile_over_a_change_of_the_clock():
    received = datetime(2026, 4, 1, 23, 30, tzinfo=CHILE)  # clocks go back on 5 April
    until = deadline(received)
    assert (until.day, until.hour, until.minute) == (9, 23, 30)
    assert (until.timestamp() - received.timestamp()) / 3600 == 8 * 24 + 1
