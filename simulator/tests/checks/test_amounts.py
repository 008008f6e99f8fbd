"""Arithmetic of PROTOCOL 5.6: objections that name the figures."""

import pytest
from sums import gross, line, movement, tax, totals
from taxpayer import reference

RIGHT = {
    "rounding half up": (
        totals(306, MntNeto=257, TasaIVA=19, IVA=49),
        line(1, 257, QtyItem="0.5", PrcItem=513),
    ),
    "six decimals": (
        totals(119, MntNeto=100, TasaIVA=19, IVA=19),
        line(1, 100, QtyItem="33.333333", PrcItem="3.000001"),
    ),
    "discount and surcharge": (
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190),
        line(
            1, 1000, QtyItem=1, PrcItem=1100, DescuentoPct=20, DescuentoMonto=220, RecargoMonto=120
        ),
    ),
    "exempt line beside": (
        totals(1690, MntNeto=1000, MntExe=500, TasaIVA=19, IVA=190),
        line(1, 1000, QtyItem=1, PrcItem=1000) + line(2, 500, IndExe=1),
    ),
    "not billable line": (
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190, after="<MontoNF>500</MontoNF>"),
        line(1, 1000, QtyItem=1, PrcItem=1000) + line(2, 500, IndExe=2),
    ),
    "global discount": (
        totals(1071, MntNeto=900, TasaIVA=19, IVA=171),
        line(1, 1000) + movement("D", "%", 10),
    ),
    "global surcharge on exempt": (
        totals(1750, MntNeto=1000, MntExe=560, TasaIVA=19, IVA=190),
        line(1, 1000) + line(2, 500, IndExe=1) + movement("R", "$", 60, "1"),
    ),
    "additional tax": (
        totals(3775, MntNeto=3000, TasaIVA=19, IVA=570, ImptoReten=tax(25, "20.5", 205)),
        line(1, 2000) + line(2, 1000, CodImpAdic=25),
    ),
    "additional tax under a global discount": (
        totals(1161, MntNeto=900, TasaIVA=19, IVA=171, ImptoReten=tax(27, 10, 90)),
        line(1, 1000, CodImpAdic=27) + movement("D", "%", 10),
    ),
    "specific tax": (
        totals(1390, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=tax(28, "", 200)),
        line(1, 1000, CodImpAdic=28),
    ),
    "construction credit": (
        totals(1066, MntNeto=1000, TasaIVA=19, IVA=190, CredEC=124),
        line(1, 1000),
    ),
    "a quarter of it": (
        totals(1159, MntNeto=1000, TasaIVA=19, IVA=190, CredEC=31),
        line(1, 1000),
    ),
    "a peso of it": (
        totals(1189, MntNeto=1000, TasaIVA=19, IVA=190, CredEC=1),
        line(1, 1000),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right(invoice, codes, name):
    assert codes(invoice(*RIGHT[name])) == ("accepted", [])


WRONG = {
    "banker's rounding": (
        "DET L[1] -2-200",
        totals(305, MntNeto=256, TasaIVA=19, IVA=49),
        line(1, 256, QtyItem="0.5", PrcItem=513),
    ),
    "percentage without amount": (
        "DET L[1] -2-200",
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190),
        line(1, 1000, QtyItem=1, PrcItem=1000, DescuentoPct=5),
    ),
    "net is not the lines": (
        "HED-2-901",
        totals(1191, MntNeto=1001, TasaIVA=19, IVA=190),
        line(1, 1000),
    ),
    "VAT is not the rate": (
        "HED-2-903",
        totals(1189, MntNeto=1000, TasaIVA=19, IVA=189),
        line(1, 1000),
    ),
    "total is not the sum": (
        "HED-2-260",
        totals(1191, MntNeto=1000, TasaIVA=19, IVA=190),
        line(1, 1000),
    ),
    "exempt is not the lines": (
        "HED-2-220",
        totals(1691, MntNeto=1000, MntExe=501, TasaIVA=19, IVA=190),
        line(1, 1000) + line(2, 500, IndExe=1),
    ),
    "additional tax is not the rate": (
        "HED-2-302",
        totals(3774, MntNeto=3000, TasaIVA=19, IVA=570, ImptoReten=tax(25, "20.5", 204)),
        line(1, 2000) + line(2, 1000, CodImpAdic=25),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong(invoice, codes, name):
    expected, new_totals, lines = WRONG[name]
    assert codes(invoice(new_totals, lines)) == ("objected", [expected])


def test_reason_names_the_figures(invoice, judge, taxpayer):
    dte = invoice(totals(1191, MntNeto=1000, TasaIVA=19, IVA=190), line(1, 1000))
    (document,) = judge(taxpayer.envelope(dte))["documents"]
    assert document["reasons"] == ["(HED-2-260) Monto total no corresponde [1191] <> [1190]"]


@pytest.mark.parametrize(("net", "vat"), [(840, 160), (841, 159), (840, 159)])
def test_gross_lines_may_be_a_peso_off(invoice, codes, net, vat):
    dte = invoice(totals(net + vat, MntNeto=net, TasaIVA=19, IVA=vat), line(1, 1000), also=gross)
    assert codes(dte) == ("accepted", [])


def test_gross_lines_two_pesos_off(invoice, codes):
    dte = invoice(totals(1002, MntNeto=842, TasaIVA=19, IVA=160), line(1, 1000), also=gross)
    assert codes(dte) == ("objected", ["HED-2-901"])


def test_exempt_note_with_unmarked_lines(taxpayer, invoice, codes):
    day = taxpayer.now().date()
    note = invoice(
        totals(1000, MntExe=1000), line(1, 1000), type_=61, references=reference(32, 7, 3, day)
    )
    assert codes(note) == ("accepted", [])


@pytest.mark.parametrize(
    ("rate", "amount", "total", "expected"),
    [(19, 190, 1000, []), ("", 190, 1000, ["HED-2-302"]), (19, 180, 1010, ["HED-2-302"])],
)
def test_total_retention(taxpayer, invoice, codes, rate, amount, total, expected):
    """A note over a factura de compra retains the whole VAT."""
    day = taxpayer.now().date()
    note = invoice(
        totals(total, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=tax(15, rate, amount)),
        line(1, 1000, CodImpAdic=15),
        type_=61,
        references=reference(45, 7, 3, day),
    )
    assert codes(note)[1] == expected
