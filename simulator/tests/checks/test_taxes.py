"""Additional taxes, retentions and what goes with them (PROTOCOL 5.6, 5.7)."""

import pytest
from conftest import new_caf
from sums import gross, line, movement, tax, totals
from taxpayer import reference

R = "<IndAgente>R</IndAgente>"


@pytest.fixture
def purchase(sii, taxpayer, invoice, codes):
    """Verdict on a factura de compra with these totals and lines."""
    taxpayer.cafs[46] = new_caf(sii, 46)

    def judge(new_totals: str, *lines: str, **how) -> tuple[str, list[str]]:
        return codes(invoice(new_totals, *lines, type_=46, **how))

    return judge


def retained(total: int, amount: int, rate: object = 19, code: int = 15, left: int = 0) -> str:
    rest = {"IVANoRet": left} if left else {}
    taxes = tax(code, rate, amount)
    return totals(total, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=taxes, **rest)


MARKED = line(1, 1000, Retenedor=R, CodImpAdic=15)


def test_total_retention(purchase):
    assert purchase(retained(1000, 190), MARKED) == ("accepted", [])


def test_partial_retention(purchase):
    """Legumes: 10 % of the net is kept, the other 9 % are paid."""
    chickpeas = line(1, 1000, Retenedor=R, CodImpAdic=30)
    assert purchase(retained(1090, 100, 10, 30, left=90), chickpeas) == ("accepted", [])


def test_bought_at_the_exchange_of_products(purchase):
    """A retention of nothing is stated by the lines alone."""
    left = totals(1190, MntNeto=1000, TasaIVA=19, IVA=190, IVANoRet=190)
    assert purchase(left, line(1, 1000, Retenedor=R, CodImpAdic=49)) == ("accepted", [])


WRONG_PURCHASE = {
    "no rate": (retained(1000, 190, ""), MARKED, ["HED-2-302"]),
    "line without mark": (retained(1000, 190), line(1, 1000, CodImpAdic=15), ["HED-2-302"]),
    "line without code": (retained(1000, 190), line(1, 1000, Retenedor=R), ["HED-2-302"]),
    "one line of two": (
        retained(1000, 190),
        line(1, 600, Retenedor=R, CodImpAdic=15) + line(2, 400),
        ["HED-2-302"],
    ),
    "rest not stated": (
        retained(1090, 100, 10, 30),
        line(1, 1000, Retenedor=R, CodImpAdic=30),
        ["HED-2-914"],
    ),
    "other rate": (
        retained(1110, 80, 8, 30, left=110),
        line(1, 1000, Retenedor=R, CodImpAdic=30),
        ["HED-2-302"],
    ),
    "deposit": (
        totals(1007, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=tax(15, 19, 190), GrntDep=7),
        MARKED + line(2, 7, IndExe=3),
        ["HED-2-912"],
    ),
}


@pytest.mark.parametrize("name", WRONG_PURCHASE)
def test_wrong_purchase(purchase, name):
    new_totals, lines, expected = WRONG_PURCHASE[name]
    assert purchase(new_totals, lines) == ("objected", expected)


SALES = {
    "whole table": (
        [],
        totals(
            5115,
            MntNeto=3000,
            TasaIVA=19,
            IVA=570,
            ImptoReten=f"{tax(24, '31.5', 315)}</ImptoReten><ImptoReten>{tax(18, 5, 50)}"
            f"</ImptoReten><ImptoReten>{tax(271, 18, 180)}",
            GrntDep=1000,
        ),
        line(1, 1000, CodImpAdic=24)
        + line(2, 1000, CodImpAdic=18)
        + line(3, 1000, CodImpAdic=271)
        + line(4, 1000, IndExe=3),
    ),
    "rate of another tax": (
        ["HED-2-302"],
        totals(1290, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=tax(25, 10, 100)),
        line(1, 1000, CodImpAdic=25),
    ),
    "forgotten": (
        ["HED-2-302"],
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190),
        line(1, 1000, CodImpAdic=25),
    ),
    "of the seller": (
        ["HED-2-915"],
        totals(1090, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=tax(30, 10, 100)),
        line(1, 1000, CodImpAdic=30),
    ),
    "deposit not stated": (
        ["HED-2-908"],
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190),
        line(1, 1000) + line(2, 500, IndExe=3),
    ),
    "construction credit": (
        ["HED-2-918"],
        totals(1064, MntNeto=1000, TasaIVA=19, IVA=190, CredEC=126),
        line(1, 1000),
    ),
    "no sale with an amount": (
        ["DET-2-901"],
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190),
        line(1, 1000) + line(2, 500, IndExe=4),
    ),
    "not billed": (
        ["HED-2-907"],
        totals(1190, MntNeto=1000, TasaIVA=19, IVA=190, after="<MontoNF>400</MontoNF>"),
        line(1, 1000) + line(2, 500, IndExe=2),
    ),
    "to be paid": (
        ["HED-2-909", "HED-2-909"],
        totals(
            1190,
            MntNeto=1000,
            TasaIVA=19,
            IVA=190,
            after="<MontoPeriodo>1191</MontoPeriodo><VlrPagar>1191</VlrPagar>",
        ),
        line(1, 1000),
    ),
    "gold": (
        [],
        totals(1000, MntNeto=1000, TasaIVA=19, IVA=190, ImptoReten=tax(46, 19, 190)),
        line(1, 1000, CodImpAdic=46),
    ),
    "slaughter": (
        [],
        totals(1290, MntNeto=1000, MntBase=2000, TasaIVA=19, IVA=190, ImptoReten=tax(17, 5, 100)),
        line(1, 1000, CodImpAdic=17),
    ),
}


@pytest.mark.parametrize("name", SALES)
def test_sale(invoice, codes, name):
    expected, new_totals, lines = SALES[name]
    verdict = "objected" if expected else "accepted"
    assert codes(invoice(new_totals, lines)) == (verdict, expected)


def test_gross_prices_with_taxes(invoice, codes):
    mixed = totals(1100, MntNeto=840, TasaIVA=19, IVA=160, ImptoReten=tax(28, "", 100))
    assert codes(invoice(mixed, line(1, 1000, CodImpAdic=28), also=gross)) == (
        "objected",
        ["HED-2-916"],
    )


def test_discount_of_not_billed(invoice, codes):
    sums = totals(1190, MntNeto=1000, TasaIVA=19, IVA=190, after="<MontoNF>450</MontoNF>")
    lines = line(1, 1000) + line(2, 500, IndExe=2) + movement("D", "%", 10, "2")
    assert codes(invoice(sums, lines)) == ("accepted", [])


def test_note_over_a_purchase_invoice(taxpayer, invoice, codes):
    """It retains in its totals; its lines need no mark."""
    note = invoice(
        retained(1000, 190),
        line(1, 1000),
        type_=61,
        references=reference(45, 7, 3, taxpayer.now().date()),
    )
    assert codes(note) == ("accepted", [])
