"""The answers to an envelope from another company."""

from dataclasses import replace
from datetime import date

import documents
import pytest
from lxml import etree

from sii.document import Receiver
from sii.dte import envelope
from sii.dte import issue as dte
from sii.errors import CertificateProblem, SignatureProblem, UnsafeXml
from sii.exchange import our_answers as exchange
from sii.exchange.envelope import BAD_SIGNATURE, OK, OTHER_RECEIVER, receive
from sii.received import verification
from sii.xml.schema import SchemaSet

OURS = documents.RECEIVER.rut
ANSWERER = exchange.Answerer(OURS, "Los Militares 55, Las Condes", "María Pérez", "", "a@b.cl")
STRANGER = Receiver("60803000-K", "Otra Empresa", "Comercio", "Teatinos 120", "Santiago")


@pytest.fixture(scope="module")
def sent(cafs, signer, moment):
    """An envelope with one invoice for us and one for another company."""
    ours = documents.factura()
    xmls = [
        dte.issue(each, folio, cafs[33], signer, moment).xml
        for folio, each in ((1, ours), (2, replace(ours, receiver=STRANGER)))
    ]
    caratula = envelope.Caratula(
        documents.ISSUER.rut, signer.rut, date(2024, 1, 2), 0, receiver_rut=OURS
    )
    return envelope.seal(caratula, xmls, signer, moment)


@pytest.fixture(scope="module")
def received(sent):
    return receive(sent, "ENVIO_DTE_1.xml", OURS)


def texts(xml, path):
    return [found.text for found in etree.fromstring(xml).iterfind(f".//{{*}}{path}")]


def test_received(received):
    assert received.is_intact
    assert [state for _document, state in received.documents] == [OK, OTHER_RECEIVER]
    assert [each.folio for each in received.accepted] == [1]


def test_reception(received, signer, moment):
    xml = exchange.reception(received, ANSWERER, signer, moment, 4)
    assert verification.verify(xml)
    assert texts(xml, "EstadoRecepEnv") == ["0"]
    assert texts(xml, "EstadoRecepDTE") == ["0", "3"]
    assert texts(xml, "NroDTE") == ["2"]
    assert texts(xml, "RutRecibe") == [documents.ISSUER.rut]
    assert texts(xml, "EnvioDTEID") == ["SetDoc"]


def test_result(received, signer, moment):
    xml = exchange.result(received, ANSWERER, signer, moment)
    assert verification.verify(xml)
    assert texts(xml, "EstadoDTE") == ["0", "2"]
    assert texts(xml, "NroDetalles") == ["2"]


def test_receipts(received, signer, moment):
    xml = exchange.receipts(received, ANSWERER, signer, moment)
    assert verification.verify(xml)
    assert texts(xml, "DocumentoRecibo/{*}Folio") == ["1"]
    assert texts(xml, "Declaracion") == [exchange.DECLARATION_19983]
    start, end = xml.index(b"<Recibo "), xml.index(b"</Recibo>") + len(b"</Recibo>")
    assert verification.verify(xml[start:end])
    assert not SchemaSet.bundled().validate(xml[start:end])


def test_document_changed_on_its_way(sent, signer, moment):
    changed = sent.replace(b"<Folio>1</Folio>", b"<Folio>9</Folio>")
    received = receive(changed, "e.xml", OURS)
    assert not received.is_intact
    assert [state for _document, state in received.documents] == [BAD_SIGNATURE, OTHER_RECEIVER]
    xml = exchange.reception(received, ANSWERER, signer, moment)
    assert texts(xml, "EstadoRecepEnv") == ["2"]
    assert texts(xml, "EstadoRecepDTE") == ["1", "3"]
    assert texts(exchange.result(received, ANSWERER, signer, moment), "EstadoDTE") == ["2", "2"]
    with pytest.raises(SignatureProblem, match="nothing_to_receive"):
        exchange.receipts(received, ANSWERER, signer, moment)


@pytest.mark.parametrize(
    "data",
    [b"", b"<a/>", b"<EnvioDTE/>", b"%PDF-1.4", b'<!DOCTYPE a [<!ENTITY b "c">]><EnvioDTE>&b;'],
)
def test_what_is_no_envelope(data):
    with pytest.raises(UnsafeXml):
        receive(data, "x.xml", OURS)


def test_certificate_out_of_term(received, signer, moment):
    with pytest.raises(CertificateProblem):
        exchange.result(received, ANSWERER, signer, moment.replace(year=2019))
