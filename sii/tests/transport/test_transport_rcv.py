"""The register and the fee receipts, asked through the strict simulator and a hostile wire."""

import json
from contextlib import contextmanager

import pytest
import wire
from documents import ISSUER
from office import enrol, person

from sii.codes import Environment
from sii.errors import Busy, NotSent, Refused
from sii.register.facade import LISTS
from sii.transport.endpoints import Endpoints
from sii.transport.register.honoraria import HonorariaGateway
from sii.transport.register.rcv import RegisterGateway
from sii.transport.token import TokenCache
from simulator import Simulator

PERIOD = "2026-06"
PURCHASES, PENDING, *_REST, SALES = LISTS
LOGIN_PAGE = b"<html><form action='/cgi_AUT2000/CAutInicio.cgi'></form></html>"


def purchase(number: int = 1, **values) -> dict:
    return {
        "detTipoDoc": 33,
        "detNroDoc": 1000 + number,
        "detRutDoc": 96790240,
        "detDvDoc": "3",
        "detRznSoc": "Distribuidora Peñalolén Ltda.",
        "detFchDoc": "05/06/2026",
        "detFecRecepcion": "06/06/2026 09:30:15",
        "detMntExe": 0,
        "detMntNeto": 10000,
        "detMntIVA": 1900,
        "detMntTotal": 11900,
        "descTipoTransaccion": "Del Giro",
        **values,
    }


def receipt(number: int = 1, **values) -> dict:
    return {
        "nroboleta": str(number),
        "rutemisor": "12345678",
        "dvemisor": "5",
        "nombre_emisor": 'José "Pepe" Núñez',
        "fecha_boleta": "10/06/2026",
        "totalhonorarios": "1000000",
        "retencion_receptor": "152500",
        "honorariosliquidos": "847500",
        "es_soc_profesional": "NO",
        "estado": "N",
        "fechaanulacion": "",
        **values,
    }


def third_party(number: int = 1, **values) -> dict:
    return {
        "folio": str(number),
        "estado": "VIGENTE",
        "fecha_emision": "11-06-2026",
        "rut_emisor": ISSUER.rut,
        "nombre_emisor": ISSUER.name,
        "fecha_recepcion": "11-06-2026",
        "rut_prestador": "12345678-5",
        "nombre_prestador": "José Núñez",
        "bruto": 1_000_000,
        "retenido": 152_500,
        "pagado": 847_500,
        **values,
    }


@pytest.fixture(scope="module")
def running():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def sii(running):
    enrol(running)
    return running


@pytest.fixture(scope="module")
def sender(running):
    return person(running)


@pytest.fixture
def ask(sii, sender):
    """A gateway of its own, with little patience."""

    @contextmanager
    def open_(kind=RegisterGateway, who=sender, patience=5.0):
        address = Endpoints(Environment.CERTIFICATION, sii.url, read_timeout=patience)
        with kind(address, who, TokenCache()) as gateway:
            yield gateway

    return open_


@pytest.fixture
def load(sii):
    def put(name, *rows):
        sii.load_register({"rut": ISSUER.rut, "period": PERIOD, "list": name, "rows": list(rows)})

    return put


def test_a_month_comes_from_all_its_lists(ask, load):
    load("COMPRA/REGISTRO", purchase(1, detEventoReceptor="C"), purchase(2, detTipoDoc=61))
    load("COMPRA/PENDIENTE", purchase(3))
    load("COMPRA/NO_INCLUIR", purchase(4, descTipoTransaccion="No Corresp. Incluir"))
    load("COMPRA/RECLAMADO", purchase(5, detFecReclamado="07/06/2026 10:00:00"))
    load(
        "VENTA/REGISTRO",
        purchase(6, detCdgSIISucur="77"),
        {"rsmnTipoDocInteger": 39, "rsmnTotDoc": 1520, "rsmnMntTotal": 1190, "rsmnMntNeto": 1000},
    )
    with ask() as gateway:
        rows = list(gateway.fetch(ISSUER.rut, PERIOD))
    assert [(row.issue_type, row.number, row.detail["invoice_status"]) for row in rows] == [
        ("received", "1001", "registered"),
        ("received", "1002", "registered"),
        ("received", "1003", "pending"),
        ("received", "1004", "rejected"),
        ("received", "1005", "cancelled"),
        ("issued", "1006", "registered"),
        ("issued", "", "registered"),
    ]
    first, *_, sale, summary = rows
    assert (first.detail["confirmation_status"], first.detail["vat_amount"]) == ("C", 1900)
    assert first.counterpart.rut == "96790240-3"
    assert first.detail["common_use_vat"] is None
    assert sale.detail["besides"] == {"branch_code": "77"}
    assert (summary.is_summary, summary.detail["total_documents"]) == (True, 1520)
    assert rows[3].detail["transaction_category"] == "no_incluir"


def test_the_files_and_the_facade_give_the_same_document(ask, load):
    taxes = [{"codigo": 24, "valor": 315, "tasa": "31.5"}, {"codigo": 27, "valor": 1, "tasa": "10"}]
    load("COMPRA/REGISTRO", purchase(1, otros=taxes), purchase(2))
    with ask() as gateway:
        one, two = gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)
    assert one.identity == "received|33|1001|96790240-3"
    assert one.detail["other_taxes"] == {
        "other_taxes_detail": [
            {"tax_amount": 315, "tax_code": 24, "tax_rate": "31.5"},
            {"tax_amount": 1, "tax_code": 27, "tax_rate": "10"},
        ],
        "total_amount": 316,
    }
    assert two.detail["other_taxes"] is None


def test_an_empty_month_is_no_error(ask):
    with ask() as gateway:
        assert list(gateway.fetch(ISSUER.rut, "2026-05")) == []


def test_an_expired_login_is_renewed_once(ask, load, sii):
    load("COMPRA/REGISTRO", purchase())
    with ask() as gateway:
        assert len(gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)) == 1
        sii.add_to_script({"on": "register", "do": "token_expired"})
        assert len(gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)) == 1
        sii.add_to_script({"on": "register", "do": "token_expired", "times": 2})
        with pytest.raises(Refused) as caught:
            gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)
    assert caught.value.code == "not_authenticated"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("html", "html_page"),
        ("503", "html_page"),
        ("error_500", "answer_unreadable"),
        ("truncate", "answer_cut"),
        ("drop_before", "connection_lost"),
        ("drop_after_processing", "connection_lost"),
        ("timeout:2", "answer_timeout"),
    ],
)
@pytest.mark.parametrize("position", [1, 2], ids=["summary", "details"])
def test_a_broken_answer_gives_no_part_of_a_list(ask, load, sii, fault, code, position):
    load("COMPRA/REGISTRO", purchase(1), purchase(2))
    with ask(patience=0.5) as gateway:
        if position == 2:
            sii.add_to_script({"on": "register", "do": "delay:0.01"})
        sii.add_to_script({"on": "register", "do": fault})
        with pytest.raises((Busy, NotSent)) as caught:
            gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)
    assert caught.value.code == code


def test_half_a_page_that_looks_whole(ask, load, sii):
    load("COMPRA/REGISTRO", *(purchase(number) for number in range(1, 5)))
    sii.add_to_script({"on": "register", "do": "delay:0.01"})
    sii.add_to_script({"on": "register", "do": "half"})
    with ask() as gateway, pytest.raises(Busy) as caught:
        gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)
    assert (caught.value.code, caught.value.data) == (
        "register_incomplete",
        {"expected": 4, "found": 2},
    )


def test_a_stranger_may_not_see_the_register(ask, sii):
    stranger = person(sii, "22222222-2")
    with ask(who=stranger) as gateway, pytest.raises(Refused) as caught:
        list(gateway.fetch(ISSUER.rut, PERIOD))
    assert (caught.value.code, caught.value.data["sii_code"]) == ("register_refused", "99")


def _answer(value) -> bytes:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return wire.http(body)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"[" * 100_000, Busy),
        (b"null", Busy),
        ({"respEstado": {"codRespuesta": 0}, "data": {"a": 1}}, Busy),
        ({"respEstado": {"codRespuesta": 0}, "data": ["x"]}, Busy),
        ({"respEstado": {"codRespuesta": 0}, "data": [{"rsmnTipoDocInteger": "x"}]}, Busy),
        ({"respEstado": {"codRespuesta": 0}, "data": [{"rsmnTotDoc": 1}]}, Busy),
        ({"respEstado": None}, Busy),
        ({"respEstado": {"codRespuesta": 7, "msgeRespuesta": "No"}}, Refused),
    ],
)
def test_hostile_json(body, error, signer):
    with wire.RawServer(*wire.login(), _answer(body)) as server:
        address = server.endpoints
        with RegisterGateway(address, signer, TokenCache()) as gateway, pytest.raises(error):
            gateway.fetch_list(ISSUER.rut, PERIOD, PURCHASES)


def test_fee_receipts_of_all_reports(ask, load):
    load("bhe_received", *(receipt(number) for number in range(1, 151)))
    load(
        "bhe_issued",
        {
            "nroboleta": "7",
            "rutreceptor": "96790240",
            "dvreceptor": "3",
            "nombrereceptor": "Ñandú & Cía",
            "fechaemision": "12/06/2026",
            "totalhonorarios": "500000",
            "retencion_emisor": "76250",
            "estado": "S",
            "fechaanulacion": "13/06/2026",
        },
    )
    load("bte_issued", *(third_party(number) for number in range(1, 61)))
    load("bte_received", third_party(9, estado="ANULADA"))
    with ask(HonorariaGateway) as gateway:
        rows = list(gateway.fetch(ISSUER.rut, PERIOD))
    assert len(rows) == 150 + 1 + 1 + 60
    assert all(row.is_services and row.document_type is None for row in rows)
    first, annulled, received_bte, issued_bte = rows[0], rows[150], rows[151], rows[152]
    assert (first.counterpart.rut, first.counterpart.name) == ("12345678-5", 'José "Pepe" Núñez')
    assert first.detail["services_receiver_withheld_amount"] == 152_500
    assert (first.total_amount, first.detail["services_status"]) == (1_000_000, "VIG")
    assert (annulled.issue_type, annulled.detail["services_status"]) == ("issued", "ANUL")
    assert annulled.detail["services_issuer_withheld_amount"] == 76_250
    assert received_bte.detail["services_status"] == "ANUL"
    assert (issued_bte.counterpart.rut, issued_bte.detail["services_is_third_party"]) == (
        "12345678-5",
        True,
    )
    assert len({row.identity for row in rows}) == len(rows)


def test_no_fee_receipts(ask):
    with ask(HonorariaGateway) as gateway:
        assert list(gateway.fetch(ISSUER.rut, PERIOD)) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [("html", "answer_unreadable"), ("truncate", "answer_cut"), ("503", "http_status")],
)
def test_a_report_is_whole_or_an_error(ask, load, sii, fault, code):
    load("bhe_received", *(receipt(number) for number in range(1, 120)))
    sii.add_to_script({"on": "honoraria", "do": "delay:0.01"})
    sii.add_to_script({"on": "honoraria", "do": fault})
    with ask(HonorariaGateway) as gateway, pytest.raises(Busy) as caught:
        gateway.fetch_report(ISSUER.rut, PERIOD, "bhe_received")
    assert caught.value.code == code


def test_a_report_that_asks_to_log_in(ask, load, sii):
    load("bhe_received", receipt())
    sii.add_to_script({"on": "honoraria", "do": "token_expired"})
    with ask(HonorariaGateway) as gateway:
        assert len(gateway.fetch_report(ISSUER.rut, PERIOD, "bhe_received")) == 1
