"""The text of each document against goldens; ``goldens/<name>.xml`` were read by eye."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import documents
import pytest
import wide
from lxml import etree

from sii.codes import FmaPago, IndServicio, TpoMov, TpoTranCompra, TpoTranVenta
from sii.document import Adjustment, GlobalAdjustment, TaxTotal, Transport
from sii.xml import factura

GOLDENS = Path(__file__).parents[1] / "goldens"
TED = '<TED version="1.0"/>'


def _build(document, moment):
    return etree.fromstring(factura.build(document, 7, TED, moment).encode("iso-8859-1"))


@pytest.mark.parametrize("name", wide.EXAMPLES)
def test_golden(name, moment):
    built = factura.build(wide.EXAMPLES[name](), 7, TED, moment)
    assert built.encode("iso-8859-1") == (GOLDENS / f"{name}.xml").read_bytes()


def test_empty_elements_are_left_out(moment):
    document = documents.factura()
    bare = replace(
        document,
        issuer=replace(document.issuer, phone="", email="\u200b", city=" \n "),
        lines=(replace(document.lines[0], description="\x07", codes=()),),
        references=(),
        payment=None,
        due_on=None,
    )
    root = _build(bare, moment)
    tags = {etree.QName(element).localname for element in root.iter()}
    absent = {"Telefono", "CorreoEmisor", "CiudadOrigen", "DscItem", "CdgItem", "Referencia"}
    assert not tags & (absent | {"FmaPago", "FchVenc", "IndServicio", "DscRcgGlobal"})
    assert all(element.text for element in root.iter() if element.tag.endswith("Item"))


def test_what_is_not_carried_has_no_element(moment):
    document = replace(documents.factura(), transport=Transport(), late=False)
    root = _build(document, moment)
    assert root.find(".//{*}Transporte") is None
    assert root.find(".//{*}OtraMoneda") is None
    assert root.find(".//{*}Retenedor") is None
    elsewhere = replace(document, transport=Transport(address="Ruta 5", carrier_rut="60.803.000-k"))
    assert _leaves(_build(elsewhere, moment), "Transporte") == [
        ("RUTTrans", "60803000-K"),
        ("DirDest", "Ruta 5"),
    ]


def test_zero_is_written_and_none_is_not(moment):
    document = documents.nota_credito()
    zero = _build(replace(document, totals=replace(document.totals, net=None, vat=0)), moment)
    totals = zero.find(".//{*}Totales")
    assert totals.findtext("{*}IVA") == "0"
    assert totals.find("{*}MntNeto") is None


def test_texts_are_clipped_to_what_the_schema_holds(moment):
    document = documents.factura()
    line = replace(document.lines[0], name='"' * 90, description="ñ" * 2000, unit="UNIDADES")
    receiver = replace(document.receiver, giro="a" * 39 + " b", comuna="c" * 30)
    root = _build(replace(document, receiver=receiver, lines=(line,)), moment)
    assert root.findtext(".//{*}NmbItem") == '"' * 80
    assert root.findtext(".//{*}DscItem") == "ñ" * 1000
    assert root.findtext(".//{*}UnmdItem") == "UNID"
    assert root.findtext(".//{*}GiroRecep") == "a" * 39
    assert root.findtext(".//{*}CmnaRecep") == "c" * 20


@pytest.mark.parametrize(
    ("number", "written"),
    [("1E+3", "1000"), ("2.500000", "2.5"), ("0.000001", "0.000001"), ("100", "100")],
)
def test_decimals_are_plain(moment, number, written):
    document = documents.factura()
    line = replace(document.lines[0], quantity=Decimal(number))
    root = _build(replace(document, lines=(line,)), moment)
    assert root.findtext(".//{*}QtyItem") == written


def test_discounts_surcharges_and_taxes(moment):
    document = documents.factura()
    line = replace(
        document.lines[0],
        discount=Adjustment(500, Decimal("2.5")),
        surcharge=Adjustment(100),
        additional_taxes=(26, 27),
    )
    adjustments = (
        GlobalAdjustment(TpoMov.DISCOUNT, "Feria", percent=Decimal(10)),
        GlobalAdjustment(TpoMov.SURCHARGE, amount=1500, exempt=True),
    )
    totals = replace(document.totals, taxes=(TaxTotal(26, 2050, Decimal("20.5")),))
    root = _build(
        replace(
            document,
            lines=(line,),
            adjustments=adjustments,
            totals=totals,
            gross=True,
            service=IndServicio.SERVICES,
            payment=FmaPago.FREE,
            sale=TpoTranVenta.REAL_ESTATE,
            purchase=TpoTranCompra.FIXED_ASSET,
            due_on=date(2026, 4, 1),
        ),
        moment,
    )
    assert _leaves(root, "Detalle")[-6:] == [
        ("DescuentoPct", "2.5"),
        ("DescuentoMonto", "500"),
        ("RecargoMonto", "100"),
        ("CodImpAdic", "26"),
        ("CodImpAdic", "27"),
        ("MontoItem", "25000"),
    ]
    assert [element.findtext("{*}ValorDR") for element in root.iter("{*}DscRcgGlobal")] == [
        "10",
        "1500",
    ]
    assert _leaves(root, "DscRcgGlobal")[1:4] == [
        ("TpoMov", "D"),
        ("GlosaDR", "Feria"),
        ("TpoValor", "%"),
    ]
    assert _leaves(root, "ImptoReten") == [
        ("TipoImp", "26"),
        ("TasaImp", "20.5"),
        ("MontoImp", "2050"),
    ]
    assert _leaves(root, "IdDoc")[3:] == [
        ("IndServicio", "3"),
        ("MntBruto", "1"),
        ("TpoTranCompra", "4"),
        ("TpoTranVenta", "3"),
        ("FmaPago", "3"),
        ("FchVenc", "2026-04-01"),
    ]


def _leaves(root, tag):
    return [(etree.QName(leaf).localname, leaf.text) for leaf in root.find(f".//{{*}}{tag}")]
