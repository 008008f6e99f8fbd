import re
from datetime import datetime, timedelta

import pytest
from boleta_client import BoletaClient
from client import Client
from signing import Signer
from taxpayer import ACTECO, ISSUER, PERSON, RESOLUTION, Caf, Taxpayer

from simulator import Simulator

HOUR = 3600


def new_signer(sii, rut=PERSON, **validity) -> Signer:
    made = sii.issue_certificate({"rut": rut, "name": "Ana Soto", **validity})
    return Signer(made["certificate_pem"], made["key_pem"])


def enrol(sii, **changes):
    """Register the tests' company."""
    company = {
        "rut": ISSUER,
        "name": "Ñandú & Cía",
        "resolution_date": RESOLUTION,
        "resolution_number": 0,
        "actecos": [ACTECO],
        "types": [33, 34, 39, 41, 46, 56, 61],
        "users": [PERSON],
    }
    return sii.register_company({**company, **changes})


def new_caf(sii, type_, **values) -> Caf:
    return Caf(sii.issue_caf({"rut": ISSUER, "type": type_, "count": 50, **values})["xml"])


def now(sii) -> datetime:
    return datetime.fromisoformat(sii.clock()["now"])


@pytest.fixture(scope="session")
def running():
    with Simulator() as sii:
        yield sii


@pytest.fixture(scope="session")
def signer(running):
    return new_signer(running)


@pytest.fixture
def sii(running):
    """The simulator, emptied, with the company enrolled and slow stages.

    Its day begins: what tests move the clock by is still of this day and month.
    """
    running.reset()
    tomorrow = now(running) + timedelta(days=1)
    running.move_clock({"now": tomorrow.replace(hour=1, minute=0).isoformat()})
    running.change_settings({"stage_seconds": HOUR, "visible_after_seconds": 0})
    enrol(running)
    return running


@pytest.fixture
def client(sii, signer):
    return Client(sii.url, signer)


@pytest.fixture
def taxpayer(sii, signer):
    cafs = {type_: new_caf(sii, type_) for type_ in (33, 34, 56, 61)}
    return Taxpayer(signer, lambda: now(sii), cafs)


@pytest.fixture
def seller(sii, taxpayer):
    """The taxpayer with folios for boletas."""
    taxpayer.cafs |= {type_: new_caf(sii, type_) for type_ in (39, 41)}
    return taxpayer


@pytest.fixture
def rest(sii, signer):
    return BoletaClient(sii.url, signer)


@pytest.fixture
def judge(sii, client):
    """Upload an envelope, let it be processed; the envelope as the API shows it."""

    def do(content: bytes) -> dict:
        answer = client.upload(content)
        assert answer["STATUS"] == "0", answer
        sii.move_clock({"advance": 6 * HOUR})
        client.forget_token()
        return sii.envelope(answer["TRACKID"])

    return do


@pytest.fixture
def codes(judge, taxpayer):
    """Verdict and reason codes of the last document of an envelope of these."""

    def do(*dtes: bytes) -> tuple[str, list[str]]:
        document = judge(taxpayer.envelope(*dtes))["documents"][-1]
        return document["verdict"], [re.match(r"\((.*?)\)", r)[1] for r in document["reasons"]]

    return do


@pytest.fixture
def invoice(taxpayer):
    """A document with these totals and lines."""

    def make(
        new_totals: str, *lines: str, type_=33, references="", also=lambda text: text, folio=5
    ):
        def edit(text):
            text = re.sub("<Totales>.*</Totales>", new_totals, text, flags=re.DOTALL)
            text = re.sub("<Detalle>.*</Detalle>\n", "".join(lines), text, flags=re.DOTALL)
            return also(text)

        return taxpayer.invoice(folio, type_=type_, references=references, edit=edit)

    return make
