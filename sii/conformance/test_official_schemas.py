"""What we emit, judged by the SII's current schemas; and those loaded over ours, also in part."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import documents
import pytest
import wide
from hypothesis import HealthCheck, given, settings
from random_documents import legal_documents, transports

from sii.dte import envelope
from sii.dte import issue as dte
from sii.received import document as received
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


def _set_of(reference, names, change=lambda data: data) -> SchemaSet:
    """Official files as a manager's zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, change((reference / "schemas" / name).read_bytes()))
    return SchemaSet.from_zip(buffer.getvalue())


@pytest.mark.parametrize(
    "names",
    [
        ("DTE_v10.xsd", "SiiTypes_v10.xsd"),
        ("EnvioDTE_v10.xsd",),
        ("SiiTypes_v10.xsd",),
        ("EnvioDTE_v10.xsd", "DTE_v10.xsd", "SiiTypes_v10.xsd", "xmldsignature_v10.xsd"),
    ],
)
def test_a_part_of_the_official_set_fits_over_ours(reference, names):
    schemas = _set_of(reference, names)
    for sample in ("dte/33-76354771-K-170.xml", "envelopes/EnvioDTE-33.xml"):
        data = (reference / "samples" / sample).read_bytes()
        assert schemas.validate(data) == []
        for wrong in (data.replace(b"<FchEmis>", b"<FchEmis>x"), data.replace(b"Giro", b"Gi")):
            assert [p.where for p in schemas.validate(wrong)] == [
                p.where for p in SchemaSet.bundled().validate(wrong)
            ]


def test_the_official_set_takes_precedence(reference):
    """What a later format may bring, which ours refuses, passes once its file is loaded."""
    data = (reference / "samples/dte/33-76354771-K-170.xml").read_bytes()
    tourist = data.replace(b"</IdDoc>", b"<TipoFactEsp>1</TipoFactEsp></IdDoc>", 1)
    later = data.replace(b"</IdDoc>", b"<TipoFactNueva>1</TipoFactNueva></IdDoc>", 1)
    names = ("DTE_v10.xsd", "SiiTypes_v10.xsd")
    newer = _set_of(reference, names, lambda xsd: xsd.replace(b"TipoFactEsp", b"TipoFactNueva"))
    for schemas, good, bad in (
        (SchemaSet.bundled(), tourist, later),
        (newer, later, tourist),
    ):
        assert schemas.validate(good) == []
        assert schemas.validate(bad)[0].where.startswith("Documento/Encabezado/IdDoc")


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(legal_documents(), transports())
def test_documents_that_accompany_goods_are_valid(
    official, cafs, signer, moment, document, transport
):
    """Whatever is given of the transport, or stated as not known."""
    if document.traits.carries_goods:
        document = replace(document, transport=transport)
    signed = dte.issue(document, 7, cafs[document.kind], signer, moment, schemas=official)
    assert official.validate(signed.xml) == []
