"""What receivers mail about documents of ours."""

import base64
import re
from dataclasses import replace

import documents
import keys
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from sii.dte import issue as dte
from sii.dte.envelope import Caratula, seal
from sii.errors import SignatureProblem, UnsafeXml
from sii.exchange import our_answers as exchange
from sii.exchange import their_answers as exchange_answers
from sii.exchange.envelope import receive

OURS = documents.RECEIVER.rut
ANSWERER = exchange.Answerer(OURS, "Los Militares 55, Las Condes")


@pytest.fixture(scope="module")
def received(cafs, signer, moment):
    xml = dte.issue(documents.factura(), 1, cafs[33], signer, moment).xml
    cover = Caratula(documents.ISSUER.rut, signer.rut, moment.date(), 0, receiver_rut=OURS)
    return receive(seal(cover, [xml], signer, moment), "ENVIO_DTE_1.xml", OURS)


@pytest.fixture(scope="module")
def answers(received, signer, moment):
    """Files by what they are."""
    refused = replace(received, documents=((received.documents[0][0], 99),))
    return {
        "RecepcionDTE 0": exchange.reception(received, ANSWERER, signer, moment),
        "ResultadoDTE 0": exchange.result(received, ANSWERER, signer, moment),
        "ResultadoDTE 2": exchange.result(refused, ANSWERER, signer, moment),
        "Recibo": exchange.receipts(received, ANSWERER, signer, moment),
    }


@pytest.mark.parametrize("code", ["RecepcionDTE 0", "ResultadoDTE 0", "ResultadoDTE 2", "Recibo"])
def test_what_a_receiver_answers(answers, received, signer, moment, code):
    data = answers[code]
    assert exchange_answers.is_answer(data)
    file = exchange_answers.read(data)
    (answer,) = file.answers
    document = received.documents[0][0]
    assert (answer.code, answer.kind, answer.folio) == (code, 33, 1)
    assert answer.total == document.totals.total
    assert (answer.issuer_rut, answer.receiver_rut) == (documents.ISSUER.rut, OURS)
    assert answer.responsible_rut == OURS
    assert answer.at == moment
    assert answer.text
    assert (file.recipient_rut, file.at) == (documents.ISSUER.rut, moment)
    assert (file.certificate_der, file.key_matches) == (signer.certificate_der, True)


def test_an_altered_answer_is_none(answers):
    altered = answers["ResultadoDTE 2"].replace(b"<EstadoDTE>2<", b"<EstadoDTE>0<")
    assert altered != answers["ResultadoDTE 2"]
    with pytest.raises(SignatureProblem):
        exchange_answers.read(altered)


@pytest.mark.parametrize(
    "data", [b"", b"<RespuestaDTE/>", b'<!DOCTYPE a [<!ENTITY b "c">]><RespuestaDTE>&b;']
)
def test_what_cannot_be_read(data):
    with pytest.raises((UnsafeXml, SignatureProblem)):
        exchange_answers.read(data)


def test_what_is_no_answer(received):
    assert not exchange_answers.is_answer(b"<EnvioDTE/>")
    assert not exchange_answers.is_answer(b"<RESULTADO_ENVIO/>")


@pytest.mark.parametrize("code", ["ResultadoDTE 0", "Recibo"])
def test_only_what_is_signed_is_read(answers, code):
    """A second body beside the signed one, before or after the signature, and one inside it."""
    data = answers[code]
    body = re.search(rb"<(Resultado|SetRecibos) .*</\1>", data, re.DOTALL)[0]
    forged = body.replace(b"<EstadoDTE>0<", b"<EstadoDTE>2<").replace(b"Militares", b"Leones")
    assert forged != body
    for altered in (
        data.replace(body, body + forged),
        data.replace(body, forged + body),
        re.sub(rb"(</(RespuestaDTE|EnvioRecibos)>)", forged.replace(b"\\", b"") + rb"\1", data),
    ):
        with pytest.raises((SignatureProblem, UnsafeXml)):
            exchange_answers.read(altered)


def test_a_certificate_of_another_key_is_reported(answers):
    data = answers["ResultadoDTE 2"]
    theirs = base64.b64encode(keys.certificate().certificate.public_bytes(Encoding.DER))
    borrowed = re.sub(rb"<X509Certificate>[^<]*<", b"<X509Certificate>" + theirs + b"<", data)
    file = exchange_answers.read(borrowed)
    assert not file.key_matches
