"""Our own schemas judge as the SII's do: genuine files, fuller ones, and each changed in one place.

Their verdicts are compared with the official files of the reference folder, mutation by mutation.
"""

from datetime import date

import boletas
import keys
import pytest
from lxml import etree
from mutations import mutations

from sii.books import consumo_folios
from sii.books.consumo_folios import UsedFolio
from sii.dte import envelope as envelopes
from sii.dte import issue as dte
from sii.dte.caf import Caf
from sii.received import document as received
from sii.xml.schema import SchemaSet

NS = "http://www.sii.cl/SiiDte"
CARATULA = envelopes.Caratula("76086428-5", "11111111-1", date(2026, 1, 2), 0)
OPTIONAL = {
    "IdDoc": "<IndMntNeto>2</IndMntNeto><PeriodoDesde>2026-02-01</PeriodoDesde>"
    "<PeriodoHasta>2026-02-28</PeriodoHasta><FchVenc>2026-03-20</FchVenc><MedioPago>1</MedioPago>",
    "Emisor": "<CiudadOrigen>Santiago</CiudadOrigen>",
    "Totales": "<MontoNF>-1</MontoNF><TotalPeriodo>989</TotalPeriodo>"
    "<SaldoAnterior>0</SaldoAnterior><VlrPagar>989</VlrPagar>",
    "Receptor": "<CiudadRecep>Santiago</CiudadRecep><DirPostal>Casilla 1</DirPostal>"
    "<CmnaPostal>Arica</CmnaPostal><CiudadPostal>Arica</CiudadPostal>",
}
AFTER = {
    "GiroEmisor": "<CdgSIISucur>123456789</CdgSIISucur>",
    "RUTRecep": "<CdgIntRecep>C-1</CdgIntRecep>",
    "Contacto": "<CorreoRecep>a@example.cl</CorreoRecep><TelefonoRecep>22</TelefonoRecep>",
    "Receptor": "<RUTProvSW>76269769-6</RUTProvSW>",
    "MntNeto": "<MntExe>0</MntExe>",
    "NroLinDet": "<CdgItem><TpoCodigo>INT1</TpoCodigo><VlrCodigo>7</VlrCodigo></CdgItem>"
    "<IndExe>6</IndExe><ItemEspectaculo>1</ItemEspectaculo><RUTMandante>1-9</RUTMandante>",
    "NmbItem": "<InfoTicket><FolioTicket>7</FolioTicket><FchGenera>2026-03-01T10:00:00</FchGenera>"
    "<NmbEvento>Concierto</NmbEvento><TpoTicket>Adulto</TpoTicket><CdgEvento>C1</CdgEvento>"
    "<FchEvento>2026-03-09T21:00:00</FchEvento><LugarEvento>Teatro</LugarEvento>"
    "<UbicEvento>Platea</UbicEvento><FilaUbicEvento>A</FilaUbicEvento>"
    "<AsntoUbicEvento>12</AsntoUbicEvento></InfoTicket>",
    "PrcItem": "<DescuentoPct>10.5</DescuentoPct><DescuentoMonto>104</DescuentoMonto>"
    "<RecargoPct>10.5</RecargoPct><RecargoMonto>104</RecargoMonto>",
    "Detalle": "<SubTotInfo><NroSTI>1</NroSTI><GlosaSTI>Parte</GlosaSTI><OrdenSTI>1</OrdenSTI>"
    "<SubTotNetoSTI>1.5</SubTotNetoSTI><SubTotIVASTI>1</SubTotIVASTI>"
    "<SubTotAdicSTI>1</SubTotAdicSTI><SubTotExeSTI>1</SubTotExeSTI>"
    "<ValSubtotSTI>1</ValSubtotSTI><LineasDeta>1</LineasDeta></SubTotInfo>"
    "<DscRcgGlobal><NroLinDR>1</NroLinDR><TpoMov>D</TpoMov><GlosaDR>Feria</GlosaDR>"
    "<TpoValor>%</TpoValor><ValorDR>5</ValorDR><IndExeDR>1</IndExeDR></DscRcgGlobal>"
    "<Referencia><NroLinRef>1</NroLinRef><TpoDocRef>801</TpoDocRef><FolioRef>7</FolioRef>"
    "<CodRef>SET</CodRef><RazonRef>CASO-1</RazonRef><CodVndor>V1</CodVndor><CodCaja>C1</CodCaja>"
    "</Referencia><GeoRefEmision><LatitudEmision>1</LatitudEmision>"
    "<LongitudEmision>2</LongitudEmision><SistemaReferencia>1</SistemaReferencia></GeoRefEmision>",
}


def _elements(text: str) -> list[etree._Element]:
    return list(etree.fromstring(f'<some xmlns="{NS}">{text}</some>'))


def _fuller(root: etree._Element) -> etree._Element:
    """The same envelope with every optional element of a boleta."""
    for name, text in OPTIONAL.items():
        root.find(f".//{{{NS}}}{name}").extend(_elements(text))
    for name, text in AFTER.items():
        place = root.find(f".//{{{NS}}}{name}")
        for element in reversed(_elements(text)):
            place.addnext(element)
    return root


def _differ(root: etree._Element, official: SchemaSet) -> tuple[list[str], int, int]:
    """Mutations that the two sets judge differently; how many are valid and invalid."""
    own = SchemaSet.bundled()
    differing, verdicts = [], []
    for name, changed in mutations(root):
        data = etree.tostring(changed, encoding="ISO-8859-1")
        verdict = not own.validate(data)
        verdicts.append(verdict)
        if verdict is not (not official.validate(data)):
            differing.append(name)
    return differing, sum(verdicts), len(verdicts) - sum(verdicts)


@pytest.fixture(scope="session")
def envelope(reference):
    data = (reference / "samples/envelopes/EnvioBOLETA-39.xml").read_bytes()
    return etree.fromstring(data, etree.XMLParser(remove_blank_text=True))


@pytest.mark.parametrize("make", [lambda root: root, _fuller], ids=["as published", "fuller"])
def test_mutations_of_the_published_envelope(envelope, official, make):
    root = make(etree.fromstring(etree.tostring(envelope)))
    assert official.validate(root) == SchemaSet.bundled().validate(root) == []
    differing, valid, invalid = _differ(root, official)
    assert differing == []
    assert valid > 500
    assert invalid > 1000


@pytest.mark.parametrize("kind", ["39-76269769-6-1", "41-76269769-6-622"])
def test_boletas_on_their_own(reference, official, kind):
    """Lone files lack the namespace that their envelope declared."""
    data = (reference / f"samples/dte/{kind}.xml").read_bytes()
    data = data.replace(b"<DTE ", b'<DTE xmlns="http://www.sii.cl/SiiDte" ', 1)
    for schemas in (SchemaSet.bundled(), official):
        assert schemas.validate(data) == []
        wrong = data.replace(b"<IndServicio>3", b"<IndServicio>5")
        assert [each.where for each in schemas.validate(wrong)] == [
            "Documento/Encabezado/IdDoc/IndServicio"
        ]


@pytest.mark.parametrize(("tag", "limit"), [("Detalle", 1000), ("DTE", 500)])
def test_the_great_limits(envelope, official, tag, limit):
    for count, valid in ((limit, True), (limit + 1, False)):
        root = etree.fromstring(etree.tostring(envelope))
        original = root.find(f".//{{{NS}}}{tag}")
        for index in range(1, count):
            twin = etree.fromstring(etree.tostring(original))
            for each in twin.iter(f"{{{NS}}}Documento"):
                each.set("ID", f"F{index}")
            original.addnext(twin)
        for schemas in (SchemaSet.bundled(), official):
            assert (not schemas.validate(root)) is valid


def test_mutations_of_a_summary(official, signer, moment):
    folios = [UsedFolio(kind, folio, 119, 100, 19) for kind in (39, 41, 61) for folio in (1, 2, 4)]
    folios.append(UsedFolio(39, 3, voided=True))
    xml = consumo_folios.write(CARATULA, date(2026, 3, 9), folios, 1, signer, moment, official)
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    assert SchemaSet.bundled().validate(root) == []
    differing, valid, invalid = _differ(root, official)
    assert differing == []
    assert valid > 500
    assert invalid > 1000


def test_emitted_boletas_are_valid_and_genuine(
    official, authority_key, authorities, signer, moment
):
    key, issued = keys.small_key(3), []
    for kind, make in boletas.ALL.items():
        caf = Caf.read(keys.caf_file(authority_key, key, kind=kind), authorities)
        issued.append(dte.issue(make(), 7, caf, signer, moment, schemas=official).xml)
    sealed = envelopes.seal(CARATULA, issued, signer, moment, schemas=official)
    assert official.validate(sealed) == []
    for back, make in zip(received.read(sealed, authorities), boletas.ALL.values(), strict=True):
        assert back.is_genuine
        assert back.sums is None
        assert (back.lines, back.gross) == (make().lines, True)
