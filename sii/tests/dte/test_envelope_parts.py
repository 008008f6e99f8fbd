"""Sealed part by part, an envelope is what it would be as one tree, and judged the same."""

from datetime import date

import documents
import pytest

from sii.dte import envelope, ted
from sii.dte import issue as dte
from sii.errors import InvalidDocument
from sii.signature import xmldsig
from sii.xml import factura
from sii.xml.schema import SchemaSet

CARATULA = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)


class AnythingGoes:
    """In the place of schemas, to make what they would refuse."""

    def validate(self, _xml):
        return []


@pytest.fixture(scope="module")
def sign(cafs, signer, moment):
    """A factura signed after its text was changed, as no rule would let it pass."""

    def _sign(folio, old="", new=""):
        document = documents.factura()
        stamp = ted.stamp(document, folio, cafs[33], moment)
        text = factura.build(document, folio, stamp, moment)
        assert old in text
        text = text.replace(old, new) if old else text
        reference = text.partition('<Documento ID="')[2].partition('"')[0]
        return xmldsig.sign(text, reference, signer).xml

    return _sign


@pytest.fixture(scope="module")
def sealed(sign, signer, moment):
    return envelope.seal(CARATULA, [sign(1)], signer, moment)


def is_valid_as_a_whole(sealed, dtes):
    """What the schema finds in these documents in the envelope, all in one tree."""
    bodies = b"\n".join(each[each.index(b"<DTE ") :] for each in dtes)
    before, after = sealed[: sealed.index(b"<DTE ")], sealed[sealed.rindex(b"</DTE>") + 6 :]
    return not SchemaSet.bundled().validate(before + bodies + after)


def is_sealed(*arguments, **options):
    try:
        envelope.seal(*arguments, **options)
    except InvalidDocument:
        return False
    return True


def test_the_signature_is_that_of_one_tree(cafs, signer, moment):
    """More documents than one part holds."""
    issued = [
        dte.issue(documents.ALL[kind](), folio, cafs[kind], signer, moment).xml
        for kind in (33, 61)
        for folio in range(1, 61)
    ]
    sealed = envelope.seal(CARATULA, issued, signer, moment).decode("iso-8859-1")
    signature = sealed[sealed.rindex("<Signature ") : sealed.rindex("</EnvioDTE>")]
    whole = xmldsig.sign(sealed.replace(signature, ""), "SetDoc", signer)
    assert whole.xml == sealed.encode("iso-8859-1")
    assert SchemaSet.bundled().validate(whole.root) == []


@pytest.mark.parametrize(
    ("old", "new", "valid"),
    [
        ("", "", True),
        ("<FmaPago>2<", "<FmaPago>3<", True),
        ("<FmaPago>2<", "<FmaPago>4<", False),
        ("<Folio>2</Folio>\n", "", False),
        ("<TipoDTE>33<", "<TipoDTE>35<", False),
        ("<RUTRecep>96790240-3<", "<RUTRecep>96.790.240-3<", False),
        ("<TmstFirma>", "<Otro>1</Otro>\n<TmstFirma>", False),
        ('ID="F2T33"', 'ID="2"', False),
        ('ID="F2T33"', 'ID="F1T33"', False),
        ('ID="F2T33"', 'ID="SetDoc"', False),
    ],
)
def test_documents_are_judged_alike(sign, sealed, signer, moment, old, new, valid):
    dtes = [sign(1), sign(2, old, new), sign(3)]
    assert is_valid_as_a_whole(sealed, dtes) == valid
    assert is_sealed(CARATULA, dtes, signer, moment) == valid


@pytest.mark.parametrize(
    ("number", "envelope_id", "valid"),
    [(0, "SetDoc", True), (80, "_1", True), (10**6, "SetDoc", False), (0, "1", False)],
)
def test_covers_are_judged_alike(sign, signer, moment, number, envelope_id, valid):
    caratula = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), number)
    arguments = caratula, [sign(1), sign(2)], signer, moment, envelope_id
    whole = envelope.seal(*arguments, schemas=AnythingGoes())
    assert (SchemaSet.bundled().validate(whole) == []) == valid
    assert is_sealed(*arguments) == valid
