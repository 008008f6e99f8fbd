"""Boletas over real HTTP: the strict simulator takes the SII's place."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import boletas
import pytest
import wire  # noqa: F401  (before the transport: it imports zeep quietly)
from documents import ISSUER
from office import RESOLVED_ON, SENDER, enrol, person

from sii import clock
from sii.books import consumo_folios
from sii.books.consumo_folios import UsedFolio
from sii.codes import Environment, TipoDte
from sii.document import Document
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf, authority_from_pem
from sii.errors import Busy, OutcomeUnknown, Refused
from sii.signature.signer import Signer
from sii.transport.boleta.gateway import BoletaGateway
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from sii.transport.replies import DocumentStatus, DocumentVerdict, EnvelopeVerdict, TypeCount
from sii.transport.result_mail import Reason
from sii.transport.token import TokenCache
from simulator import Simulator

FILE = "envio.xml"

# The simulator leaves the temporary file of a form to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)


@dataclass
class Shop:
    """A company that sells with boletas, and one of each type."""

    simulator: Simulator
    signer: Signer
    cafs: dict[int, Caf]

    @classmethod
    def open(cls, simulator: Simulator) -> "Shop":
        enrol(simulator, (39, 41))
        key = authority_from_pem(simulator.caf_public_key().encode())
        authorities = {simulator.state()["idk"]: key}
        cafs = {}
        for kind in boletas.ALL:
            given = simulator.issue_caf({"rut": ISSUER.rut, "type": kind, "count": 10})
            cafs[kind] = Caf.read(given["xml"].encode("iso-8859-1"), authorities)
        return cls(simulator, person(simulator), cafs)

    def document(self, kind: int) -> Document:
        return replace(boletas.ALL[kind](), issued_on=clock.today())

    def envelope(self) -> bytes:
        at = clock.now()
        issued = [
            dte.issue(self.document(kind), caf.first, caf, self.signer, at).xml
            for kind, caf in self.cafs.items()
        ]
        cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
        return envelope.seal(cover, issued, self.signer, at)

    @contextmanager
    def gateway(self, channel=BoletaGateway, patience: float = 20) -> Iterator[BoletaGateway]:
        address = Endpoints(Environment.CERTIFICATION, self.simulator.url, read_timeout=patience)
        with channel(address, self.signer, TokenCache()) as gateway:
            yield gateway

    def ask(self, gateway: BoletaGateway, kind: int, more: int = 0) -> DocumentStatus:
        document = self.document(kind)
        return gateway.document_status(
            ISSUER.rut,
            document.receiver.rut,
            kind,
            self.cafs[kind].first,
            document.issued_on,
            document.totals.total + more,
        )


@pytest.fixture(scope="module")
def simulator():
    with Simulator() as running:
        yield running
    gc.collect()  # here, where its forgotten files are ignored, and not in another test


@pytest.fixture
def shop(simulator):
    return Shop.open(simulator)


def test_boletas_are_received_processed_and_found(shop):
    sent = shop.envelope()
    with shop.gateway() as gateway:
        gateway.ping()
        received = gateway.upload(sent, ISSUER.rut, FILE)
        waiting = gateway.envelope_status(ISSUER.rut, received.track_id)
        shop.simulator.move_clock({"advance": 60})
        processed = gateway.envelope_status(ISSUER.rut, received.track_id)
        found, differs = shop.ask(gateway, 39), shop.ask(gateway, 41, more=1)
    assert shop.simulator.envelope_xml(received.track_id) == sent
    assert waiting.verdict is EnvelopeVerdict.PENDING
    assert (processed.verdict, processed.sii_code) == (EnvelopeVerdict.PROCESSED, "EPR")
    assert processed.counts == (TypeCount(39, 1, 1, 0, 0), TypeCount(41, 1, 1, 0, 0))
    assert processed.details == ()
    assert (found.verdict, found.sii_code) == (DocumentVerdict.MATCHES, "DOK")
    assert differs.verdict is DocumentVerdict.DIFFERS


def test_a_rejected_boleta_gives_its_reason(shop):
    shop.simulator.add_to_script({"on": "document", "do": "reject:DTE-3-505"})
    with shop.gateway() as gateway:
        received = gateway.upload(shop.envelope(), ISSUER.rut, FILE)
        shop.simulator.move_clock({"advance": 60})
        status = gateway.envelope_status(ISSUER.rut, received.track_id)
    assert status.counts[0] == TypeCount(39, informed=1, accepted=0, rejected=1, objected=0)
    (detail,) = status.details
    assert (detail.kind, detail.folio) == (39, shop.cafs[39].first)
    assert detail.state.startswith("RCH")
    (reason,) = detail.reasons
    assert isinstance(reason, Reason)
    assert reason.code == "DTE-3-505"


def test_the_certification_set_travels_as_other_documents_do(shop):
    with shop.gateway(Gateway) as gateway:
        received = gateway.upload(shop.envelope(), ISSUER.rut, FILE)
        shop.simulator.move_clock({"advance": 60})
        status = gateway.envelope_status(ISSUER.rut, received.track_id)
    assert [count.accepted for count in status.counts] == [1, 1]


def test_an_envelope_not_yet_visible_is_pending(shop):
    shop.simulator.change_settings({"visible_after_seconds": 30})
    with shop.gateway() as gateway:
        received = gateway.upload(shop.envelope(), ISSUER.rut, FILE)
        status = gateway.envelope_status(ISSUER.rut, received.track_id)
    assert (status.verdict, status.sii_code) == (EnvelopeVerdict.PENDING, "404")


def test_a_certificate_without_permission(shop):
    shop.signer = person(shop.simulator, "22222222-2")
    at = clock.now()
    caf = shop.cafs[39]
    signed = dte.issue(shop.document(39), caf.first, caf, shop.signer, at)
    cover = envelope.Caratula(ISSUER.rut, "22222222-2", RESOLVED_ON, 0)
    sealed = envelope.seal(cover, [signed.xml], shop.signer, at)
    with shop.gateway() as gateway, pytest.raises(Refused) as caught:
        gateway.upload(sealed, ISSUER.rut, FILE)
    assert caught.value.code == "not_authenticated"


def test_a_lost_answer_is_not_taken_for_a_no(shop):
    """The SII took the boletas: they are found, and were sent once."""
    shop.simulator.add_to_script({"on": "boleta_upload", "do": "drop_after_processing"})
    with shop.gateway() as gateway:
        with pytest.raises(OutcomeUnknown):
            gateway.upload(shop.envelope(), ISSUER.rut, FILE)
        shop.simulator.move_clock({"advance": 60})
        assert shop.ask(gateway, 39).is_held


def test_a_limit_is_obeyed_and_a_forgotten_token_renewed(shop):
    shop.simulator.add_to_script({"on": "boleta_upload", "do": "429:30"})
    shop.simulator.add_to_script({"on": "boleta_upload", "do": "token_expired"})
    with shop.gateway() as gateway:
        with pytest.raises(Busy) as caught:
            gateway.upload(shop.envelope(), ISSUER.rut, FILE)
        assert caught.value.retry_after == 30
        assert gateway.upload(shop.envelope(), ISSUER.rut, FILE).track_id


def test_the_wrong_host_refuses(shop):
    shop.simulator.add_to_script({"on": "boleta_upload", "do": "denied"})
    with shop.gateway() as gateway, pytest.raises(Refused) as caught:
        gateway.upload(shop.envelope(), ISSUER.rut, FILE)
    assert caught.value.data["sii_code"] == "500"


def test_the_summary_of_the_day_is_accepted(shop):
    """It is sent as other documents are (PROTOCOL 4.5)."""
    folios = []
    for kind, caf in shop.cafs.items():
        totals = shop.document(kind).totals
        amounts = (totals.total, totals.net or 0, totals.vat or 0, totals.exempt or 0)
        folios.append(UsedFolio(TipoDte(kind), caf.first, *amounts))
        folios.append(UsedFolio(TipoDte(kind), caf.first + 3, voided=True))
    at = clock.now()
    cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
    sent = consumo_folios.write(cover, at.date(), folios, 1, shop.signer, at)
    with shop.gateway(Gateway) as gateway:
        received = gateway.upload(sent, ISSUER.rut, FILE)
        shop.simulator.move_clock({"advance": 60})
        status = gateway.envelope_status(ISSUER.rut, received.track_id)
    assert (status.verdict, status.sii_code) == (EnvelopeVerdict.PROCESSED, "EPR")
