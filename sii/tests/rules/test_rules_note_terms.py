"""Until when a credit note lowers VAT, to the day; and what its reason excludes."""

from dataclasses import replace
from datetime import date

import documents
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged import found

from sii.codes import CodRef, NoteReason
from sii.document import Line, Reference, Totals
from sii.rules.note_terms import months_later, term

RETURN, ERROR, DISCOUNT = NoteReason


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        ("2026-05-15", "2026-11-15"),
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-08-28", "2027-02-28"),
        ("2026-03-31", "2026-09-30"),
        ("2026-02-28", "2026-08-28"),
        ("2028-02-29", "2028-08-29"),
        ("2026-06-30", "2026-12-30"),
        ("2026-07-01", "2027-01-01"),
    ],
)
def test_a_return_has_six_months_to_the_day(delivered, last):
    after = date.fromordinal(day(last).toordinal() + 1)
    for returned, late in ((day(last), False), (after, True)):
        judged = term(
            RETURN, day(delivered), returned, delivered_on=day(delivered), returned_on=returned
        )
        assert (judged.last_day, judged.late) == (day(last), late)


def test_the_day_of_the_return_counts_and_not_that_of_the_note():
    delivered = day("2026-05-15")
    kept = {"delivered_on": delivered, "returned_on": day("2026-11-15")}
    assert not term(RETURN, delivered, day("2026-11-30"), **kept).late
    # delivered before it was invoiced, as goods of a guide are
    assert term(RETURN, day("2026-05-31"), day("2026-11-16"), delivered_on=delivered).late
    assert not term(RETURN, day("2026-05-31"), day("2026-11-16")).late


@pytest.mark.parametrize(
    ("original", "last"),
    [
        ("2026-10-01", "2026-11-30"),
        ("2026-10-31", "2026-11-30"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-01", "2028-02-29"),
    ],
)
def test_an_error_has_its_period_and_the_next(original, last):
    after = date.fromordinal(day(last).toordinal() + 1)
    assert not term(ERROR, day(original), day(original)).late
    assert not term(ERROR, day(original), day(last)).late
    judged = term(ERROR, day(original), after)
    assert (judged.code, judged.last_day, judged.late) == ("error", day(last), True)


@pytest.mark.parametrize("reason", NoteReason)
def test_a_note_over_a_note_has_two_periods_whatever_its_reason(reason):
    def late(issued):
        kept = {"delivered_on": day("2026-10-01"), "returned_on": day("2026-10-02")}
        return term(reason, day("2026-10-05"), day(issued), over_note=True, **kept).late

    assert not late("2026-11-30")
    assert late("2026-12-01")


@given(st.dates(day("2003-01-01"), day("2040-12-31")), st.integers(0, 5000))
def test_a_discount_is_never_late(original, days):
    issued = date.fromordinal(original.toordinal() + days)
    judged = term(DISCOUNT, original, issued)
    assert (judged.last_day, judged.late) == (None, False)


@given(st.dates(day("2003-01-01"), day("2040-12-31")), st.integers(0, 24))
def test_months_never_leave_the_month(start, months):
    later = months_later(start, months)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day <= start.day


@given(st.dates(), st.dates(), st.dates(), st.sampled_from(NoteReason), st.booleans())
def test_every_day_of_the_calendar_has_a_term(original, issued, delivered, reason, over_note):
    judged = term(reason, original, issued, delivered_on=delivered, over_note=over_note)
    assert judged.last_day is None or judged.last_day >= min(original, delivered)


def note(reason, original="2026-03-05", code=CodRef.CORRECTS_AMOUNTS, kind="33", **changes):
    reference = Reference(kind, "12", day(original), code)
    base = replace(documents.nota_credito(), references=(reference,), note_reason=reason)
    return replace(base, **changes)


def test_only_a_late_note_is_marked_late():
    issued = documents.nota_credito().issued_on
    for reason, before, within in (
        (RETURN, "2025-09-08", "2025-09-09"),
        (ERROR, "2026-01-31", "2026-02-01"),
    ):
        assert issued == day("2026-03-09")
        assert found(note(reason, before)) == [("late_not_told", "late")]
        assert found(note(reason, before, late=True)) == []
        assert found(note(reason, within)) == []
        assert found(note(reason, within, late=True)) == [("late_told_early", "late")]
    assert found(note(DISCOUNT, "2024-03-09")) == []
    assert found(note(DISCOUNT, "2024-03-09", late=True)) == [("late_told_early", "late")]
    assert found(note(DISCOUNT, "2026-01-31", kind="56")) == [("late_not_told", "late")]
    # no reason is stated: the rules do not guess it
    for late in (True, False):
        assert found(note(None, "2020-01-01", late=late)) == []


def test_of_several_the_oldest_decides():
    several = tuple(
        Reference("33", folio, day(on), CodRef.CORRECTS_AMOUNTS)
        for folio, on in (("13", "2026-03-05"), ("12", "2026-01-31"))
    )
    assert found(note(ERROR, references=several)) == [("late_not_told", "late")]


def test_the_days_of_a_return():
    for returned, expected in (
        ("2026-03-10", [("returned_after_note", "returned_on")]),
        ("2026-03-09", []),
        ("2026-03-06", []),
        ("2026-03-05", [("returned_before_delivery", "returned_on")]),
    ):
        document = note(RETURN, delivered_on=day("2026-03-06"), returned_on=day(returned))
        assert found(document) == expected


def test_what_has_no_reason():
    assert found(note(DISCOUNT, code=CodRef.ANNULS)) == [("discount_annuls", "note_reason")]
    text = {"lines": (Line("DONDE DICE giro DEBE DECIR otro", 0),), "totals": Totals(0)}
    correction = note(None, code=CodRef.CORRECTS_TEXT, **text)
    assert found(correction) == []
    assert found(replace(correction, late=True)) == [("late_without_amount", "late")]
    assert found(replace(correction, note_reason=ERROR)) == [
        ("note_reason_unexpected", "note_reason")
    ]
    assert found(replace(documents.nota_debito(), note_reason=ERROR)) == [
        ("note_reason_unexpected", "note_reason")
    ]
