"""The registers of purchases and sales hold what was accepted, and nothing else (PROTOCOL 9)."""

import pytest
import requests
from boletas import boleta, exempt_boleta
from boletas import envelope as boletas_envelope
from client import Client
from conftest import HOUR, enrol, new_signer, now
from taxpayer import ISSUER, RECEIVER
from test_claims import BUYER, Register

DAY = 24 * HOUR
_NAMESPACE = "cl.sii.sdi.lob.diii.consdcv.data.api.interfaces.FacadeService"
_CAPTCHA = {"getDetalleCompra": "RCV_DETC", "getDetalleVenta": "RCV_DETV"}


class Books:
    """A company's registers of the present month, by the facade, as a user of it asks."""

    def __init__(self, sii, signer, rut):
        self.sii, self.rut = sii, rut
        self.client = Client(sii.url, signer)
        self.period = f"{now(sii):%Y%m}"

    def lines(self, book, status="REGISTRO", method=None):
        method = method or f"getDetalle{book.title()}"
        body, digit = self.rut.split("-")
        self.client.forget_token()
        answer = requests.post(
            f"{self.sii.url}/consdcvinternetui/services/data/facadeService/{method}",
            json={
                "metaData": {"namespace": f"{_NAMESPACE}/{method}", "conversationId": "x"},
                "data": {
                    "rutEmisor": body,
                    "dvEmisor": digit,
                    "ptributario": self.period,
                    "operacion": book,
                    "estadoContab": status,
                    "codTipoDoc": 0,
                    "accionRecaptcha": _CAPTCHA.get(method, ""),
                    "tokenRecaptcha": "t",
                },
            },
            headers={
                "Accept": "*/*",
                "User-Agent": "Mozilla/5.0",
                "Cookie": f"TOKEN={self.client.token()}",
            },
            timeout=20,
        )
        return answer.json()["data"] or []

    def purchases(self):
        """How many stand in each list."""
        names = ("PENDIENTE", "REGISTRO", "RECLAMADO", "NO_INCLUIR")
        return {name: len(self.lines("COMPRA", name)) for name in names}


@pytest.fixture
def sold(sii, signer):
    return Books(sii, signer, ISSUER)


@pytest.fixture
def bought(sii):
    enrol(sii, rut=RECEIVER, users=[BUYER])
    return Books(sii, new_signer(sii, BUYER), RECEIVER)


def test_what_is_accepted_is_sold(taxpayer, judge, sold):
    assert sold.lines("VENTA") == []
    judge(taxpayer.envelope(taxpayer.invoice()))
    [line] = sold.lines("VENTA")
    assert (line["detTipoDoc"], line["detNroDoc"]) == (33, 1)
    assert f"{line['detRutDoc']}-{line['detDvDoc']}" == RECEIVER
    assert line["detMntTotal"] == line["detMntNeto"] + line["detMntIVA"] > 0
    judge(taxpayer.envelope(taxpayer.exempt()))
    assert [each["detTipoDoc"] for each in sold.lines("VENTA")] == [33, 34]
    assert sold.lines("COMPRA") == []


def test_what_is_rejected_is_not(sii, taxpayer, judge, sold):
    sii.add_to_script({"on": "document", "do": "reject:CAF-3-517", "match": {"type": 33}})
    [document] = judge(taxpayer.envelope(taxpayer.invoice()))["documents"]
    assert document["verdict"] == "rejected"
    assert sold.lines("VENTA") == []


def test_a_reset_forgets_them(sii, taxpayer, judge, sold):
    judge(taxpayer.envelope(taxpayer.invoice()))
    sii.reset()
    enrol(sii)
    assert sold.lines("VENTA") == []


def test_boletas_stand_as_one_line_of_the_month(seller, judge, sold):
    judge(boletas_envelope(seller, boleta(seller, 1), boleta(seller, 2), exempt_boleta(seller)))
    assert sold.lines("VENTA") == []
    totals = sold.lines("VENTA", method="getResumen")
    counts = {t["rsmnTipoDocInteger"]: (t["rsmnTotDoc"], t["rsmnMntTotal"]) for t in totals}
    assert counts == {39: (2, 2000), 41: (1, 1000)}


@pytest.mark.parametrize(("answer", "status"), [("ACD", "REGISTRO"), ("RCD", "RECLAMADO")])
def test_a_purchase_stands_where_its_receiver_puts_it(sii, taxpayer, judge, bought, answer, status):
    judge(taxpayer.envelope(taxpayer.invoice()))
    none = dict.fromkeys(bought.purchases(), 0)
    assert bought.purchases() == none | {"PENDIENTE": 1}
    assert Register(sii, BUYER).act(answer) == 0
    assert bought.purchases() == none | {status: 1}


def test_silence_registers_it_after_eight_days(sii, taxpayer, judge, bought):
    judge(taxpayer.envelope(taxpayer.invoice()))
    sii.move_clock({"advance": 9 * DAY})
    [line] = bought.lines("COMPRA")
    assert line["detEventoReceptor"] == "P"
    assert bought.lines("COMPRA", "PENDIENTE") == []


def test_a_list_that_was_put_is_all_there_is(sii, taxpayer, judge, sold):
    judge(taxpayer.envelope(taxpayer.invoice()))
    month = f"{now(sii):%Y-%m}"
    sii.load_register({"rut": ISSUER, "period": month, "list": "VENTA/REGISTRO", "rows": []})
    assert sold.lines("VENTA") == []
