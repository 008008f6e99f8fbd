"""What the SII answers about boletas: JSON with many nulls, in two encodings (PROTOCOL 4.2)."""

import pytest
import wire
from boleta_wire import COMPANY, LOGIN, document, heads, jsons, state

from sii.errors import Busy, Refused
from sii.transport.replies import DocumentVerdict, EnvelopeVerdict, TypeCount
from sii.transport.result_mail import DocumentResult, Reason

STATUS = {
    "rut_emisor": COMPANY,
    "rut_envia": "11111111-1",
    "trackid": 253000000012345,
    "fecha_recepcion": "2026-03-09 21:30:05",
    "estado": "EPR",
    "estadistica": [
        {"tipo": 39, "informados": 3, "aceptados": 1, "rechazados": 1, "reparos": "1"},
        {"tipo": 41, "informados": 1, "aceptados": 1, "rechazados": None},
    ],
    "detalle_rep_rech": [
        {
            "tipo": 39,
            "folio": 7,
            "estado": "RCH",
            "descripcion": "Rechazado",
            "error": [
                {
                    "seccion": "DTE",
                    "linea": 0,
                    "nivel": 3,
                    "codigo": 505,
                    "descripcion": "Firma DTE Incorrecta",
                    "detalle": None,
                },
                {
                    "seccion": "DET",
                    "linea": 2,
                    "nivel": "2",
                    "codigo": "200",
                    "descripcion": "Monto",
                    "detalle": "señal",
                },
            ],
        },
        {"tipo": 39, "folio": 8, "estado": "RPR", "descripcion": None, "error": None},
    ],
}


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_an_envelope_with_reasons(signer, encoding):
    with wire.RawServer(*LOGIN, jsons(STATUS, encoding=encoding)) as server:
        status = state(server, signer)
    first, _headers = heads(server)[-1]
    assert first == (
        "GET /recursos/v1/boleta.electronica.envio/76086428-5-253000000012345 HTTP/1.1"
    )
    assert (status.verdict, status.sii_code) == (EnvelopeVerdict.PROCESSED, "EPR")
    assert status.counts == (TypeCount(39, 3, 1, 1, 1), TypeCount(41, 1, 1, 0, 0))
    reasons = (
        Reason("DTE-3-505", 0, "Firma DTE Incorrecta"),
        Reason("DET-2-200", 2, "Monto: señal"),
    )
    assert status.details == (
        DocumentResult(39, 7, "RCH - Rechazado", reasons),
        DocumentResult(39, 8, "RPR", ()),
    )


@pytest.mark.parametrize(
    ("estado", "verdict"),
    [
        *((code, EnvelopeVerdict.PENDING) for code in ["REC", "SOK", "CRT", "FOK", "PRD", "ZZZ"]),
        *((code, EnvelopeVerdict.PROCESSED) for code in ["EPR", "RPR"]),
        *(
            (code, EnvelopeVerdict.REFUSED)
            for code in ["RSC", "RFR", "RCT", "RCO", "RCH", "RPT", "VOF"]
        ),
    ],
)
def test_states_of_an_envelope(signer, estado, verdict):
    """Nulls where nothing is known yet."""
    answer = {**STATUS, "estado": estado, "estadistica": None, "detalle_rep_rech": None}
    with wire.RawServer(*LOGIN, jsons(answer)) as server:
        status = state(server, signer)
    assert (status.verdict, status.counts, status.details) == (verdict, (), ())


def test_an_envelope_not_yet_to_be_seen_is_pending(signer):
    with wire.RawServer(*LOGIN, wire.http("No encontrado", "404 Not Found")) as server:
        assert state(server, signer).verdict is EnvelopeVerdict.PENDING


def test_texts_that_no_database_takes(signer):
    answer = '{"estado": "EPR", "descripcion": "a\\ud800b\\u0000c"}'
    with wire.RawServer(*LOGIN, jsons(answer)) as server:
        assert state(server, signer).text == "a?bc"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (jsons({}), "status_failed"),
        (jsons({"estado": None}), "status_failed"),
        (jsons({"estado": []}), "answer_unreadable"),
        (jsons("no json"), "answer_unreadable"),
        (jsons({"estado": "EPR", "estadistica": {}}), "answer_unreadable"),
        (jsons({"estado": "EPR", "estadistica": [1]}), "answer_unreadable"),
        (jsons({"estado": "EPR", "estadistica": [{"tipo": -39}]}), "answer_unreadable"),
        (jsons({"estado": "EPR", "detalle_rep_rech": [{"folio": "x"}]}), "answer_unreadable"),
        (jsons({"estado": "EPR", "detalle_rep_rech": [{"error": "x"}]}), "answer_unreadable"),
        (wire.http("<html></html>"), "html_page"),
        (wire.http("Acceso Denegado", "500 Error"), "http_status"),
        (wire.http("", "302 Found"), "http_status"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", "answer_cut"),
        (wire.hang_up, "connection_lost"),
        (wire.hold, "answer_timeout"),
    ],
)
def test_a_lost_answer_to_a_question_costs_nothing(signer, answer, code):
    with wire.RawServer(*LOGIN, answer) as server:
        with pytest.raises(Busy) as caught:
            state(server, signer)
        server.released.set()
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("codigo", "verdict"),
    [
        ("DOK", DocumentVerdict.MATCHES),
        ("ANC", DocumentVerdict.MATCHES),
        ("DNK", DocumentVerdict.DIFFERS),
        ("FAU", DocumentVerdict.UNKNOWN),
        ("EMP", DocumentVerdict.NOT_AUTHORISED),
    ],
)
def test_states_of_a_document(signer, codigo, verdict):
    with wire.RawServer(*LOGIN, jsons({"codigo": codigo, "descripcion": "Documento"})) as server:
        status = document(server, signer)
    first, _headers = heads(server)[-1]
    assert first == (
        "GET /recursos/v1/boleta.electronica/76086428-5-39-7/estado"
        "?rut_receptor=66666666&dv_receptor=6&monto=14720&fechaEmision=09-03-2026 HTTP/1.1"
    )
    assert (status.verdict, status.sii_code, status.text) == (verdict, codigo, "Documento")


@pytest.mark.parametrize(
    "answer",
    [
        wire.http("No encontrado", "404 Not Found"),
        jsons({"codigo": "XXX"}),
        jsons({"codigo": None}),
        jsons({"codigo": {}}),
    ],
)
def test_whether_a_document_is_held_is_not_guessed(signer, answer):
    with wire.RawServer(*LOGIN, answer) as server, pytest.raises(Busy):
        document(server, signer)


def test_a_question_that_may_not_be_asked(signer):
    with (
        wire.RawServer(*LOGIN, wire.http("Faltan parametros", "400 Bad Request")) as server,
        pytest.raises(Refused) as caught,
    ):
        document(server, signer)
    assert caught.value.data == {"sii_code": "400", "text": "Faltan parametros"}
