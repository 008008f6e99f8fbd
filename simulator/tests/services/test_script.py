"""What happens next, as a test or a person wrote it."""

import time

import pytest
import requests
from client import leaves, reception
from conftest import HOUR
from taxpayer import RECEIVER


@pytest.fixture
def envelope(taxpayer):
    return taxpayer.envelope(taxpayer.invoice())


def on_upload(sii, do, **entry):
    sii.add_to_script({"on": "upload", "do": do, **entry})


def test_service_unavailable_a_number_of_times(sii, client, envelope):
    sii.add_to_script({"on": "seed", "do": "503", "times": 2})
    assert [client.soap("getSeed").status_code for _ in range(3)] == [503, 503, 200]


@pytest.mark.parametrize(
    ("do", "status", "text"),
    [("503", 503, "Unavailable"), ("html", 200, "<html>"), ("error_500", 200, "Error 500")],
)
def test_answer_instead(sii, client, envelope, do, status, text):
    client.token()
    on_upload(sii, do)
    answer = client.post(envelope)
    assert answer.status_code == status
    assert text in answer.text
    assert sii.envelopes() == []
    assert client.upload(envelope)["STATUS"] == "0"


def test_lost_answer(sii, client, envelope):
    client.token()
    on_upload(sii, "drop_after_processing")
    with pytest.raises(requests.ConnectionError):
        client.post(envelope)
    assert len(sii.envelopes()) == 1
    assert client.upload(envelope)["STATUS"] == "99"


def test_lost_request(sii, client, envelope):
    client.token()
    on_upload(sii, "drop_before")
    with pytest.raises(requests.ConnectionError):
        client.post(envelope)
    assert sii.envelopes() == []
    assert client.upload(envelope)["STATUS"] == "0"


def test_truncated_answer(sii, client, envelope):
    client.token()
    on_upload(sii, "truncate")
    answer = client.post(envelope, stream=True)
    answer.raw.enforce_content_length = False  # urllib3 from 2 on would not hand out what came
    assert int(answer.headers["Content-Length"]) > len(answer.content)
    assert b"</RECEPCIONDTE>" not in answer.content
    assert len(sii.envelopes()) == 1


def test_no_answer_for_a_while(sii, client):
    sii.add_to_script({"on": "seed", "do": "timeout:5"})
    with pytest.raises(requests.Timeout):
        requests.post(f"{sii.url}/DTEWS/CrSeed.jws", b"", timeout=0.3)


def test_late_answer(sii, client):
    sii.add_to_script({"on": "seed", "do": "delay:0.4"})
    start = time.monotonic()
    client.seed()
    assert time.monotonic() - start >= 0.4


def test_forced_status(sii, client, envelope):
    on_upload(sii, "status:9")
    assert client.upload(envelope)["STATUS"] == "9"
    on_upload(sii, "duplicate")
    assert client.upload(envelope)["STATUS"] == "99"
    assert sii.envelopes() == []


def test_forced_estado(sii, client):
    sii.add_to_script({"on": "token", "do": "estado:10"})
    assert dict(client.call("getToken", client.signed_seed()))["ESTADO"] == "10"
    sii.add_to_script({"on": "envelope_status", "do": "estado:-8"})
    assert dict(client.envelope_status("1"))["ESTADO"] == "-8"


def test_token_expires_in_the_middle(sii, client, envelope):
    client.token()
    on_upload(sii, "token_expired")
    assert client.upload(envelope)["STATUS"] == "5"
    assert client.upload(envelope)["STATUS"] == "5"
    client.forget_token()
    assert client.upload(envelope)["STATUS"] == "0"
    sii.add_to_script({"on": "document_status", "do": "token_expired"})
    assert client.document_status(33, 1, "01012026", 1, RECEIVER)["ESTADO"] == "001"


def test_objection_and_rejection_by_folio(sii, taxpayer, judge):
    sii.add_to_script(
        [
            {"on": "document", "do": "reject:DTE-3-505", "match": {"folio": 2, "type": 33}},
            {"on": "document", "do": "object:HED-2-260", "match": {"folio": 3}},
        ]
    )
    documents = judge(taxpayer.envelope(*(taxpayer.invoice(n) for n in (1, 2, 3))))["documents"]
    assert [(d["verdict"], d["reasons"]) for d in documents] == [
        ("accepted", []),
        ("rejected", ["(DTE-3-505) Firma DTE Incorrecta"]),
        ("objected", ["(HED-2-260) Monto total no corresponde"]),
    ]
    assert sii.script() == []


def test_document_called_a_duplicate(sii, taxpayer, judge):
    sii.add_to_script({"on": "document", "do": "duplicate"})
    (document,) = judge(taxpayer.envelope(taxpayer.invoice()))["documents"]
    assert document["reasons"] == ["(DTE-3-100) Documento Repetido"]


def test_slow_verdict(sii, taxpayer, judge, envelope):
    sii.add_to_script({"on": "document", "do": f"delay:{2 * HOUR}", "match": {"folio": 1}})
    track_id = judge(envelope)["track_id"]
    assert sii.envelope(track_id)["state"] == "PDR"
    sii.move_clock({"advance": HOUR})
    assert sii.envelope(track_id)["state"] == "EPR"


def test_entry_for_another_document_waits(sii, client, taxpayer):
    on_upload(sii, "status:9", match={"folio": 2})
    assert client.upload(taxpayer.envelope(taxpayer.invoice(1)))["STATUS"] == "0"
    assert client.upload(taxpayer.envelope(taxpayer.invoice(2)))["STATUS"] == "9"


def test_status_entry_for_a_document(sii, client, taxpayer):
    first, second = (
        client.upload(taxpayer.envelope(taxpayer.invoice(folio)))["TRACKID"] for folio in (1, 2)
    )
    sii.add_to_script({"on": "envelope_status", "do": "estado:-8", "match": {"folio": 2}})
    assert dict(client.envelope_status(first))["ESTADO"] == "REC"
    assert dict(client.envelope_status(second))["ESTADO"] == "-8"
    sii.add_to_script({"on": "document_status", "do": "estado:-2", "match": {"type": 34}})
    assert client.document_status(33, 1, "01012026", 1, RECEIVER)["ESTADO"] == "FAU"
    assert client.document_status(34, 1, "01012026", 1, RECEIVER)["ESTADO"] == "-2"


def test_ugly_but_legal_answers(sii, client):
    sii.add_to_script([{"on": "seed", "do": do} for do in ("swapped", "qualified", "latin1")])
    swapped, qualified, latin1 = (client.soap("getSeed") for _ in range(3))
    assert swapped.text.index("RESP_HDR") < swapped.text.index("RESP_BODY")
    assert "SII:SEMILLA" in qualified.text
    assert "iso-8859-1" in latin1.headers["Content-Type"]
    assert all(dict(leaves(answer))["ESTADO"] == "00" for answer in (swapped, qualified, latin1))


def test_latin1_bytes(sii, client, taxpayer, judge):
    shown = judge(
        taxpayer.envelope(taxpayer.invoice(), edit=lambda t: t.replace("60803000-K", RECEIVER))
    )
    sii.add_to_script({"on": "envelope_status", "do": "latin1"})
    body, digit = shown["company"].split("-")
    answer = client.soap("getEstUp", body, digit, shown["track_id"], client.token())
    assert "Carátula".encode("iso-8859-1") in answer.content


@pytest.mark.parametrize(
    "entry",
    [
        {"on": "seed", "do": "fly"},
        {"on": "nowhere", "do": "503"},
        {"on": "seed", "do": "status:9"},
        {"on": "upload", "do": "status:x"},
        {"on": "seed", "do": "estado"},
        {"on": "seed", "do": "delay"},
        {"on": "seed", "do": "timeout:-1"},
        {"on": "seed", "do": "503", "times": 0},
        {"on": "document", "do": "object:DTE-3-505"},
        {"on": "document", "do": "reject:HED-2-260"},
        {"on": "document", "do": "reject"},
    ],
)
def test_impossible_entries(sii, entry):
    with pytest.raises(ValueError):
        sii.add_to_script([{"on": "seed", "do": "503"}, entry])
    assert sii.script() == []


def test_exchanges_show_what_happened(sii, client, envelope):
    on_upload(sii, "503")
    client.post(envelope)
    answer = reception(client.post(envelope))
    lines = [(line["operation"], line["http_status"], line["outcome"]) for line in sii.exchanges()]
    assert lines == [
        ("seed", 200, "ESTADO 00"),
        ("token", 200, "ESTADO 00 Token Creado"),
        ("upload", 503, "scripted: 503"),
        ("upload", 200, f"STATUS 0 TRACKID {answer['TRACKID']} company 76354771-K"),
    ]
