"""What the real SII accepted raises no objection of shape or arithmetic here."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.checks.amounts import amounts
from simulator.checks.boleta import BOLETAS, boleta_amounts, boleta_header, boleta_kind
from simulator.checks.dte import Dte
from simulator.checks.fields import fields, instalments
from simulator.checks.foreign import other_currency
from simulator.checks.header import invoice_kind
from simulator.verify import xmltext
from simulator.verify.boleta_shape import ENVIO_BOLETA
from simulator.verify.schema import Schemas

_NAMES = (
    "33-60910000-1-2336600.xml",
    "33-76269769-6-101.xml",
    "33-76269769-6-4660-fuel-tax.xml",
    "33-76354771-K-170.xml",
    "34-60910000-1-1055345.xml",
    "39-76269769-6-1.xml",
    "41-76269769-6-622.xml",
    "61-60910000-1-83894.xml",
    "61-76269769-6-279-amounts.xml",
)
_NAMESPACE = b'<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">'


def document(file: Path) -> Dte:
    (fragment,) = xmltext.fragments(file.read_bytes())
    return Dte(fragment)


@pytest.mark.parametrize("name", _NAMES)
def test_no_objection(reference, name):
    dte = document(reference / "samples/dte" / name)
    context = SimpleNamespace(boleta_limit=lambda year: 5_000_000)
    boleta = (boleta_kind, boleta_header, boleta_amounts)
    factura = (invoice_kind, fields, instalments, amounts, other_currency)
    checks = boleta if dte.type in BOLETAS else factura
    assert [str(reason) for check in checks for reason in check(dte, context)] == []


@pytest.mark.parametrize("name", ["39-76269769-6-1.xml", "41-76269769-6-622.xml"])
def test_shape_of_a_boleta(reference, name):
    content = (reference / "samples/dte" / name).read_bytes()
    root = xmltext.parse(content.replace(b'<DTE version="1.0">', _NAMESPACE))
    assert ENVIO_BOLETA.errors(root) == []


def test_shape_of_an_envelope_of_boletas(reference):
    content = (reference / "samples/envelopes/EnvioBOLETA-39.xml").read_bytes()
    assert Schemas().errors(xmltext.parse(content)) == []
