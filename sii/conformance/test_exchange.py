"""Our answers to an envelope, and those of others, against the official schemas."""

from datetime import date

import documents
import pytest

from sii.dte import envelope
from sii.dte import issue as dte
from sii.exchange import our_answers as exchange
from sii.exchange.envelope import receive

ANSWERER = exchange.Answerer(
    documents.RECEIVER.rut, "Los Militares 55", "María Pérez", "2", "a@b.cl"
)


@pytest.fixture(scope="module")
def received(cafs, signer, moment):
    xml = dte.issue(documents.factura(), 1, cafs[33], signer, moment).xml
    caratula = envelope.Caratula(
        documents.ISSUER.rut, signer.rut, date(2024, 1, 2), 0, ANSWERER.rut
    )
    return receive(envelope.seal(caratula, [xml], signer, moment), "e.xml", ANSWERER.rut)


@pytest.mark.parametrize("answer", [exchange.reception, exchange.result, exchange.receipts])
def test_valid(answer, received, official, signer, moment):
    assert not official.validate(answer(received, ANSWERER, signer, moment))


@pytest.mark.parametrize("name", ["RespuestaDTE-recepcion", "RespuestaDTE-envio-1"])
def test_answers_of_others_are_valid(name, reference, official):
    assert not official.validate((reference / f"samples/exchange/{name}.xml").read_bytes())


def test_the_sii_s_own_envelope(reference):
    data = (reference / "samples/envelopes/EnvioDTE-F60T33-official.xml").read_bytes()
    found = receive(data, "F60T33.xml", "60803000-K")
    assert found.is_intact
    assert len(found.documents) >= 1
