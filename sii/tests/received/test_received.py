"""Received documents: ours come back as they went, and forgeries are recognised."""

import base64
from dataclasses import replace
from datetime import date

import documents
import keys
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from sii.document import Document
from sii.dte import envelope, ted
from sii.dte import issue as dte
from sii.errors import UnsafeXml
from sii.received import document as received
from sii.signature import xmldsig
from sii.xml import factura


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    """One file of each type."""
    return {
        kind: dte.issue(make(), 7, cafs[kind], signer, moment).xml
        for kind, make in documents.ALL.items()
    }


@pytest.fixture
def forge(cafs, signer, moment):
    """A file signed by someone, whatever it holds: no rule is asked."""

    def make(document: Document, stamped: Document | None = None, folio: int = 7) -> bytes:
        stamp = ted.stamp(stamped or document, folio, cafs[33], moment)
        text = factura.build(document, folio, stamp, moment)
        return xmldsig.sign(text, factura.document_id(document, folio), signer).xml

    return make


def only(data: bytes, authorities) -> received.ReceivedDte:
    (found,) = received.read(data, authorities)
    return found


def codes(data: bytes, authorities) -> list[str]:
    return [problem.code for problem in only(data, authorities).authenticity.problems]


@pytest.mark.parametrize("kind", documents.ALL)
def test_what_we_emit_comes_back(issued, authorities, kind):
    document, back = documents.ALL[kind](), only(issued[kind], authorities)
    assert back.is_genuine
    assert back.sums is None
    assert back.xml == issued[kind]
    assert (back.kind, back.folio, back.issued_on) == (kind, 7, document.issued_on)
    assert (back.issuer_rut, back.issuer_name) == (document.issuer.rut, document.issuer.name)
    assert (back.receiver_rut, back.receiver_name) == (
        document.receiver.rut,
        document.receiver.name,
    )
    assert (back.lines, back.totals) == (document.lines, document.totals)
    assert (back.references, back.adjustments) == (document.references, document.adjustments)


def test_an_envelope_gives_its_documents_in_order(issued, signer, moment, authorities):
    caratula = envelope.Caratula("76086428-5", "11111111-1", date(2026, 1, 2), 0)
    sealed = envelope.seal(caratula, list(issued.values()), signer, moment)
    found = received.read(sealed, authorities)
    assert [each.kind for each in found] == list(issued)
    assert [each.xml for each in found] == list(issued.values())
    assert all(each.is_genuine for each in found)


def test_only_the_siis_authorisations_count(issued):
    back = only(issued[33], received.AUTHORITIES)
    assert [problem.code for problem in back.authenticity.problems] == ["caf_authority_unknown"]


def test_a_changed_text_breaks_the_signature(issued, authorities):
    changed = issued[33].replace(b"Los Militares", b"Los Civiles")
    assert codes(changed, authorities) == ["digest_differs"]


def test_a_removed_signature(issued, authorities):
    text = issued[33]
    start, end = text.index(b"<Signature"), text.index(b"</DTE>")
    assert codes(text[:start] + text[end:], authorities) == ["signature_missing"]


def test_a_strangers_certificate_under_a_good_signature(issued, authorities):
    other = keys.certificate().certificate.public_bytes(Encoding.DER)
    text = issued[33].decode("latin-1")
    start = text.index("<X509Certificate>") + len("<X509Certificate>")
    end = text.index("</X509Certificate>")
    swapped = text[:start] + base64.b64encode(other).decode() + text[end:]
    assert codes(swapped.encode("latin-1"), authorities) == ["certificate_of_other_key"]


def test_a_removed_stamp(forge, authorities):
    text = forge(documents.factura())
    start, end = text.index(b"<TED"), text.index(b"</TED>") + len(b"</TED>")
    found = codes(text[:start] + text[end:], authorities)
    assert found == ["digest_differs", "ted_missing", "ted_missing"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"totals": replace(documents.factura().totals, total=34749)}, "Totales/MntTotal"),
        ({"issued_on": date(2026, 3, 8)}, "IdDoc/FchEmis"),
        (
            {"receiver": replace(documents.RECEIVER, rut="76354771-K")},
            "Receptor/RUTRecep",
        ),
    ],
)
def test_the_stamp_of_another_document(forge, authorities, change, where):
    """Signed again by the one who changed it, under a stamp that is genuine in itself."""
    stamped = documents.factura()
    (problem,) = only(forge(replace(stamped, **change), stamped), authorities).authenticity.problems
    assert (problem.code, problem.where) == ("ted_differs", f"Encabezado/{where}")


def test_a_folio_that_was_not_authorised(forge, authorities):
    assert codes(forge(documents.factura(), folio=101), authorities) == ["caf_out_of_range"]


def test_a_caf_of_someone_else(forge, authorities):
    stranger = replace(documents.ISSUER, rut="76354771-K")
    document = replace(documents.factura(), issuer=stranger)
    assert codes(forge(document), authorities) == ["caf_of_other_issuer"]


def test_an_expired_caf_is_not_reported(forge, authorities):
    assert codes(forge(replace(documents.factura(), issued_on=date(2027, 1, 4))), authorities) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"net": 25002}, "MntNeto"),
        ({"exempt": 4998}, "MntExe"),
        ({"vat": 4748, "total": 34748}, "IVA"),
        ({"total": 34752}, "MntTotal"),
    ],
)
def test_totals_that_do_not_follow_from_the_lines(forge, authorities, change, where):
    document = documents.factura()
    back = only(forge(replace(document, totals=replace(document.totals, **change))), authorities)
    assert back.is_genuine
    assert back.sums.where == f"Encabezado/Totales/{where}"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (b"<Folio>7</Folio>", b"", "Encabezado/IdDoc/Folio"),
        (b"<Folio>7</Folio>", b"<Folio>siete</Folio>", "Encabezado/IdDoc/Folio"),
        (b"<Folio>7</Folio>", b"<Folio>7.5</Folio>", "Encabezado/IdDoc/Folio"),
        (b"<MntTotal>34750<", b"<MntTotal>NaN<", "Encabezado/Totales/MntTotal"),
        (b"<MntTotal>34750<", b"<MntTotal>1e999999<", "Encabezado/Totales/MntTotal"),
        (b"<MntTotal>34750<", b"<MntTotal>34_750<", "Encabezado/Totales/MntTotal"),
        (b"<FchEmis>2026-03-09<", b"<FchEmis>2026-02-30<", "Encabezado/IdDoc/FchEmis"),
        (b"<IndExe>1<", b"<IndExe>9<", "IndExe"),
    ],
)
def test_documents_without_what_makes_them_documents(issued, old, new, path):
    broken = issued[33].replace(old, new)
    with pytest.raises(UnsafeXml) as raised:
        received.read(broken)
    assert (raised.value.code, raised.value.data["path"]) == ("dte_incomplete", path)


def test_files_without_documents():
    assert received.read(b"<RespuestaDTE/>") == []
    for body in (b"", b"<Otro/>", b"<?pi?><Documento/>"):
        with pytest.raises(UnsafeXml) as raised:
            received.read(b"<DTE>" + body + b"</DTE>")
        assert raised.value.data["path"] == "Documento"


def test_a_signature_without_certificate(issued, authorities):
    text = issued[33]
    start, end = text.index(b"<X509Data>"), text.index(b"</X509Data>") + len(b"</X509Data>")
    assert codes(text[:start] + text[end:], authorities) == ["certificate_missing"]


def test_certificates_that_come_along_are_kept(issued, authorities):
    others = [keys.certificate().certificate.public_bytes(Encoding.DER) for _each in range(2)]
    more = b"".join(
        b"<X509Certificate>" + base64.b64encode(each) + b"</X509Certificate>" for each in others
    )
    for at in (b"<X509Certificate>", b"</X509Data>"):
        [found] = received.read(issued[33].replace(at, more + at, 1), authorities)
        assert found.is_genuine
        assert list(found.authenticity.others) == others
