"""What makes a document illegal: additional taxes, retentions, and who may carry which."""

from dataclasses import replace
from decimal import Decimal

import documents
import pytest
from judged import found, plain, with_lines

from sii.codes import CodRef, IndExe, TipoDte, TpoMov
from sii.document import Document, GlobalAdjustment, Line, Reference, TaxTotal, Totals, amounts
from sii.document.taxes import TAXES, Base


def taxed(*codes: int, amount: int = 1000, **more) -> Line:
    return plain(amount, additional_taxes=codes, **more)


def purchase(*lines: Line, kind: TipoDte = TipoDte.FACTURA_COMPRA, **more) -> Document:
    """A purchase invoice, or a note over one."""
    document = replace(documents.factura(), kind=kind, lines=lines, references=())
    if kind is not TipoDte.FACTURA_COMPRA:
        origin = Reference("46", "3", documents.ISSUED_ON, CodRef.CORRECTS_AMOUNTS)
        document = replace(document, references=(origin,))
    return replace(document, totals=amounts.totals(kind, lines, **more))


def with_totals(document: Document, **changes) -> Document:
    return replace(document, totals=replace(document.totals, **changes))


@pytest.mark.parametrize("code", TAXES)
def test_every_code_has_its_place(code):
    """What is taken off is the buyer's, except for gold; the rest is the seller's."""
    line = taxed(code, withheld=TAXES[code].retention)
    declared = {code: 100} if TAXES[code].base is Base.DECLARED else {}
    sale = replace(
        documents.factura(),
        lines=(line,),
        totals=amounts.totals(TipoDte.FACTURA, [line], declared=declared),
    )
    bought = purchase(line, declared=declared)
    sold = not TAXES[code].retention or code == 46
    assert (found(sale) == []) is sold
    assert (found(bought) == []) is TAXES[code].retention
    assert found(purchase(line, kind=TipoDte.NOTA_DEBITO, declared=declared)) == (
        [] if TAXES[code].retention else [("retention_missing", "totals.taxes")]
    )


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        (taxed(27, 24, 25), "too_many", "additional_taxes"),
        (taxed(27, 27), "tax_twice", "additional_taxes[1]"),
        (taxed(15), "tax_not_for_kind", "additional_taxes[0]"),
        (taxed(27, exempt=IndExe.EXEMPT), "line_tax_unexpected", "additional_taxes"),
        (plain(withheld=True), "withheld_unexpected", "withheld"),
    ],
)
def test_lines(line, code, where):
    assert (code, f"lines[1].{where}") in found(with_lines(plain(), line))


def test_unknown_taxes():
    document = replace(with_lines(plain()), lines=(taxed(99),))
    assert found(document) == [("tax_unknown", "lines[0].additional_taxes[0]")]
    exempt = replace(documents.exenta(), lines=(taxed(27, amount=90000),))
    assert ("tax_not_for_kind", "lines[0].additional_taxes[0]") in found(exempt)


@pytest.mark.parametrize(
    ("taxes", "problem"),
    [
        ((), ("tax_total_missing", "totals.taxes")),
        ((TaxTotal(27, 100),), ("tax_rate_missing", "totals.taxes[0].rate")),
        ((TaxTotal(27, 130, Decimal(13)),), ("tax_rate_wrong", "totals.taxes[0].rate")),
        ((TaxTotal(27, 102, Decimal(10)),), ("tax_total_wrong", "totals.taxes[0].amount")),
        (
            (TaxTotal(27, 100, Decimal(10)), TaxTotal(24, 1, Decimal("31.5"))),
            ("tax_without_lines", "totals.taxes[1]"),
        ),
    ],
)
def test_totals_of_taxes(taxes, problem):
    document = with_lines(taxed(27))
    total = 1190 + sum(tax.amount for tax in taxes)
    assert found(document) == []
    assert problem in found(with_totals(document, taxes=taxes, total=total))


def test_a_peso_of_rounding_is_accepted():
    document = with_lines(taxed(27))
    taxes = (TaxTotal(27, 101, Decimal(10)),)
    assert found(with_totals(document, taxes=taxes, total=1291)) == []


def test_specific_taxes_are_believed():
    document = replace(with_lines(plain()), lines=(taxed(28),))
    assert found(document) == [("tax_total_missing", "totals.taxes")]
    assert found(with_totals(document, taxes=(TaxTotal(28, 77),), total=1267)) == []


def test_tax_on_meat_states_its_base():
    """17 is 5 % of MntBase, not of what the lines sell for."""
    line = taxed(17, amount=10_000)
    totals = amounts.totals(TipoDte.FACTURA, [line], declared={17: 750})
    assert (totals.slaughter_base, totals.taxes) == (15_000, (TaxTotal(17, 750, Decimal(5)),))
    document = replace(with_lines(plain()), lines=(line,), totals=totals)
    assert found(document) == []
    for base in (None, 10_000):
        assert found(with_totals(document, slaughter_base=base)) == [
            ("slaughter_base_wrong", "totals.slaughter_base")
        ]


def test_amount_over_different_taxes_is_reported_alone():
    document = with_lines(taxed(27), plain())
    discount = GlobalAdjustment(TpoMov.DISCOUNT, amount=100)
    totals = replace(document.totals, net=1900, vat=361, total=2361)
    assert found(replace(document, adjustments=(discount,), totals=totals)) == [
        ("adjustment_must_be_percent", "adjustments[0].amount")
    ]


def test_total_retention_marks_every_affected_line():
    whole = taxed(15, withheld=True)
    exempt = plain(50, exempt=IndExe.EXEMPT)
    assert found(purchase(whole, whole, exempt)) == []
    assert found(purchase(whole, replace(whole, withheld=False))) == [
        ("line_not_withheld", "lines[1]")
    ]
    assert ("line_not_withheld", "lines[1]") in found(purchase(whole, plain(withheld=True)))


def test_total_retention_is_the_vat_to_the_peso():
    document = purchase(taxed(15, withheld=True))
    short = with_totals(document, taxes=(TaxTotal(15, 189, Decimal(19)),), total=1001)
    assert found(short) == [
        ("tax_total_wrong", "totals.taxes[0].amount"),
        ("vat_not_withheld_wrong", "totals.vat_not_withheld"),
    ]


def test_partial_retention_states_what_it_leaves():
    document = purchase(taxed(30, withheld=True), taxed(34, amount=500, withheld=True))
    assert found(document) == []
    assert document.totals.vat_not_withheld == 285 - 120
    for wrong in (None, 164, 0):
        problems = found(with_totals(document, vat_not_withheld=wrong))
        assert ("vat_not_withheld_wrong", "totals.vat_not_withheld") in problems


def test_purchase_invoices_retain():
    assert ("retention_missing", "totals.taxes") in found(purchase(plain()))
    assert found(purchase(plain(exempt=IndExe.EXEMPT))) == []
    note = purchase(plain(), kind=TipoDte.NOTA_CREDITO)
    assert found(note) == [("retention_missing", "totals.taxes")]
    assert found(purchase(plain(), kind=TipoDte.NOTA_CREDITO, retentions=[15])) == []
    assert found(purchase(taxed(30), kind=TipoDte.NOTA_CREDITO)) == []
    sold = with_totals(with_lines(plain()), vat_not_withheld=5)
    assert found(sold) == [("vat_not_withheld_wrong", "totals.vat_not_withheld")]


def test_seller_and_issuer_differ():
    document = purchase(taxed(15, withheld=True))
    itself = replace(document.receiver, rut="76.086.428-5")
    assert found(replace(document, receiver=itself)) == [("seller_is_issuer", "receiver.rut")]


def test_a_purchase_invoice_takes_no_deposits():
    deposit = plain(exempt=IndExe.CONTAINER_DEPOSIT)
    problems = found(purchase(taxed(15, withheld=True), deposit))
    assert problems == [("line_mark_unexpected", "lines[1].exempt")]


def test_construction_credit():
    line = plain(1000)
    totals = amounts.totals(TipoDte.FACTURA, [line], construction=amounts.CONSTRUCTION_CREDIT)
    document = replace(documents.factura(), lines=(line,), totals=totals)
    assert found(document) == []
    for credit in (1, 31, 62, 123, 124, 125):  # 65 % of 190 is 123.5
        assert found(with_totals(document, construction_credit=credit, total=1190 - credit)) == []
    for credit in (126, 150, 190):
        greedy = with_totals(document, construction_credit=credit, total=1190 - credit)
        assert found(greedy) == [("construction_credit_above", "totals.construction_credit")]
    unpaid = with_totals(document, construction_credit=31)
    assert ("total_wrong", "totals.total") in found(unpaid)
    exempt = replace(documents.exenta(), totals=Totals(89990, exempt=90000, construction_credit=10))
    assert ("construction_credit_unexpected", "totals.construction_credit") in found(exempt)
