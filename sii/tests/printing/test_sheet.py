"""What a print shows of a signed document is what was stated when it was issued."""

import itertools
from dataclasses import replace

import documents
import pytest
import wide

from sii.codes import MedioPago, TpoTranCompra, TpoTranVenta
from sii.document import goods
from sii.dte import envelope, ted
from sii.dte import issue as dte
from sii.errors import SignatureProblem, UnsafeXml
from sii.printing import sheet


@pytest.mark.parametrize("kind", documents.ALL)
def test_it_shows_what_was_issued(kind, cafs, signer, moment):
    document = documents.ALL[kind]()
    issued = dte.issue(document, 42, cafs[kind], signer, moment)
    shown = sheet.read(issued.xml)
    assert (shown.kind, shown.folio, shown.issued_on) == (kind, 42, document.issued_on)
    assert shown.totals == document.totals
    assert [line.amount for line in shown.lines] == [line.amount for line in document.lines]
    assert [each.folio for each in shown.references] == [r.folio for r in document.references]
    assert (shown.issuer.name, shown.issuer.giro) == (document.issuer.name, document.issuer.giro)
    assert shown.receiver.rut == document.receiver.rut
    assert shown.stamp == ted.pdf417_payload(issued.xml)


def test_payment_and_terms(cafs, signer, moment):
    document = documents.factura()
    shown = sheet.read(dte.issue(document, 42, cafs[33], signer, moment).xml)
    assert shown.payment == document.payment
    assert shown.due_on == document.due_on
    assert (shown.sale, shown.purchase) == (None, None)
    stated = replace(document, sale=TpoTranVenta.REAL_ESTATE, purchase=TpoTranCompra.NO_CREDIT)
    shown = sheet.read(dte.issue(stated, 43, cafs[33], signer, moment).xml)
    assert (shown.sale, shown.purchase) == (3, 6)


@pytest.mark.parametrize("means", MedioPago)
def test_means_of_payment(cafs, signer, moment, means):
    document = replace(documents.factura(), means=means)
    assert sheet.read(dte.issue(document, 42, cafs[33], signer, moment).xml).means == means.value
    without = dte.issue(documents.exenta(), 42, cafs[34], signer, moment).xml
    assert sheet.read(without).means == ""


def test_the_other_currency_and_its_taxes(cafs, signer, moment):
    document = wide.factura()
    shown = sheet.read(dte.issue(document, 42, cafs[33], signer, moment).xml)
    assert document.foreign.taxes
    assert shown.foreign == document.foreign


def test_transport(cafs, signer, moment):
    document = replace(documents.factura(), transport=wide.TRANSPORT)
    issued = dte.issue(document, 42, cafs[33], signer, moment).xml
    shown = sheet.read(issued)
    assert shown.transport == replace(
        wide.TRANSPORT,
        trailer_plate="JK4567",
        driver_name="Íñigo Pérez de la Fuente y San",
        origin_address="",
        origin_comuna="",
        goods_travel=False,
    )
    assert (shown.issuer.address, shown.issuer.comuna) == (
        wide.TRANSPORT.origin_address,
        wide.TRANSPORT.origin_comuna,
    )
    guide = issued.replace(b"</TipoDespacho>", b"</TipoDespacho><IndTraslado>5</IndTraslado>")
    assert (sheet.read(issued).transfer, sheet.read(guide).transfer) == (None, 5)
    other = issued.replace(b"<TipoDespacho>2", b"<TipoDespacho>9")
    assert sheet.read(other).transport.dispatch is None


def test_what_is_stated_as_not_known(cafs, signer, moment):
    document = replace(documents.factura(), transport=wide.NO_CARRIER_KNOWN)
    issued = dte.issue(document, 42, cafs[33], signer, moment).xml
    sentence = "No se cuenta con la información de patente del vehículo, transportista, chofer."
    assert issued.count(sentence.encode("iso-8859-1")) == 1
    shown = sheet.read(issued)
    assert shown.transport == replace(wide.NO_CARRIER_KNOWN, goods_travel=False)
    assert shown.lines[0].description == document.lines[0].description
    theirs = issued.replace(b"<HraSalida>16:05:09", b"<HraSalida>4 PM")
    assert sheet.read(theirs).transport.departs_at.hour == 0


@pytest.mark.parametrize("count", range(6))
def test_statements_are_read_as_they_were_written(count):
    for names in itertools.combinations(goods.NAMES, count):
        for before in ("", "Rollo de 100 m.", "No se cuenta con nada"):
            description = f"{before} {goods.statement(names)}".strip()
            assert goods.read_statement(description) == (before, names)


def test_resolution_of_the_envelope(cafs, signer, moment):
    issued = dte.issue(documents.factura(), 42, cafs[33], signer, moment)
    assert sheet.resolution(issued.xml) is None
    caratula = envelope.Caratula(
        documents.factura().issuer.rut, signer.rut, moment.date().replace(year=2014), 80
    )
    sealed = envelope.seal(caratula, [issued.xml], signer, moment)
    assert sheet.resolution(sealed) == (80, 2014)


def test_what_is_no_document():
    with pytest.raises(UnsafeXml):
        sheet.read(b"<DTE/>")
    with pytest.raises(UnsafeXml):
        sheet.read(b"<!DOCTYPE x [<!ENTITY a 'b'>]><DTE><Documento>&a;</Documento></DTE>")


def test_without_a_stamp_there_is_no_print(cafs, signer, moment):
    xml = dte.issue(documents.factura(), 42, cafs[33], signer, moment).xml
    start, end = xml.index(b"<TED"), xml.index(b"</TED>") + len(b"</TED>")
    with pytest.raises(SignatureProblem):
        sheet.read(xml[:start] + xml[end:])


def test_a_stamp_that_no_bar_code_holds(cafs, signer, moment):
    issued = dte.issue(documents.factura(), 7, cafs[33], signer, moment).xml
    long = issued.replace(b"<IT1>", b"<IT1>" + b"x" * ted.BAR_CODE_LIMIT, 1)
    with pytest.raises(SignatureProblem, match="ted_too_long"):
        sheet.read(long)
    with pytest.raises(SignatureProblem, match="ted_twice"):
        sheet.read(issued.replace(b"<TED ", b"<TED/><TED ", 1))
