"""What we emit, judged by the SII's current schemas; and what they changed since cl-sii's."""

from datetime import date

import documents
import pytest
import wide

from sii import dte, envelope, received
from sii.xml.schema import SchemaSet


@pytest.mark.parametrize("name", wide.EXAMPLES)
def test_emitted_documents_are_valid_and_genuine(name, official, cafs, signer, moment, authorities):
    document = wide.EXAMPLES[name]()
    signed = dte.issue(document, 7, cafs[document.kind], signer, moment, schemas=official)
    assert official.validate(signed.xml) == []
    (back,) = received.read(signed.xml, authorities)
    assert back.is_genuine
    assert (back.authenticity.variant, back.sums) == ("D", None)
    assert (back.totals, back.lines) == (document.totals, document.lines)


def test_an_emitted_envelope_is_valid(official, cafs, signer, moment, authorities):
    issued = [
        dte.issue(make(), folio, cafs[kind], signer, moment).xml
        for folio, (kind, make) in enumerate(documents.ALL.items(), 1)
    ]
    caratula = envelope.Caratula("76086428-5", "11111111-1", date(2026, 1, 2), 0)
    sealed = envelope.seal(caratula, issued, signer, moment, schemas=official)
    assert official.validate(sealed) == []
    assert all(each.is_genuine for each in received.read(sealed, authorities))


def test_the_official_set_knows_more_documents(official):
    newer = {"EnvioBOLETA", "ConsumoFolios", "RespuestaDTE", "EnvioRecibos", "RESULTADO_ENVIO"}
    assert newer | SchemaSet.bundled().roots <= official.roots


def test_the_official_set_takes_precedence(reference, official):
    """TipoFactEsp came after cl-sii's schemas."""
    data = (reference / "samples/dte/33-76354771-K-170.xml").read_bytes()
    tourist = data.replace(b"</IdDoc>", b"<TipoFactEsp>1</TipoFactEsp></IdDoc>", 1)
    assert official.validate(tourist) == []
    (problem,) = SchemaSet.bundled().validate(tourist)
    assert problem.where == "Documento/Encabezado/IdDoc/TipoFactEsp"
