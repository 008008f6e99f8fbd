"""The SII's SOAP: requests by its service descriptions, answers of any shape."""

import pytest
import wire
from lxml import etree

from sii.errors import Busy, NotSent
from sii.transport.http import Http
from sii.transport.respuesta import Respuesta, read
from sii.transport.soap import Soap

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
STATUS = ("QueryEstUp", "getEstUp", "76086428", "5", "0253000001", "TOKEN00000001")
HEADER = "<ESTADO>EPR</ESTADO><GLOSA>Envio Procesado</GLOSA>"


def ask(*script: wire.Step, call: tuple[str, ...] = STATUS) -> tuple[Respuesta, wire.RawServer]:
    with wire.RawServer(*script) as server:
        http = Http(server.endpoints)
        try:
            return Soap(server.endpoints, http).call(*call), server
        finally:
            http.close()


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (("CrSeed", "getSeed"), []),
        (("GetTokenFromSeed", "getToken", "<getToken/>"), ["pszXml"]),
        (STATUS, ["RutCompania", "DvCompania", "TrackId", "Token"]),
        (
            ("QueryEstDte", "getEstDte", *"abcdefghijk"),
            [
                *("RutConsultante", "DvConsultante", "RutCompania", "DvCompania"),
                *("RutReceptor", "DvReceptor", "TipoDte", "FolioDte", "FechaEmisionDte"),
                *("MontoDte", "Token"),
            ],
        ),
    ],
)
def test_the_request_names_the_parameters_in_the_order_of_the_description(call, names):
    service, operation, *arguments = call
    _answer, server = ask(wire.soap(operation, wire.respuesta("<ESTADO>00</ESTADO>")), call=call)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(f"POST /DTEWS/{service}.jws HTTP/1.1\r\n".encode())
    assert b'SOAPAction: ""' in head
    assert b"Content-Type: text/xml; charset=utf-8" in head
    (wrapper,) = etree.fromstring(body).find(f"{SOAP}Body")
    assert wrapper.tag == f"{{http://DefaultNamespace}}{operation}"
    assert [(part.tag, part.text) for part in wrapper] == list(zip(names, arguments, strict=True))


QUALIFIED = (
    '<S:RESPUESTA xmlns:S="http://www.sii.cl/XMLSchema"><S:RESP_HDR><S:ESTADO>EPR</S:ESTADO>'
    "<S:GLOSA>Envio Procesado</S:GLOSA></S:RESP_HDR><S:RESP_BODY/></S:RESPUESTA>"
)


@pytest.mark.parametrize(
    "inner",
    [
        wire.respuesta(HEADER),
        "\n  " + wire.respuesta(HEADER) + "\r\n",
        wire.respuesta(HEADER).replace("<", "\r\n<"),
        QUALIFIED,
        '<?xml version="1.0" encoding="ISO-8859-1"?>' + QUALIFIED,
    ],
)
def test_one_meaning_in_many_shapes(inner):
    answer, _server = ask(wire.soap("getEstUp", inner))
    assert (answer.estado, answer.get("GLOSA")) == ("EPR", "Envio Procesado")
    assert answer.get("NOTHING") == ""


def test_carriage_returns_as_character_references():
    raw = wire.soap("getEstUp", wire.respuesta(HEADER).replace("<GLOSA>", "@<GLOSA>"))
    _head, _, body = raw.partition(b"\r\n\r\n")
    answer, _server = ask(wire.http(body.replace(b"@", b"&#xd;\n")))
    assert answer.get("GLOSA") == "Envio Procesado"


@pytest.mark.parametrize("declared", ["UTF-8", "ISO-8859-1"])
@pytest.mark.parametrize("actual", ["utf-8", "iso-8859-1"])
def test_bytes_are_read_whatever_they_declare(declared, actual):
    raw = wire.soap("getEstUp", wire.respuesta("<ESTADO>RCT</ESTADO><GLOSA>Carátula</GLOSA>"))
    body = raw.partition(b"\r\n\r\n")[2].decode().replace("UTF-8", declared).encode(actual)
    answer, _server = ask(wire.http(body))
    assert answer.get("GLOSA") == "Carátula"


def test_cdata_instead_of_escapes():
    body = f"<E><getEstUpReturn><![CDATA[{wire.respuesta(HEADER)}]]></getEstUpReturn></E>"
    answer, _server = ask(wire.http(body))
    assert answer.estado == "EPR"


FAULT = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
    "<faultcode>Server</faultcode><faultstring>NullPointer</faultstring></e:Fault></e:Body>"
    "</e:Envelope>"
)
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><RESPUESTA>&c;</RESPUESTA>'


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (wire.hold, "answer_timeout"),
        (wire.hang_up, "connection_lost"),
        (wire.soap("getEstUp", wire.respuesta(HEADER))[:-30], "answer_cut"),
        (wire.http(FAULT, "500 Internal Server Error"), "soap_fault"),
        (wire.http(FAULT), "soap_fault"),
        (wire.http("<html>Mantención</html>"), "html_page"),
        (wire.http("<html>busy</html>", "503 Service Unavailable"), "http_status"),
        (wire.http("", "302 Found", "Location: /login"), "http_status"),
        (wire.http("Error 500", "500 Internal Server Error"), "answer_unreadable"),
        (wire.http(""), "answer_unreadable"),
        (wire.http("<a/>"), "answer_unreadable"),
        (wire.soap("getEstUp", ""), "answer_unreadable"),
        (wire.soap("getEstUp", "<a/>"), "answer_unreadable"),
        (wire.soap("getEstUp", wire.respuesta(HEADER)[:-9]), "answer_unreadable"),
        (wire.soap("getEstUp", BOMB), "answer_unreadable"),
        (wire.http(BOMB), "answer_unreadable"),
    ],
)
def test_a_question_without_an_answer_may_be_asked_again(step, code):
    with pytest.raises(Busy) as caught:
        ask(step)
    assert caught.value.code == code


def test_without_server_nothing_is_sent():
    with wire.RawServer() as server:
        endpoints = server.endpoints
    with pytest.raises(NotSent):
        Soap(endpoints, Http(endpoints)).call(*STATUS)


def test_repr_of_an_answer_shows_no_token():
    assert "SECRET" not in repr(read(wire.respuesta("", "<TOKEN>SECRET</TOKEN>")))
