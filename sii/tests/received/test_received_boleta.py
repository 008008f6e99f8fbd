"""Boletas that we or others issued, read back."""

from dataclasses import replace
from datetime import date

import boletas
import keys
import pytest

from sii.document import Reference
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf
from sii.received import document as received

CARATULA = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)


@pytest.fixture(scope="module")
def issue(authority_key, authorities, caf_key, signer, moment):
    def do(document):
        caf = Caf.read(keys.caf_file(authority_key, caf_key, kind=document.kind), authorities)
        return dte.issue(document, 7, caf, signer, moment).xml

    return do


def test_an_envelope_is_read_to_the_last_field(issue, authorities, signer, moment):
    documents = [make() for make in boletas.ALL.values()]
    sealed = envelope.seal(CARATULA, [issue(each) for each in documents], signer, moment)
    found = received.read(sealed, authorities)
    for back, document in zip(found, documents, strict=True):
        assert back.is_genuine
        assert (back.kind, back.folio, back.issued_on) == (document.kind, 7, document.issued_on)
        assert (back.issuer_rut, back.issuer_name) == (document.issuer.rut, document.issuer.name)
        assert (back.receiver_rut, back.receiver_name) == (
            document.receiver.rut,
            document.receiver.name,
        )
        assert back.totals == replace(document.totals, vat_rate=None)
        assert (back.lines, back.references) == (document.lines, document.references)
        assert (back.gross, back.sums) == (True, None)


def test_references_are_of_any_kind(issue, authorities):
    references = (
        Reference("801", "OC-7", reason="Pedido"),
        Reference(label="ALFA 1"),
        Reference(reason="Mesa 4"),
    )
    document = replace(boletas.boleta(), references=references)
    (back,) = received.read(issue(document), authorities)
    assert back.references == references


def test_lines_and_total_must_agree(issue, authorities):
    xml = issue(boletas.boleta()).replace(b"<MontoItem>12720<", b"<MontoItem>12730<")
    (back,) = received.read(xml, authorities)
    assert not back.is_genuine
    assert back.sums.data == {"expected": 10699, "amount": 10689}
