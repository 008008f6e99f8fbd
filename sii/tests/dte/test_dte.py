from dataclasses import replace
from datetime import UTC, datetime

import documents
import independent
import pytest
from lxml import etree

from sii.dte import issue as dte
from sii.dte import ted
from sii.errors import CafProblem, CertificateProblem, InvalidDocument
from sii.signature import certificates


@pytest.mark.parametrize("kind", documents.ALL)
def test_what_is_issued_by_another_verifier(kind, cafs, caf_key, signer, moment):
    signed = dte.issue(documents.ALL[kind](), 42, cafs[kind], signer, moment)
    certificate = independent.check_signature(signed.xml, "Documento", independent.SII)
    assert certificate.public_bytes(independent.DER) == signer.certificate_der
    independent.check_stamp(signed.xml, caf_key)
    assert (signed.kind, signed.folio, signed.document_id) == (kind, 42, f"F42T{kind}")
    assert ted.cut(signed.xml.decode("iso-8859-1")) == signed.ted


def test_file_as_the_siis_parser_wants_it(cafs, signer, moment):
    xml = dte.issue(documents.factura(), 42, cafs[33], signer, moment).xml
    assert xml.startswith(b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<DTE xmlns=')
    assert b"\r" not in xml
    assert max(map(len, xml.split(b"\n"))) <= 4090
    assert etree.fromstring(xml).findtext(".//{*}RznSoc") == "Cañerías y Ñandúes Ltda."


def test_clock_is_chiles(cafs, signer):
    """Late in the evening it is already tomorrow in UTC (PROTOCOL 12.2, 21)."""
    evening = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)
    root = etree.fromstring(dte.issue(documents.factura(), 1, cafs[33], signer, evening).xml)
    assert root.findtext(".//{*}TmstFirma") == "2026-03-09T22:30:00"
    assert root.findtext(".//{*}TSTED") == "2026-03-09T22:30:00"


def test_stamp_and_header_begin_alike(cafs, signer, moment):
    document = documents.factura()
    name = "“Ñandú” – Comercializadora   de Cañerías \t y Fitting & Cía. Ltda. 😀"
    receiver = replace(document.receiver, name=name)
    issued = dte.issue(replace(document, receiver=receiver), 1, cafs[33], signer, moment)
    root = etree.fromstring(issued.xml)
    header = root.findtext(".//{*}RznSocRecep")
    assert header == '"Ñandú" - Comercializadora de Cañerías y Fitting & Cía. Ltda.'
    assert root.findtext(".//{*}RSR") == header[:40].rstrip()


def test_all_problems_at_once_and_nothing_issued(cafs, signer, moment):
    document = documents.factura()
    broken = replace(
        document,
        receiver=replace(document.receiver, giro="", comuna="", rut="1-1"),
        lines=(),
    )
    with pytest.raises(InvalidDocument) as caught:
        dte.issue(broken, 1, cafs[33], signer, moment)
    places = {problem.where for problem in caught.value.problems}
    assert {"receiver.giro", "receiver.comuna", "receiver.rut", "lines"} <= places


def test_line_that_the_siis_parser_would_refuse(cafs, signer, moment):
    """A thousand ampersands are legal text and an illegal line."""
    document = documents.factura()
    line = replace(document.lines[0], description="&" * 1000)
    with pytest.raises(InvalidDocument) as caught:
        dte.issue(replace(document, lines=(line, document.lines[1])), 1, cafs[33], signer, moment)
    (problem,) = caught.value.problems
    assert (problem.code, problem.data["tag"]) == ("line_too_long", "DscItem")


def test_stamp_that_no_bar_code_holds(cafs, signer, moment):
    """The longest printable stamp is issued, one more escaped sign and the document is refused."""
    document = documents.factura()

    def issue(signs):
        receiver = replace(document.receiver, name="Compañía " + "&" * signs)
        line = replace(document.lines[0], name='"' * 40)
        changed = replace(document, receiver=receiver, lines=(line, document.lines[1]))
        return dte.issue(changed, 1, cafs[33], signer, moment)

    shortest = len(issue(0).ted)
    room = (ted.BAR_CODE_LIMIT - shortest - 1) // len("&amp;")
    assert room < 30, "the names alone can make a stamp too long"
    assert len(issue(room).ted) <= ted.BAR_CODE_LIMIT
    with pytest.raises(InvalidDocument) as caught:
        issue(room + 1)
    (problem,) = caught.value.problems
    assert problem.code == "stamp_too_long"
    assert problem.data["length"] > problem.data["limit"] == ted.BAR_CODE_LIMIT


@pytest.mark.parametrize("folio", [0, 101])
def test_folio_outside_the_caf(cafs, signer, moment, folio):
    with pytest.raises(CafProblem, match="caf_out_of_range"):
        dte.issue(documents.factura(), folio, cafs[33], signer, moment)


def test_caf_of_another_type(cafs, signer, moment):
    with pytest.raises(CafProblem, match="caf_of_other_kind"):
        dte.issue(documents.factura(), 1, cafs[61], signer, moment)


def test_certificate_that_has_expired_meanwhile(cafs, signer, moment):
    past = replace(signer, valid_until=datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(CertificateProblem, match="certificate_expired"):
        dte.issue(documents.factura(), 1, cafs[33], past, moment)


def test_a_naive_moment_is_refused(cafs, signer):
    with pytest.raises((TypeError, ValueError)):
        dte.issue(documents.factura(), 1, cafs[33], signer, datetime(2026, 3, 9))


def test_pfx_and_pem_sign_alike(cafs, signer, test_certificate, moment):
    other = certificates.from_pfx(test_certificate.pfx("x"), "x")
    issued = [dte.issue(documents.factura(), 1, cafs[33], each, moment) for each in (signer, other)]
    assert issued[0].xml == issued[1].xml
