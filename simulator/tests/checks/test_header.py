"""Parties, dates, activity, and what makes a 33 or a 34."""

from datetime import timedelta

import pytest
from conftest import enrol
from taxpayer import Caf, drop, reference, swap


def both(*edits):
    def edit(text):
        for one in edits:
            text = one(text)
        return text

    return edit


def test_issuer_of_another_envelope(sii, taxpayer, codes):
    """CAF, stamp and signature of the stated issuer do not help: the caratula names another."""
    enrol(sii, rut="96790240-3", name="Otra")
    given = sii.issue_caf({"rut": "96790240-3", "type": 33, "count": 5})
    taxpayer.cafs[33] = Caf(given["xml"])
    edit = swap("<RUTEmisor>76354771-K</RUTEmisor>", "<RUTEmisor>96790240-3</RUTEmisor>")
    assert codes(taxpayer.invoice(edit=edit)) == ("rejected", ["HED-3-902"])


def test_receiver_with_a_wrong_check_digit(taxpayer, codes):
    edit = swap("<RUTRecep>96790240-3", "<RUTRecep>96790240-4")
    assert codes(taxpayer.invoice(edit=edit)) == ("rejected", ["HED-3-901"])


def test_activity_not_registered(taxpayer, codes):
    edit = swap("</Acteco>", "</Acteco><Acteco>11101</Acteco>")
    assert codes(taxpayer.invoice(edit=edit)) == ("rejected", ["HED-3-861"])


@pytest.mark.parametrize("commune", ["", "<CmnaOrigen></CmnaOrigen>", "<CmnaOrigen> </CmnaOrigen>"])
def test_no_commune_of_origin(taxpayer, codes, commune):
    edit = swap("<CmnaOrigen>Santiago</CmnaOrigen>", commune)
    assert codes(taxpayer.invoice(edit=edit)) == ("rejected", ["HED-3-903"])


def test_note_needs_no_commune_of_origin(taxpayer, codes):
    note = taxpayer.invoice(
        type_=61,
        references=reference(33, 1, 1, taxpayer.now().date()),
        edit=drop("CmnaOrigen"),
    )
    assert codes(taxpayer.invoice(1), note) == ("accepted", [])


def test_issued_before_the_authorisation(taxpayer, codes):
    day = taxpayer.now().date().replace(year=2014, month=8, day=21)
    verdict, found = codes(taxpayer.invoice(day=day))
    assert verdict == "rejected"
    assert "HED-3-305" in found


@pytest.mark.parametrize(("days", "expected"), [(3, []), (4, ["DTE-1-650"])])
def test_sent_within_three_days(sii, taxpayer, codes, days, expected):
    day = taxpayer.now().date()
    sii.move_clock({"advance": timedelta(days=days).total_seconds()})
    assert codes(taxpayer.invoice(day=day))[1] == expected


def test_affected_invoice_without_vat(taxpayer, codes):
    edit = both(drop("TasaIVA"), drop("IVA"), swap("<MntTotal>119000", "<MntTotal>100000"))
    assert codes(taxpayer.invoice(edit=edit)) == ("rejected", ["HED-3-904"])


def test_affected_invoice_without_net(taxpayer, codes):
    edit = both(
        swap("<MntNeto>100000</MntNeto>", "<MntNeto>0</MntNeto><MntExe>100000</MntExe>"),
        swap("<IVA>19000", "<IVA>0"),
        swap("<MntTotal>119000", "<MntTotal>100000"),
        swap("<NmbItem>", "<IndExe>1</IndExe><NmbItem>"),
    )
    assert codes(taxpayer.invoice(edit=edit)) == ("objected", ["HED-2-902"])


def test_exempt_invoice_without_exempt_amount(taxpayer, codes):
    edit = both(
        drop("MntExe"),
        swap("<MntTotal>100000", "<MntTotal>0"),
        swap("<PrcItem>25000", "<PrcItem>1"),
        swap("<MontoItem>100000", "<MontoItem>0"),
        swap("<QtyItem>4", "<QtyItem>0.1"),
    )
    assert codes(taxpayer.exempt(edit=edit)) == ("rejected", ["HED-3-905"])


def test_exempt_invoice_with_vat(taxpayer, codes):
    edit = both(
        swap("<MntExe>", "<MntNeto>100</MntNeto><MntExe>"),
        swap("</MntExe>", "</MntExe><TasaIVA>19</TasaIVA><IVA>19</IVA>"),
        swap("<MntTotal>100000", "<MntTotal>100119"),
    )
    verdict, found = codes(taxpayer.exempt(edit=edit))
    assert (verdict, found[0]) == ("rejected", "HED-3-906")
