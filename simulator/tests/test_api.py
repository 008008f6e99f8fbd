"""The JSON API over HTTP, the clock, and the admin page."""

import base64
from datetime import datetime

import pytest
import requests
from conftest import HOUR
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_public_key, pkcs12
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from taxpayer import ISSUER


@pytest.fixture
def api(sii):
    def do(method: str, path: str, **options) -> requests.Response:
        return requests.request(method, f"{sii.url}/api{path}", timeout=20, **options)

    return do


def test_state(api):
    state = api("GET", "/state").json()
    assert (state["environment"], state["idk"]) == ("certification", 666)
    assert state["counts"]["companies"] == 1


def test_caf_is_signed_by_the_published_key(api):
    answer = api("POST", "/cafs", json={"rut": ISSUER, "type": 33, "count": 20}).json()
    assert (answer["first"], answer["last"]) == (1, 20)
    root = etree.fromstring(answer["xml"].encode())
    data = "".join(
        line for line in answer["xml"].split("<CAF version")[1].split("\n") if line.strip()
    )
    signed = data[data.index("<DA>") : data.index("<FRMA")].encode("iso-8859-1")
    key = load_pem_public_key(api("GET", "/keys/666.cer").content)
    key.verify(base64.b64decode(root.findtext("CAF/FRMA")), signed, PKCS1v15(), SHA1())
    assert root.findtext("CAF/DA/RS") == "Ñandú & Cía"
    assert root.findtext("CAF/DA/RSAPK/E") == "Aw=="


def test_ranges_do_not_overlap(api):
    order = {"rut": ISSUER, "type": 33, "count": 20, "authorised_on": "2026-01-31"}
    given = [api("POST", "/cafs", json=order).json() for _ in range(2)]
    assert [(caf["first"], caf["last"]) for caf in given] == [(1, 20), (21, 40)]
    listed = api("GET", "/cafs").json()
    assert listed[1]["authorised_on"] == "2026-01-31"
    assert "xml" not in listed[0]


def test_certificate_of_a_person(api):
    made = api("POST", "/certificates", json={"rut": "12.345.678-5", "name": "Ana"}).json()
    key, certificate, others = pkcs12.load_key_and_certificates(
        base64.b64decode(made["pfx_base64"]), made["password"].encode()
    )
    authority = load_pem_x509_certificate(api("GET", "/ca.pem").content)
    certificate.verify_directly_issued_by(authority)
    assert others == [authority]
    assert key.public_key() == certificate.public_key()
    assert b"12345678-5" in certificate.public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/companies", {"name": "x"}, 400),
        ("POST", "/companies", {"rut": "1-1", "name": "x", "resolution_date": "2020-01-01"}, 400),
        ("POST", "/cafs", {"rut": "96790240-3", "type": 33, "count": 1}, 404),
        ("POST", "/cafs", {"rut": ISSUER, "type": 52, "count": 1}, 400),
        ("POST", "/cafs", {"rut": ISSUER, "type": 33, "count": 0}, 400),
        ("POST", "/folios/annul", {"rut": ISSUER, "type": 33, "first": 1, "last": 2}, 400),
        ("POST", "/settings", {"stage_seconds": "soon"}, 400),
        ("POST", "/settings", {"stage_seconds": {"ABC": 1}}, 400),
        ("POST", "/settings", {"boleta_limit": {"soon": 1}}, 400),
        ("POST", "/settings", {"colour": 1}, 400),
        ("POST", "/clock", {"now": "yesterday"}, 400),
        ("POST", "/script", {"on": "seed", "do": "fly"}, 400),
        ("GET", "/envelopes/1", None, 404),
        ("GET", "/envelopes/x", None, 400),
        ("GET", f"/envelopes/{'9' * 30}", None, 400),
        ("GET", "/nothing", None, 404),
        ("DELETE", "/state", None, 405),
    ],
)
def test_bad_requests(api, method, path, body, status):
    answer = api(method, path, json=body)
    assert answer.status_code == status
    if status in (400, 404) and path != "/nothing":
        assert answer.json()["error"]


def test_no_json_is_a_bad_request(api):
    assert api("POST", "/companies", data=b"{").status_code == 400


def test_envelope_as_sent(api, client, taxpayer, judge):
    content = taxpayer.envelope(taxpayer.invoice())
    track_id = judge(content)["track_id"]
    shown = api("GET", f"/envelopes/{track_id}").json()
    assert [step["state"] for step in shown["states"]] == ["REC", "SOK", "CRT", "FOK", "PDR", "EPR"]
    reached = [datetime.fromisoformat(step["at"]) for step in shown["states"]]
    assert (reached[-1] - reached[0]).total_seconds() == 5 * HOUR
    assert api("GET", f"/envelopes/{track_id}/xml").content == content
    assert b"RESULTADO_ENVIO" in api("GET", f"/envelopes/{track_id}/result.xml").content
    assert [found["track_id"] for found in api("GET", "/envelopes").json()] == [track_id]
    assert api("GET", f"/documents?rut={ISSUER}&type=33&folio=1").json()[0]["verdict"] == "accepted"
    assert api("GET", "/documents?folio=2").json() == []


def test_clock(api):
    api("POST", "/clock", json={"now": "2030-02-01T10:00:00"})
    assert api("GET", "/clock").json()["now"].startswith("2030-02-01T10:00:0")
    api("POST", "/clock", json={"advance": 3600})
    assert api("GET", "/clock").json()["now"].startswith("2030-02-01T11:00:0")


def test_stages_by_name(api, client, taxpayer):
    stages = {"SOK": 0, "CRT": 0, "FOK": 0, "PDR": 0, "EPR": 100}
    api("POST", "/settings", json={"stage_seconds": stages})
    track_id = client.upload(taxpayer.envelope(taxpayer.invoice()))["TRACKID"]
    assert api("GET", f"/envelopes/{track_id}").json()["state"] == "PDR"
    api("POST", "/clock", json={"advance": 100})
    assert api("GET", f"/envelopes/{track_id}").json()["state"] == "EPR"


def test_script_over_http(api):
    api("POST", "/script", json={"on": "seed", "do": "503", "match": {}})
    assert api("GET", "/script").json()[0]["do"] == "503"
    assert api("DELETE", "/script").json() == []
    assert api("GET", "/exchanges").json() == []


def test_reset_keeps_the_keys(api):
    key = api("GET", "/keys/666.cer").text
    api("POST", "/reset")
    assert api("GET", "/companies").json() == []
    assert api("GET", "/keys/666.cer").text == key


def test_page_shows_what_arrived(sii, client, taxpayer, judge):
    judge(taxpayer.envelope(taxpayer.invoice(edit=lambda t: t.replace("620100", "620200"))))
    page = requests.get(sii.url, timeout=20).text
    for text in ("(HED-3-861)", "rejected", "Ñandú &amp; Cía", "STATUS 0", "Clock"):
        assert text in page


def test_forms_of_the_page(sii):
    entry = {"on": "document", "do": "reject", "value": "DTE-3-505", "times": "2", "folio": "7"}
    requests.post(f"{sii.url}/admin/script", data={**entry, "type": ""}, timeout=20)
    (kept,) = sii.script()
    assert (kept["do"], kept["times"], kept["match"]) == ("reject:DTE-3-505", 2, {"folio": 7})
    requests.post(f"{sii.url}/admin/script/clear", timeout=20)
    assert sii.script() == []
    before = datetime.fromisoformat(sii.clock()["now"])
    requests.post(f"{sii.url}/admin/clock", data={"advance": "86400"}, timeout=20)
    assert (datetime.fromisoformat(sii.clock()["now"]) - before).total_seconds() >= 86400
    wrong = requests.post(f"{sii.url}/admin/clock", data={"now": "never"}, timeout=20)
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text


def test_page_escapes_what_strangers_write(sii, client):
    client.upload(b"<script>alert(1)</script>")
    assert "<script>" not in requests.get(sii.url, timeout=20).text
