"""The register of acceptance and claims: who, what, and until when (PROTOCOL 8.4)."""

import pytest
import requests
from client import Client
from conftest import HOUR, enrol, new_signer
from lxml import etree
from taxpayer import ISSUER, PERSON, RECEIVER

BUYER = "11111111-1"
STRANGER = "22222222-2"
DAY = 24 * HOUR
NAMESPACE = "http://ws.registroreclamodte.diii.sdi.sii.cl"


class Register:
    """A client of the register, by requests."""

    def __init__(self, sii, person):
        self.client = Client(sii.url, new_signer(sii, person))

    def ask(self, operation, *arguments, token=None):
        parts = "".join(f"<a{i}>{value}</a{i}>" for i, value in enumerate(arguments))
        self.client.forget_token()
        return requests.post(
            f"{self.client.url}/WSREGISTRORECLAMODTECERT/registroreclamodteservice",
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
            f'<m:{operation} xmlns:m="{NAMESPACE}">{parts}</m:{operation}></e:Body></e:Envelope>',
            headers={"Cookie": f"TOKEN={token or self.client.token()}"},
            timeout=20,
        )

    def returned(self, operation, *arguments):
        return etree.fromstring(self.ask(operation, *arguments).content).find(".//return")

    def act(self, action, issuer=ISSUER, kind=33, folio=1):
        found = self.returned(
            "ingresarAceptacionReclamoDoc", *issuer.split("-"), kind, folio, action
        )
        return int(found.findtext("codResp"))

    def history(self, folio=1):
        found = self.returned("listarEventosHistDoc", *ISSUER.split("-"), 33, folio)
        return int(found.findtext("codResp")), found.xpath("listaEventosDoc/codEvento/text()")

    def received_at(self, folio=1):
        return self.returned("consultarFechaRecepcionSii", *ISSUER.split("-"), 33, folio).text


@pytest.fixture
def buyer(sii, taxpayer, judge):
    """Who received factura 1, six hours ago."""
    enrol(sii, rut=RECEIVER, users=[BUYER])
    assert judge(taxpayer.envelope(taxpayer.invoice()))["documents"][0]["verdict"] == "accepted"
    return Register(sii, BUYER)


@pytest.mark.parametrize(
    ("actions", "codes"),
    [
        ("ACD", [0]),
        ("ACD ACD", [0, 7]),
        ("ACD ERM", [0, 0]),
        ("ACD RCD", [0, 11]),
        ("ERM ACD", [0, 0]),
        ("ERM ERM", [0, 7]),
        ("ERM RFT", [0, 13]),
        ("RCD RFP", [0, 0]),
        ("RCD RCD", [0, 7]),
        ("RFT ACD", [0, 12]),
        ("RFP ERM", [0, 6]),
        ("XXX", [4]),
    ],
)
def test_what_may_follow_what(buyer, actions, codes):
    assert [buyer.act(action) for action in actions.split()] == codes


def test_the_history_holds_what_was_registered(buyer):
    assert buyer.history() == (16, [])
    buyer.act("ERM")
    buyer.act("ACD")
    buyer.act("RCD")
    assert buyer.history() == (15, ["ERM", "ACD"])


def test_until_the_eighth_day_to_the_second(sii, buyer):
    sii.move_clock({"advance": 8 * DAY - 7 * HOUR})
    assert buyer.act("ACD") == 0
    sii.move_clock({"advance": 2 * HOUR})
    assert (buyer.act("ERM"), buyer.act("RCD")) == (8, 8)


def test_only_the_receiver_acts_and_only_parties_ask(sii, buyer):
    issuer, stranger = Register(sii, PERSON), Register(sii, STRANGER)
    assert (issuer.act("RCD"), stranger.act("RCD")) == (17, 14)
    buyer.act("RFP")
    assert issuer.history() == (15, ["RFP"])
    assert stranger.history() == (14, [])
    assert issuer.received_at() == buyer.received_at()
    assert stranger.received_at() is None


def test_documents_that_are_not_there(buyer):
    assert buyer.act("ACD", folio=2) == 18
    assert buyer.act("ACD", kind=61) == 3
    assert buyer.act("ACD", issuer="76354771-1") == 1
    assert buyer.act("ACD", folio="uno") == 2
    assert buyer.received_at(folio=2) is None


def test_an_unknown_token_is_a_fault(buyer):
    answer = buyer.ask("listarEventosHistDoc", *ISSUER.split("-"), 33, 1, token="NADIE")
    assert answer.status_code == 500
    assert "TOKEN" in answer.text
