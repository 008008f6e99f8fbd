"""What we emit, judged by the SII's current schemas; and what they changed since cl-sii's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import documents
import pytest

from sii import amounts, dte, envelope, received
from sii.codes import IndServicio, TipoDte, TpoMov
from sii.document import Adjustment, GlobalAdjustment, ItemCode, Line
from sii.xml.schema import SchemaSet


def fullest() -> documents.Document:
    """A 33 that says whatever a document can say."""
    lines = (
        Line(
            "Cerveza",
            9001,
            description="Ñandú & <Cía>",
            quantity=Decimal("10.000001"),
            unit="CAJA",
            unit_price=Decimal("1000"),
            discount=Adjustment(1000, Decimal(10)),
            surcharge=Adjustment(1),
            codes=(ItemCode("INT1", "C-1"), ItemCode("EAN13", "7801234567890")),
            additional_taxes=(26,),
        ),
        Line("Vaso", 5000, additional_taxes=(26,)),
    )
    changes = (
        GlobalAdjustment(TpoMov.DISCOUNT, "Feria", percent=Decimal("2.5")),
        GlobalAdjustment(TpoMov.SURCHARGE, "Flete", amount=500),
    )
    original = documents.factura()
    return replace(
        original,
        issuer=replace(original.issuer, branch="Casa matriz", sii_branch_code=12345),
        receiver=replace(original.receiver, contact="Señora Núñez"),
        lines=lines,
        adjustments=changes,
        totals=amounts.totals(TipoDte.FACTURA, lines, changes),
        service=IndServicio.SERVICES,
    )


def gross() -> documents.Document:
    lines = (Line("Pan", 1003),)
    totals = amounts.totals(TipoDte.FACTURA, lines, gross=True)
    return replace(documents.factura(), lines=lines, totals=totals, gross=True)


EMITTED = {**{str(kind): make for kind, make in documents.ALL.items()}}
EMITTED |= {"fullest": fullest, "gross": gross}


@pytest.mark.parametrize("name", EMITTED)
def test_emitted_documents_are_valid_and_genuine(name, official, cafs, signer, moment, authorities):
    document = EMITTED[name]()
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
