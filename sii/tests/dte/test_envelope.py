from dataclasses import replace
from datetime import UTC, date, datetime

import documents
import independent
import keys
import pytest
from lxml import etree

from sii.dte import envelope
from sii.dte import issue as dte
from sii.errors import CertificateProblem, InvalidDocument, SignatureProblem
from sii.signature import certificates
from sii.xml import reader

CARATULA = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    made = [(61, 1), (33, 1), (33, 2), (34, 1)]
    return [dte.issue(documents.ALL[kind](), n, cafs[kind], signer, moment).xml for kind, n in made]


@pytest.fixture(scope="module")
def sealed(issued, signer, moment):
    return envelope.seal(CARATULA, issued, signer, moment)


def test_cover(sealed):
    cover = etree.fromstring(sealed).find(".//{*}Caratula")
    assert [leaf.text for leaf in cover if len(leaf) == 0] == [
        "76086428-5",
        "11111111-1",
        "60803000-K",
        "2014-08-22",
        "0",
        "2026-03-09T21:30:05",
    ]
    counts = [(each[0].text, each[1].text) for each in cover.findall("{*}SubTotDTE")]
    assert counts == [("61", "1"), ("33", "2"), ("34", "1")]


def test_root_as_published(sealed):
    """PROTOCOL 5.2: these attributes in this order."""
    assert sealed.decode("iso-8859-1").startswith(
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<EnvioDTE xmlns="http://www.sii.cl/SiiDte" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.sii.cl/SiiDte EnvioDTE_v10.xsd" version="1.0">\n'
    )


def test_the_envelopes_signature_holds_in_place(sealed, signer):
    scope = independent.SII + independent.XSI
    certificate = independent.check_signature(sealed, "SetDTE", scope, also=independent.XSI)
    assert certificate.public_bytes(independent.DER) == signer.certificate_der


def test_each_document_cut_out_is_the_signed_one(sealed, issued):
    text = sealed.decode("iso-8859-1")
    for xml in issued:
        start = text.index("<DTE ")
        cut, text = text[start : text.index("</DTE>") + 6], text[text.index("</DTE>") + 6 :]
        assert xml.endswith(cut.encode("iso-8859-1"))
        independent.check_signature(cut.encode("iso-8859-1"), "Documento", independent.SII)
    assert "<DTE" not in text


def test_for_a_customer(issued, signer, moment):
    caratula = replace(CARATULA, receiver_rut="96.790.240-3")
    sealed = envelope.seal(caratula, issued[:1], signer, moment, envelope_id="Copia")
    root = etree.fromstring(sealed)
    assert root.findtext(".//{*}RutReceptor") == "96790240-3"
    assert root[0].get("ID") == "Copia"


def _refused(error, code, *arguments):
    with pytest.raises(error) as caught:
        envelope.seal(*arguments)
    codes = [problem.code for problem in getattr(caught.value, "problems", ())]
    assert code in (*codes, caught.value.code)


def test_sizes(issued, signer, moment):
    _refused(InvalidDocument, "envelope_size", CARATULA, [], signer, moment)
    _refused(InvalidDocument, "envelope_size", CARATULA, issued[:1] * 2001, signer, moment)


def test_document_of_another_issuer(issued, signer, moment):
    caratula = replace(CARATULA, issuer_rut="96790240-3")
    _refused(InvalidDocument, "envelope_issuer_differs", caratula, issued, signer, moment)


def test_same_folio_twice(issued, signer, moment):
    _refused(InvalidDocument, "envelope_document_twice", CARATULA, issued[:1] * 2, signer, moment)


def test_more_than_the_sii_takes_at_once(issued, signer, moment):
    padded = issued[0] + b" " * reader.MAX_BYTES
    _refused(InvalidDocument, "envelope_too_big", CARATULA, [padded], signer, moment)


def test_sender_is_who_signs(issued, moment):
    other = keys.certificate("22222222-2")
    signer = certificates.from_pem(other.pem, other.key_pem)
    _refused(CertificateProblem, "sender_not_signer", CARATULA, issued, signer, moment)


def test_expired_certificate(issued, signer, moment):
    past = replace(signer, valid_until=datetime(2026, 3, 1, tzinfo=UTC))
    _refused(CertificateProblem, "certificate_expired", CARATULA, issued, past, moment)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<MntTotal>34750<", b"<MntTotal>34751<"),
        (b"\n<Folio>", b"\r\n\t<Folio>"),
        (b"<MntTotal>", b"<?pi?><MntTotal>"),
        (b"<DigestValue>", b"<DigestValue>A"),
        (b'#rsa-sha1"', b'#rsa-sha256"'),
        (b'URI="#F1T33"', b'URI=""'),
        (b'ID="F1T33"', b'ID="F2T33"'),
        (b"<SignatureValue>", b"<SignatureValue>AAAA"),
        (b"<SignatureValue>", b"<SignatureValue>!"),
        (b"<Modulus>", b"<Modulus>A"),
        (b"<Modulus>", b"<Modulus>!"),
        (b"<Exponent>AQAB<", b"<Exponent>Aw==<"),
        (b"<TED ", b"<Encabezado/><TED "),
        (b"</DTE>", b"</DTE >"),
        (b"<DTE ", b"<DTE\n"),
        (b' xmlns="http://www.sii.cl/SiiDte" version', b" version"),
    ],
)
def test_document_changed_after_signing(issued, signer, moment, old, new):
    """The last is still signed in its variant, D, but the SII would not find it (PROTOCOL 5.9)."""
    changed = issued[1].replace(old, new)
    assert changed != issued[1]
    _refused(SignatureProblem, "envelope_fragment_broken", CARATULA, [changed], signer, moment)


def test_two_documents_in_one(issued, signer, moment):
    second = issued[2][issued[2].index(b"<DTE") :]
    together = [issued[1] + b"\n" + second]
    _refused(SignatureProblem, "envelope_fragment_broken", CARATULA, together, signer, moment)


def test_signature_of_another_document(issued, signer, moment):
    """Both genuine, by the same key and certificate."""
    (own, rest), (_, other) = (xml.split(b"<Signature ") for xml in issued[1:3])
    assert rest != other
    swapped = [own + b"<Signature " + other]
    _refused(SignatureProblem, "envelope_fragment_broken", CARATULA, swapped, signer, moment)


def test_document_cut_short(issued, signer, moment):
    for cut in (issued[1][:-200], issued[1].replace(b"</TED>", b"")):
        _refused(SignatureProblem, "envelope_fragment_broken", CARATULA, [cut], signer, moment)
