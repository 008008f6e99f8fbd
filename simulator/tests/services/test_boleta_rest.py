"""The boleta services over HTTP: tokens, upload, states, faults (PROTOCOL 4)."""

import pytest
import requests
from boleta_client import BASE, leaf
from boletas import ANONYMOUS, boleta, envelope, exempt_boleta
from conftest import HOUR
from taxpayer import swap


@pytest.fixture
def processed(sii, rest):
    """Upload, let it be processed; the status as JSON."""

    def do(content: bytes, **how) -> dict:
        answer = rest.post(content, **how)
        assert answer.status_code == 200, answer.text
        sii.move_clock({"advance": 6 * HOUR})
        rest._token = ""
        return rest.status(answer.json()["trackid"]).json()

    return do


def test_received(rest, seller):
    answer = rest.post(envelope(seller, boleta(seller)))
    found = answer.json()
    assert answer.headers["Content-Type"].startswith("application/json")
    assert len(str(found["trackid"])) == 15
    assert (found["estado"], found["rut_emisor"], found["rut_envia"], found["file"]) == (
        "REC",
        "76354771-K",
        "12345678-5",
        "envio.xml",
    )
    assert set(found) == {
        "rut_emisor",
        "rut_envia",
        "trackid",
        "fecha_recepcion",
        "estado",
        "file",
    }


def test_accepted(processed, seller):
    found = processed(envelope(seller, boleta(seller), exempt_boleta(seller), boleta(seller, 2)))
    assert found["estado"] == "EPR"
    clean = {"rechazados": 0, "reparos": 0}
    assert found["estadistica"] == [
        {"tipo": 39, "informados": 2, "aceptados": 2, **clean},
        {"tipo": 41, "informados": 1, "aceptados": 1, **clean},
    ]
    assert found["detalle_rep_rech"] is None


def test_states_on_the_way(sii, rest, seller):
    track_id = rest.post(envelope(seller, boleta(seller))).json()["trackid"]
    sii.change_settings({"token_lifetime_seconds": 9 * HOUR})
    rest._token = ""
    states = []
    for _ in range(6):
        found = rest.status(track_id).json()
        states.append(found["estado"])
        sii.move_clock({"advance": HOUR})
        assert (found["estadistica"] is None) == (found["estado"] != "EPR")
    assert states == ["REC", "SOK", "CRT", "FOK", "PRD", "EPR"]


def test_reasons_in_the_answer(processed, seller):
    wrong = boleta(seller, edit=swap("<IVA>160", "<IVA>161"))
    found = processed(envelope(seller, wrong))
    assert found["estadistica"][0]["reparos"] == 1
    (detail,) = found["detalle_rep_rech"]
    assert (detail["tipo"], detail["folio"], detail["estado"]) == (39, 1, "RPR")
    assert detail["error"][0] == {
        "seccion": "HED",
        "linea": 0,
        "nivel": 2,
        "codigo": 903,
        "descripcion": "IVA no corresponde al monto neto y la tasa",
        "detalle": "[161] <> [160]",
    }


def test_rejected_document(processed, seller):
    broken = boleta(seller, edit_signed=swap("Pan de queso", "Pan de trigo"))
    (detail,) = processed(envelope(seller, broken))["detalle_rep_rech"]
    assert (detail["estado"], detail["error"][-1]["nivel"]) == ("RCH", 3)


@pytest.mark.parametrize(
    ("how", "status", "text"),
    [
        ({"token": ""}, 400, "No trae TOKEN"),
        ({"token": "ABC"}, 401, "NO ESTA AUTENTICADO"),
        ({"agent": "python"}, 401, "NO ESTA AUTENTICADO"),
        ({"sender": "11111111-1"}, 401, "No autorizado"),
        ({"company": "96790240-3"}, 401, "No autorizado"),
    ],
)
def test_refused_at_the_door(rest, seller, how, status, text):
    answer = rest.post(envelope(seller, boleta(seller)), **how)
    assert (answer.status_code, answer.text) == (status, text)


def test_tokens_of_one_family_are_nothing_to_the_other(rest, client, seller):
    assert rest.post(envelope(seller, boleta(seller)), token=client.token()).status_code == 401
    assert rest.status(1, token=client.token()).status_code == 401
    assert client.upload(seller.envelope(seller.invoice()), token=rest.token())["STATUS"] == "5"
    assert dict(client.call("getToken", rest.signed_seed().decode()))["ESTADO"] == "08"


def test_chunked_upload_is_cut(processed, seller):
    found = processed(envelope(seller, boleta(seller)), chunked=True)
    assert found["estado"] == "RSC"
    assert "LPX-00007" in found["detalle_rep_rech"][0]["error"][0]["detalle"]


def test_only_boletas(processed, seller):
    found = processed(seller.envelope(seller.invoice()))
    assert found["estado"] == "RSC"
    assert "SCH-00001" in found["detalle_rep_rech"][0]["error"][0]["detalle"]


def test_the_same_bytes_again(sii, rest, processed, seller):
    content = envelope(seller, boleta(seller))
    assert processed(content)["estado"] == "EPR"
    assert processed(content)["estado"] == "RPT"


def test_signature_of_the_envelope(processed, seller):
    content = envelope(seller, boleta(seller), edit_signed=swap("<NroResol>0", "<NroResol>00"))
    assert processed(content)["estado"] == "RFR"


def test_not_found(sii, rest, client, seller):
    sii.change_settings({"visible_after_seconds": 60})
    track_id = rest.post(envelope(seller, boleta(seller))).json()["trackid"]
    dte_track_id = client.upload(seller.envelope(seller.invoice()))["TRACKID"]
    assert rest.status(track_id).status_code == 404
    sii.move_clock({"advance": 61})
    assert rest.status(track_id).status_code == 200
    assert rest.status(track_id, "96790240-3").status_code == 404
    assert rest.status(track_id + 100).status_code == 404
    assert rest.status(int(dte_track_id)).status_code == 404
    assert dict(client.envelope_status(str(track_id)))["ESTADO"] == "-11"


def test_document_status(rest, processed, seller):
    body, digit = ANONYMOUS.split("-")
    day = f"{seller.now():%d-%m-%Y}"
    processed(envelope(seller, boleta(seller)))
    rest._token = ""
    asked = {"rut_receptor": body, "dv_receptor": digit, "monto": 1000, "fechaEmision": day}
    assert rest.document(39, 1, **asked).json()["codigo"] == "DOK"
    assert rest.document(39, 2, **asked).json()["codigo"] == "FAU"
    assert rest.document(39, 99, **asked).json()["codigo"] == "FNA"
    assert rest.document(39, 1, **asked | {"monto": 1}).json()["codigo"] == "DNK"
    assert rest.document(39, 1, monto=1).status_code == 400
    assert rest.document(39, 1, token="X", **asked).status_code == 401


@pytest.mark.parametrize("table", ["envio.estado", "estado", "nivel", "seccion", "tipo"])
def test_code_tables(sii, table):
    url = f"{sii.url}/recursos/v1/globales/boleta.electronica.{table}"
    rows = requests.get(url, timeout=20).json()
    assert rows
    assert all(set(row) == {"codigo", "descripcion"} for row in rows)


def test_unknown_paths(sii):
    assert requests.get(f"{sii.url}{BASE}.nada", timeout=20).status_code == 404
    tables = f"{sii.url}/recursos/v1/globales/boleta.electronica.nada"
    assert requests.get(tables, timeout=20).status_code == 404


@pytest.mark.parametrize("status", [405, 429, 503])
def test_rate_limit(sii, rest, seller, status):
    rest.token()
    sii.add_to_script({"on": "boleta_upload", "do": f"{status}:30"})
    content = envelope(seller, boleta(seller))
    answer = rest.post(content)
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "30")
    assert rest.post(content).status_code == 200


def test_lost_answer_was_processed(sii, rest, seller):
    rest.token()
    sii.add_to_script({"on": "boleta_upload", "do": "drop_after_processing"})
    with pytest.raises(requests.ConnectionError):
        rest.post(envelope(seller, boleta(seller)))
    assert len(sii.envelopes()) == 1
    assert sii.exchanges()[-1]["outcome"].startswith("answer lost: REC TRACKID")


def test_token_expires(sii, rest, seller):
    track_id = rest.post(envelope(seller, boleta(seller))).json()["trackid"]
    sii.add_to_script({"on": "boleta_envelope_status", "do": "token_expired"})
    assert rest.status(track_id).status_code == 401


def test_wrong_host_and_scripted_login(sii, rest):
    for action in ("denied", "estado:-2"):
        sii.add_to_script({"on": "boleta_seed", "do": action})
    denied = rest.seed()
    assert (denied.status_code, "Acceso Denegado" in denied.text) == (500, True)
    assert leaf(rest.seed(), "ESTADO") == "-2"


def test_scripted_verdict(sii, processed, seller):
    sii.add_to_script({"on": "document", "do": "reject:CAF-3-517", "match": {"type": 39}})
    found = processed(envelope(seller, boleta(seller)))
    error = found["detalle_rep_rech"][0]["error"][0]
    assert (error["seccion"], error["nivel"], error["codigo"]) == ("CAF", 3, 517)
