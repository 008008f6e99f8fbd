"""Boletas from the document to the sealed envelope."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import boletas
import documents
import independent
import keys
import pytest
from lxml import etree

from sii.codes import IndServicio, MedioPago, TipoDte
from sii.document import ForeignLine, Line
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf
from sii.errors import InvalidDocument
from sii.printing import sheet
from sii.xml import boleta, schema
from sii.xml.schema import SchemaSet

GOLDENS = Path(__file__).parents[1] / "goldens"
TED = '<TED version="1.0"/>'
CARATULA = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)


@pytest.fixture(scope="module")
def cafs(cafs, authority_key, authorities, caf_key):
    boletas_too = {
        kind: Caf.read(keys.caf_file(authority_key, caf_key, kind=kind, last=1000), authorities)
        for kind in (39, 41)
    }
    return {**cafs, **boletas_too}


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    made = [(39, 1), (41, 1), (39, 2)]
    return [dte.issue(boletas.ALL[kind](), n, cafs[kind], signer, moment).xml for kind, n in made]


def _built(document, moment):
    return etree.fromstring(boleta.build(document, 7, TED, moment).encode("iso-8859-1"))


@pytest.mark.parametrize("kind", boletas.ALL)
def test_golden(kind, moment):
    built = boleta.build(boletas.ALL[kind](), 7, TED, moment)
    assert built.encode("iso-8859-1") == (GOLDENS / f"{kind}.xml").read_bytes()


@pytest.mark.parametrize(
    ("service", "written"),
    [
        (IndServicio.PERIODIC_DOMICILIARY, "2"),
        (IndServicio.PERIODIC_OTHER, "1"),
        (IndServicio.SERVICES, "3"),
    ],
)
def test_services_are_numbered_as_on_boletas(moment, service, written):
    built = _built(replace(boletas.boleta(), service=service), moment)
    assert built.findtext(".//{*}IndServicio") == written


@pytest.mark.parametrize(
    ("given", "written"), [("", documents.ISSUER.rut), ("76.269.769-6", "76269769-6")]
)
def test_whose_software_made_it(moment, given, written):
    built = _built(replace(boletas.boleta(), software_rut=given), moment)
    header = built.find(".//{*}Encabezado")
    assert [each.tag.partition("}")[2] for each in header][2:4] == ["Receptor", "RUTProvSW"]
    assert header.findtext("{*}RUTProvSW") == written


@pytest.mark.parametrize("means", MedioPago)
def test_every_means_of_payment_has_a_number(moment, means):
    built = _built(replace(boletas.boleta(), means=means), moment)
    assert built.findtext(".//{*}MedioPago") in set("12345")


@pytest.mark.parametrize(
    ("means", "read"),
    [
        (MedioPago.CASH, "EF"),
        (MedioPago.CARD, "TC"),
        (MedioPago.TRANSFER, "PE"),
        (MedioPago.DEFERRED_CHEQUE, "CH"),
        (MedioPago.BILL_OF_EXCHANGE, "OT"),
        (None, ""),
    ],
)
def test_its_number_is_printed_as_letters(cafs, signer, moment, means, read):
    issued = dte.issue(replace(boletas.boleta(), means=means), 7, cafs[39], signer, moment)
    assert sheet.read(issued.xml).means == read


def test_what_a_boleta_cannot_hold_is_left_out(cafs, signer, moment):
    factura = documents.factura()
    line = replace(boletas.boleta().lines[0], foreign=ForeignLine(1, "USD", 8))
    document = replace(
        boletas.of_lines(line), payment=factura.payment, terms="30 días", issuer=factura.issuer
    )
    root = etree.fromstring(dte.issue(document, 1, cafs[39], signer, moment).xml)
    tags = {etree.QName(each).localname for each in root.iter()}
    assert tags.isdisjoint({"FmaPago", "TermPagoGlosa", "OtrMnda", "Acteco", "TasaIVA", "FchRef"})


@pytest.mark.parametrize("kind", boletas.ALL)
def test_what_is_issued_by_another_verifier(kind, cafs, caf_key, signer, moment):
    signed = dte.issue(boletas.ALL[kind](), 42, cafs[kind], signer, moment)
    certificate = independent.check_signature(signed.xml, "Documento", independent.SII)
    assert certificate.public_bytes(independent.DER) == signer.certificate_der
    independent.check_stamp(signed.xml, caf_key)
    assert (signed.kind, signed.document_id) == (kind, f"F42T{kind}")


def test_a_stamp_always_names_a_receiver(cafs, signer, moment):
    nobody = replace(boletas.ANONYMOUS, name="")
    document = replace(boletas.boleta(), receiver=nobody)
    root = etree.fromstring(dte.issue(document, 1, cafs[39], signer, moment).xml)
    assert root.find(".//{*}RznSocRecep") is None
    assert root.findtext(".//{*}RSR") == "66666666-6"


def test_a_loaded_schema_takes_the_place_of_ours(issued):
    ours = (Path(schema.__file__).parent.parent / "xsd/EnvioBOLETA_v11.xsd").read_text()
    newer = ours.replace('<xs:enumeration value="39"/>', "")
    assert newer != ours
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("EnvioBOLETA_v11.xsd", newer)
    loaded = SchemaSet.from_zip(buffer.getvalue())
    assert loaded.validate(issued[1]) == []
    wrong = {problem.where for problem in loaded.validate(issued[0])}
    assert "Documento/Encabezado/IdDoc/TipoDTE" in wrong


def test_the_longest_boleta(cafs, signer, moment):
    lines = tuple(Line(f"Cosa {number}", number) for number in range(1, 1001))
    signed = dte.issue(boletas.of_lines(*lines), 1, cafs[39], signer, moment)
    assert signed.xml.count(b"<Detalle>") == 1000


def test_the_envelope_is_of_boletas(issued, signer, moment):
    sealed = envelope.seal(CARATULA, issued, signer, moment)
    assert sealed.decode("iso-8859-1").startswith(
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<EnvioBOLETA xmlns="http://www.sii.cl/SiiDte" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.sii.cl/SiiDte EnvioBOLETA_v11.xsd" version="1.0">\n'
    )
    scope = independent.SII + independent.XSI
    independent.check_signature(sealed, "SetDTE", scope, also=independent.XSI)
    cover = etree.fromstring(sealed).find(".//{*}Caratula")
    counts = [(each[0].text, each[1].text) for each in cover.findall("{*}SubTotDTE")]
    assert counts == [("39", "2"), ("41", "1")]
    assert SchemaSet.bundled().validate(sealed) == []


def _refused(code, dtes, signer, moment):
    with pytest.raises(InvalidDocument) as caught:
        envelope.seal(CARATULA, dtes, signer, moment)
    (problem,) = caught.value.problems
    assert problem.code == code
    return problem.data


def test_facturas_travel_apart(cafs, issued, signer, moment):
    factura = dte.issue(documents.factura(), 1, cafs[33], signer, moment).xml
    data = _refused("envelope_mixed", [*issued, factura], signer, moment)
    assert data == {"kinds": "33, 39, 41"}


def test_five_hundred_at_most(cafs, issued, signer, moment):
    data = _refused("envelope_size", issued[:1] * 501, signer, moment)
    assert data == {"count": 501, "limit": 500}


def test_five_hundred_fit(cafs, signer, moment):
    document = boletas.boleta()
    many = [dte.issue(document, n, cafs[TipoDte.BOLETA], signer, moment).xml for n in range(1, 501)]
    sealed = envelope.seal(CARATULA, many, signer, moment)
    assert sealed.count(b"<DTE ") == 500
