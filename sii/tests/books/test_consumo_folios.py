"""The daily summary of folios, written, signed and judged."""

from dataclasses import replace
from datetime import date

import independent
import keys
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sii import kinds
from sii.books import consumo_folios
from sii.books.consumo_folios import UsedFolio, runs
from sii.codes import TipoDte
from sii.dte.envelope import Caratula
from sii.errors import CertificateProblem, InvalidDocument
from sii.signature import certificates
from sii.xml.schema import SchemaSet

CARATULA = Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)
DAY = date(2026, 3, 9)
BOLETA, EXENTA, NOTE = map(TipoDte, kinds.codes(daily_summary=True))


def _written(folios, signer, moment, sequence=1):
    xml = consumo_folios.write(CARATULA, DAY, folios, sequence, signer, moment)
    assert SchemaSet.bundled().validate(xml) == []
    return xml


def _leaves(element):
    return [(etree.QName(each).localname, each.text) for each in element]


def test_a_day(signer, moment):
    folios = [
        UsedFolio(BOLETA, 1, net=1000, vat=190, exempt=500, total=1690),
        UsedFolio(BOLETA, 2, net=100, vat=19, total=119),
        UsedFolio(BOLETA, 3, net=9, vat=9, total=9, voided=True),
        UsedFolio(BOLETA, 7, net=1, total=1),
        UsedFolio(EXENTA, 4, exempt=300, total=300),
        UsedFolio(NOTE, 11, net=100, vat=19, total=119),
    ]
    xml = _written(folios, signer, moment, sequence=2)
    scope = independent.SII + independent.XSI
    independent.check_signature(xml, "DocumentoConsumoFolios", scope, also=independent.XSI)
    root = etree.fromstring(xml)
    assert _leaves(root.find(".//{*}Caratula")) == [
        ("RutEmisor", "76086428-5"),
        ("RutEnvia", "11111111-1"),
        ("FchResol", "2014-08-22"),
        ("NroResol", "0"),
        ("FchInicio", "2026-03-09"),
        ("FchFinal", "2026-03-09"),
        ("SecEnvio", "2"),
        ("TmstFirmaEnv", "2026-03-09T21:30:05"),
    ]
    boleta, exempt, note = root.findall(".//{*}Resumen")
    assert _leaves(boleta)[:9] == [
        ("TipoDocumento", "39"),
        ("MntNeto", "1101"),
        ("MntIva", "209"),
        ("TasaIVA", "19"),
        ("MntExento", "500"),
        ("MntTotal", "1810"),
        ("FoliosEmitidos", "3"),
        ("FoliosAnulados", "1"),
        ("FoliosUtilizados", "4"),
    ]
    ranges = [(etree.QName(each).localname, each[0].text, each[1].text) for each in boleta[9:]]
    assert ranges == [
        ("RangoUtilizados", "1", "2"),
        ("RangoUtilizados", "7", "7"),
        ("RangoAnulados", "3", "3"),
    ]
    assert _leaves(exempt)[:3] == [
        ("TipoDocumento", "41"),
        ("MntExento", "300"),
        ("MntTotal", "300"),
    ]
    assert note.findtext("{*}TipoDocumento") == "61"


def test_a_day_without_sales(signer, moment):
    (summary,) = etree.fromstring(_written([], signer, moment)).findall(".//{*}Resumen")
    assert {text for tag, text in _leaves(summary)[1:] if tag != "TasaIVA"} == {"0"}
    assert len(summary) == 9


@pytest.mark.parametrize(
    ("folios", "sequence", "code"),
    [
        ([UsedFolio(TipoDte.FACTURA, 1)], 1, "summary_kind"),
        ([UsedFolio(BOLETA, 1), UsedFolio(BOLETA, 1, voided=True)], 1, "summary_folio_twice"),
        ([], 0, "summary_sequence"),
        ([], 1000, "summary_sequence"),
        ([UsedFolio(BOLETA, 0)], 1, "schema_invalid"),
        ([UsedFolio(BOLETA, 1, total=-1)], 1, "schema_invalid"),
    ],
)
def test_what_is_no_summary(signer, moment, folios, sequence, code):
    with pytest.raises(InvalidDocument) as caught:
        consumo_folios.write(CARATULA, DAY, folios, sequence, signer, moment)
    assert {problem.code for problem in caught.value.problems} == {code}


def test_sender_is_who_signs(moment):
    other = keys.certificate("22222222-2")
    signer = certificates.from_pem(other.pem, other.key_pem)
    with pytest.raises(CertificateProblem, match="sender_not_signer"):
        consumo_folios.write(CARATULA, DAY, [], 1, signer, moment)
    named = replace(CARATULA, sender_rut="22.222.222-2")
    assert consumo_folios.write(named, DAY, [], 1, signer, moment)


@settings(max_examples=200)
@given(st.sets(st.integers(1, 60)))
def test_runs_hold_the_same_numbers(numbers):
    found = runs(numbers)
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(numbers)
    assert all(after[0] > before[1] + 1 for before, after in zip(found, found[1:], strict=False))
