"""getEstUp and getEstDte: every code a client can cause."""

import pytest
from conftest import HOUR, enrol
from taxpayer import ISSUER, RECEIVER

OTHER = "96790240-3"


def test_not_yet_visible(sii, client, taxpayer):
    sii.change_settings({"visible_after_seconds": 30})
    track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
    status = dict(client.envelope_status(track_id))
    assert (status["ESTADO"], status["ERR_CODE"], status["SRV_CODE"]) == ("-11", "2", "0")
    sii.move_clock({"advance": 30})
    assert dict(client.envelope_status(track_id))["ESTADO"] == "REC"


def test_envelope_of_nobody(client):
    status = dict(client.envelope_status("253000000"))
    assert (status["ESTADO"], status["ERR_CODE"]) == ("-11", "1")


def test_envelope_of_another_company(sii, client, taxpayer):
    enrol(sii, rut=OTHER)
    track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
    status = dict(client.envelope_status(track_id, OTHER))
    assert (status["ESTADO"], status["ERR_CODE"]) == ("-11", "1")


@pytest.mark.parametrize("track_id", ["", "abc", "9" * 30])
def test_parameters_missing(client, track_id):
    status = dict(client.envelope_status(track_id))
    assert (status["ESTADO"], status["SRV_CODE"], status["ERR_CODE"]) == ("-11", "1", "1")


def test_user_of_another_company(sii, client, taxpayer):
    track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
    enrol(sii, users=[])
    assert dict(client.envelope_status(track_id))["ESTADO"] == "-6"


def test_unknown_token(client):
    client._token = "ABCDEFGHIJKLM"
    assert dict(client.envelope_status("1"))["ESTADO"] == "003"
    assert client.document_status(33, 1, "01012026", 1, RECEIVER)["ESTADO"] == "003"


def test_no_counters_before_the_end(sii, client, taxpayer):
    track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
    sii.change_settings({"token_lifetime_seconds": 9 * HOUR})
    client.forget_token()
    sii.move_clock({"advance": 4 * HOUR})
    status = dict(client.envelope_status(track_id))
    assert status["ESTADO"] == "PDR"
    assert "INFORMADOS" not in status
    assert status["NUM_ATENCION"].endswith(")")


def test_refused_envelope(client, taxpayer, judge):
    shown = judge(
        taxpayer.envelope(
            taxpayer.invoice(), edit=lambda text: text.replace("60803000-K", RECEIVER)
        )
    )
    status = dict(client.envelope_status(shown["track_id"]))
    assert (status["ESTADO"], status["GLOSA"]) == ("RCT", "Rechazado por Error en Carátula")
    assert "INFORMADOS" not in status


def test_document_data_do_not_coincide(client, taxpayer, judge):
    day = f"{taxpayer.now():%d%m%Y}"
    judge(taxpayer.envelope(taxpayer.invoice()))
    for asked in (
        (33, 1, day, 119001, RECEIVER),
        (33, 1, "01012020", 119000, RECEIVER),
        (33, 1, day, 119000, ISSUER),
        (33, 1, f"{taxpayer.now():%Y-%m-%d}", 119000, RECEIVER),
    ):
        status = client.document_status(*asked)
        assert (status["ESTADO"], status["ERR_CODE"]) == ("DNK", "1")


def test_document_not_there(sii, client, taxpayer):
    sii.annul_folios({"rut": ISSUER, "type": 33, "first": 9, "last": 9})
    found = {
        folio: client.document_status(33, folio, "01012026", 1, RECEIVER) for folio in (8, 9, 99)
    }
    assert [(s["ESTADO"], s["ERR_CODE"]) for s in found.values()] == [
        ("FAU", "3"),
        ("FAN", "5"),
        ("FNA", "4"),
    ]
    company = client.document_status(33, 1, "01012026", 1, RECEIVER, issuer="11111111-1")
    assert (company["ESTADO"], company["ERR_CODE"]) == ("EMP", "6")


def test_document_parameters_that_are_none(client):
    assert client.document_status("x", 1, "01012026", 1, RECEIVER)["ESTADO"] == "-3"


def test_objected_document_is_received(client, taxpayer, judge):
    day = f"{taxpayer.now():%d%m%Y}"
    judge(
        taxpayer.envelope(
            taxpayer.invoice(edit_dd=lambda dd: dd.replace("<IT1>J", "<IT1>G")),
        )
    )
    assert client.document_status(33, 1, day, 119000, RECEIVER)["ESTADO"] == "DOK"


def test_result_lists_reasons_by_folio(sii, client, taxpayer, judge):
    shown = judge(
        taxpayer.envelope(
            taxpayer.invoice(1),
            taxpayer.invoice(2, edit_dd=lambda dd: dd.replace("<IT1>J", "<IT1>G")),
            taxpayer.invoice(3, edit_dd=lambda dd: dd.replace("<F>3<", "<F>4<")),
        )
    )
    result = sii.envelope_result(shown["track_id"]).decode("iso-8859-1")
    assert "<ESTADO>EPR - Envio Procesado</ESTADO>" in result
    subtotal = "<INFORMADO>3</INFORMADO>\n<RECHAZO>1</RECHAZO>\n<REPARO>1</REPARO>\n<ACEPTA>1<"
    assert subtotal in result
    assert "<FOLIO>1</FOLIO>" not in result
    assert result.index("RPR - DTE Aceptado con Reparos") < result.index("(TED-2-901)")
    assert result.index("RCH - DTE Rechazado") < result.index("(TED-3-901)")


def test_result_waits_for_the_end(sii, client, taxpayer):
    track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
    with pytest.raises(LookupError):
        sii.envelope_result(track_id)


def test_light_objection_has_its_own_state(sii, taxpayer, judge):
    day = taxpayer.now().date()
    sii.move_clock({"advance": 5 * 24 * HOUR})
    shown = judge(taxpayer.envelope(taxpayer.invoice(day=day)))
    assert shown["documents"][0]["verdict"] == "objected"
    assert b"RLV - DTE Aceptado con Reparos Leves" in sii.envelope_result(shown["track_id"])
