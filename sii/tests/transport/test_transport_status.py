"""Codes of the status services into what they mean to us (PROTOCOL 3.1 to 3.3)."""

from datetime import date

import pytest
import wire

from sii.errors import Busy, InvalidRut, Refused
from sii.transport.document_status import DocumentQuestion, read_document_status
from sii.transport.envelope_status import read_envelope_status
from sii.transport.replies import DocumentVerdict, EnvelopeVerdict, TypeCount
from sii.transport.respuesta import Respuesta, read
from sii.transport.signature_status import SignatureQuestion, read_signature_status
from sii.transport.token import NotAuthenticated

PENDING, PROCESSED, REFUSED = EnvelopeVerdict


def answer(estado: str, header: str = "", body: str = "") -> Respuesta:
    return read(wire.respuesta(f"<ESTADO>{estado}</ESTADO>{header}", body))


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [
        ("REC SOK SDK CRT FOK PDR PRD 005 007 106 107 -8 -11 LSO", PENDING),
        ("EPR RPR RLV LOK LTC", PROCESSED),
        ("RSC RFR RCT RPT RCO VOF RCH LRH LRS LNC LRC LRF", REFUSED),
        ("XYZ", PENDING),
    ],
)
def test_envelope_verdicts(codes, verdict):
    for code in codes.split():
        status = read_envelope_status(answer(code, "<GLOSA>texto</GLOSA>"))
        assert (status.verdict, status.sii_code, status.text) == (verdict, code, "texto")


@pytest.mark.parametrize("code", ["001", "002", "003"])
def test_a_token_the_status_services_do_not_know(code):
    for reader in (read_envelope_status, read_document_status):
        with pytest.raises(NotAuthenticated) as caught:
            reader(answer(code))
        assert caught.value.data["sii_code"] == code


@pytest.mark.parametrize("code", ["-3", "-6", "-10", "-13"])
def test_a_user_who_may_not_ask(code):
    with pytest.raises(Refused) as caught:
        read_envelope_status(answer(code))
    assert caught.value.code == "user_not_allowed"


@pytest.mark.parametrize("code", ["-1", "-2", "-4", "-5", "-7", "-9", "-12", "-14", "-99", ""])
def test_the_status_service_failed(code):
    with pytest.raises(Busy) as caught:
        read_envelope_status(answer(code))
    assert caught.value.data["sii_code"] == code


def test_not_yet_visible_gives_the_reason():
    details = "<ERR_CODE>2</ERR_CODE><SQL_CODE>0</SQL_CODE><SRV_CODE>2</SRV_CODE>"
    status = read_envelope_status(answer("-11", details))
    assert (status.verdict, status.text) == (PENDING, "ERR_CODE 2, SQL_CODE 0, SRV_CODE 2")


def counters(kind: int, informed: int, accepted: int, rejected: int, objected: int) -> str:
    return (
        f"<TIPO_DOCTO>{kind}</TIPO_DOCTO><INFORMADOS>{informed}</INFORMADOS>"
        f"<ACEPTADOS>{accepted}</ACEPTADOS><RECHAZADOS>{rejected}</RECHAZADOS>"
        f"<REPAROS>{objected}</REPAROS>"
    )


def test_counters_are_grouped_by_type():
    body = counters(33, 5, 3, 1, 1) + counters(61, 1, 0, 0, 1)
    text = wire.respuesta("<TRACKID>0260003916</TRACKID><ESTADO>EPR</ESTADO>", body)
    status = read_envelope_status(read(text))
    assert status.counts == (TypeCount(33, 5, 3, 1, 1), TypeCount(61, 1, 0, 0, 1))
    assert status.raw == text


def test_before_it_is_processed_an_envelope_has_no_counters():
    assert read_envelope_status(answer("REC")).counts == ()


def test_a_counter_that_is_no_number():
    body = counters(33, 1, 1, 0, 0).replace("<REPAROS>0", "<REPAROS>cero")
    with pytest.raises(Busy):
        read_envelope_status(answer("EPR", body=body))


@pytest.mark.parametrize(
    ("codes", "verdict", "held", "foreign"),
    [
        ("DOK TMD TMC MMD MMC AND ANC", DocumentVerdict.MATCHES, True, False),
        ("DNK", DocumentVerdict.DIFFERS, False, True),
        ("FAU", DocumentVerdict.UNKNOWN, False, False),
        ("FNA FAN EMP", DocumentVerdict.NOT_AUTHORISED, False, False),
    ],
)
def test_document_verdicts(codes, verdict, held, foreign):
    for code in codes.split():
        status = read_document_status(answer(code, "<GLOSA_ESTADO>texto</GLOSA_ESTADO>"))
        assert (status.verdict, status.sii_code, status.text) == (verdict, code, "texto")
        assert (status.is_held, status.is_foreign) == (held, foreign)


@pytest.mark.parametrize("code", ["-1", "-4", "", "XYZ", "FXX"])
def test_whether_a_document_was_received_is_not_guessed(code):
    with pytest.raises(Busy):
        read_document_status(answer(code))


def test_a_question_about_a_document_in_the_order_of_the_service():
    question = DocumentQuestion("76086428-5", "77777777-7", 33, 7, date(2026, 3, 9), 119000)
    assert question.arguments("11111111-1", "TOKEN") == (
        *("11111111", "1"),
        *("76086428", "5"),
        *("77777777", "7"),
        *("33", "7", "09032026", "119000", "TOKEN"),
    )


def test_a_question_with_a_wrong_rut():
    question = DocumentQuestion("76086428-0", "77777777-7", 33, 7, date(2026, 3, 9), 119000)
    with pytest.raises(InvalidRut):
        question.arguments("11111111-1", "TOKEN")


def signature_answer(received: str, code: str, header: str = "0") -> Respuesta:
    body = f"<RECIBIDO>{received}</RECIBIDO><ESTADO>{code}</ESTADO><GLOSA>texto</GLOSA>"
    return read(wire.respuesta(f"<ESTADO>{header}</ESTADO><GLOSA>otro</GLOSA>", body))


@pytest.mark.parametrize(
    ("received", "codes", "verdict"),
    [
        ("SI", "DOK TMD TMC MMD MMC AND ANC", DocumentVerdict.MATCHES),
        ("SI", "DNK", DocumentVerdict.DIFFERS),
        ("NO", "FAU", DocumentVerdict.UNKNOWN),
        ("NO", "FNA FAN EMP", DocumentVerdict.NOT_AUTHORISED),
    ],
)
def test_document_and_signature_verdicts(received, codes, verdict):
    for code in codes.split():
        status = read_signature_status(signature_answer(received, code))
        assert (status.verdict, status.sii_code, status.text) == (verdict, code, "texto")
        assert status.signature_asked


@pytest.mark.parametrize(
    ("received", "code", "header"),
    [
        ("SI", "DOK", "9"),
        ("SI", "DOK", "3"),
        ("SI", "DOK", ""),
        ("NO", "DOK", "0"),
        ("SI", "FAU", "0"),
        ("", "DOK", "0"),
        ("QUIZAS", "DOK", "0"),
        ("SI", "XYZ", "0"),
        ("SI", "", "0"),
    ],
)
def test_an_odd_answer_about_a_signature_is_neither_yes_nor_no(received, code, header):
    with pytest.raises(Busy) as caught:
        read_signature_status(signature_answer(received, code, header))
    assert caught.value.code == "signature_status_odd"


def test_two_answers_in_one_are_none():
    body = "<RECIBIDO>SI</RECIBIDO><ESTADO>DOK</ESTADO><ESTADO>DNK</ESTADO>"
    with pytest.raises(Busy):
        read_signature_status(read(wire.respuesta("<ESTADO>0</ESTADO>", body)))


@pytest.mark.parametrize("header", ["1", "2", "001", "003"])
def test_a_token_the_signature_service_does_not_know(header):
    with pytest.raises(NotAuthenticated):
        read_signature_status(signature_answer("", "", header))


def test_a_question_about_a_signature_in_the_order_of_the_service():
    document = DocumentQuestion("76086428-5", "77777777-7", 33, 7, date(2026, 3, 9), 119000)
    assert SignatureQuestion(document, " AB\n CD= ").arguments("TOKEN") == (
        *("76086428", "5"),
        *("77777777", "7"),
        *("33", "7", "09032026", "119000", "ABCD=", "TOKEN"),
    )
