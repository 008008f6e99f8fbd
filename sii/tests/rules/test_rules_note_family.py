"""Chains of notes: never is more credited than was invoiced, however they depend on each other."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from sii import kinds
from sii.rules.note_family import Family, Member, takes_from

INVOICE = ("33", 1)
checked = settings(deadline=None, max_examples=150)


def credit(folio, total, *changes, annuls=False):
    return Member(("61", folio), total, changes, annuls)


def debit(folio, total, *changes, annuls=False):
    return Member(("56", folio), total, changes, annuls)


def chain():
    return [
        Member(INVOICE, 1587),
        credit(1, 396, INVOICE),
        debit(1, 396, ("61", 1), annuls=True),
        credit(2, 1587, INVOICE, annuls=True),
    ]


def test_a_credit_brought_back_over_what_is_annulled():
    family = Family([*chain(), credit(3, 396, ("56", 1), annuls=True)])
    short = family.shortfall(("61", 3))
    assert short.left == 0
    assert set(short.documents) == {INVOICE, ("56", 1)}
    assert set(short.notes) == {("61", 1), ("61", 2)}


def test_a_credit_brought_back_where_it_fits():
    members = [each for each in chain() if each.key != ("61", 2)]
    members.append(credit(3, 396, ("56", 1), annuls=True))
    assert Family(members).shortfall(("61", 3)) is None
    late = Family([*members, credit(4, 1587, INVOICE, annuls=True)])
    assert late.shortfall(("61", 4)).left == 1587 - 396


def parts(*untaxed):
    """An invoice of 3 x 1003, and credit notes of these net amounts, each with its own VAT."""
    notes = [
        Member(("61", folio), net + (net * 19 + 50) // 100, (INVOICE,), untaxed=net)
        for folio, net in enumerate(untaxed, 1)
    ]
    return [Member(INVOICE, 3581, untaxed=3009), *notes]


def test_vat_of_parts_is_rounded_by_itself():
    assert [member.total for member in parts(1003, 1003, 1003)] == [3581, 1194, 1194, 1194]
    assert Family(parts(1003, 1003, 1003)).shortfall(("61", 3)) is None
    assert Family(parts(1003, 1003, 1004)).shortfall(("61", 3)).left == 1193
    assert Family(parts(3010)).shortfall(("61", 1)).left == 3581
    assert Family(parts(1003, 1003, 1003, 1)).shortfall(("61", 4)).left == 0
    unknown = [*parts(1003, 1003, 1003), Member(("33", 2), 10)]
    assert Family(unknown).shortfall(("61", 3)).left == 1193


def test_what_is_annulled_follows_through_the_chain():
    members = [Member(INVOICE, 10), credit(1, 10, INVOICE, annuls=True)]
    assert Family(members).annulled_by(INVOICE) == ("61", 1)
    members.append(debit(1, 10, ("61", 1), annuls=True))
    assert Family(members).annulled_by(INVOICE) is None
    members.append(credit(2, 10, ("56", 1), annuls=True))
    assert Family(members).annulled_by(INVOICE) == ("61", 1)


def test_several_documents_share_a_note():
    members = [Member(INVOICE, 100), Member(("33", 2), 100), credit(1, 150, INVOICE, ("33", 2))]
    assert Family(members).shortfall(("61", 1)) is None
    assert Family([*members, credit(2, 50, ("33", 2))]).shortfall(("61", 2)) is None
    short = Family([*members, credit(2, 100, ("33", 2))]).shortfall(("61", 2))
    assert (short.left, short.notes) == (50, (("61", 1),))
    assert set(short.documents) == {INVOICE, ("33", 2)}


def test_what_another_system_issued_is_known_once_a_note_annuls_it():
    members = [credit(1, 40, INVOICE)]
    assert Family(members).shortfall(("61", 1)) is None
    whole = Family([*members, credit(2, 100, INVOICE, annuls=True)])
    assert (whole.total(INVOICE), whole.shortfall(("61", 2)).left) == (100, 60)
    assert Family([*members, credit(2, 10**17, INVOICE)]).shortfall(("61", 2)) is None


def test_a_debit_note_takes_no_more_than_its_credit_note():
    members = [Member(INVOICE, 100), credit(1, 60, INVOICE), debit(1, 40, ("61", 1))]
    assert Family([*members, debit(2, 20, ("61", 1))]).shortfall(("56", 2)) is None
    assert Family([*members, debit(2, 21, ("61", 1))]).shortfall(("56", 2)).left == 20
    assert Family([*members, debit(2, 10**9, INVOICE)]).shortfall(("56", 2)) is None
    both = debit(2, 10**9, INVOICE, ("61", 1))
    assert Family([*members, both]).shortfall(("56", 2)) is None


def test_notes_over_themselves_end():
    members = [credit(1, 9, ("56", 1), annuls=True), debit(1, 9, ("61", 1), annuls=True)]
    assert Family(members).annulled_by(("61", 1)) in (None, ("56", 1))


def test_what_depends_on_a_note_in_doubt_is_in_doubt():
    members = chain()
    assert Family(members).needed(("61", 2), [("56", 1)]) == ("56", 1)
    assert Family(members).needed(("61", 2), []) is None
    assert Family(members[:2]).needed(("61", 1), [("56", 1)]) is None


def one_side(members, of_credits):
    """Hall: every set of notes of a side is of no more than the documents that they name."""
    own = {each.key: each for each in members}
    side = [
        each
        for each in members
        if (kinds.of(each.key[0]).is_credit_note) == of_credits
        and each.changes
        and all(takes_from(each.key, key) for key in each.changes)
    ]
    for size in range(1, len(side) + 1):
        for some in combinations(side, size):
            keys = {each.key for each in some}
            places = {key for each in some for key in each.changes}
            places |= {
                each.key
                for each in members
                if keys & set(each.changes) and takes_from(each.key, next(iter(keys)))
            }
            if sum(each.total for each in some) > sum(own[key].total for key in places):
                return False
    return True


@st.composite
def histories(draw, several):
    """Notes over whatever came before, of any total: many of them too much."""
    members = [Member(("33", n), draw(st.integers(1, 30))) for n in range(1, several + 1)]
    for folio in range(1, draw(st.integers(2, 7)) + 1):
        some = draw(st.lists(st.sampled_from(members), min_size=1, max_size=several, unique=True))
        is_credit = draw(st.booleans())
        changes = tuple(
            each.key for each in some if not (is_credit and kinds.of(each.key[0]).is_credit_note)
        ) or (INVOICE,)
        whole = sum(each.total for each in members if each.key in changes)
        total = draw(st.integers(1, 30) | st.just(whole))
        make = credit if is_credit else debit
        members.append(make(folio, total, *changes, annuls=len(changes) == 1 and total == whole))
    return members


@checked
@given(histories(several=3))
def test_what_is_let_pass_is_covered_and_what_is_refused_is_not(history):
    kept = []
    for member in history:
        if any(key not in {each.key for each in kept} for key in member.changes):
            continue  # it depends on what was refused
        tried = [*kept, member]
        short = Family(tried).shortfall(member.key)
        assert (short is None) == (one_side(tried, True) and one_side(tried, False))
        if short is None:
            kept = tried
        elif short.left:
            less = Member(member.key, short.left, member.changes)
            assert Family([*kept, less]).shortfall(member.key) is None


def left(members, key):
    """What is left of a document in a chain, by taking off what is left of its notes."""
    own = {each.key: each for each in members}
    notes = [each for each in members if key in each.changes and takes_from(each.key, key)]
    return own[key].total - sum(left(members, each.key) for each in notes)


@checked
@given(histories(several=1))
def test_in_a_chain_nothing_is_ever_below_zero(history):
    kept = []
    for member in history:
        if any(key not in {each.key for each in kept} for key in member.changes):
            continue
        tried = [*kept, member]
        fits = Family(tried).shortfall(member.key) is None
        assert fits == all(left(tried, each.key) >= 0 for each in tried)
        kept = tried if fits else kept
        credited = sum(each.total for each in kept if kinds.of(each.key[0]).is_credit_note)
        assert credited <= sum(
            each.total for each in kept if not kinds.of(each.key[0]).is_credit_note
        )


@checked
@given(histories(several=3), st.randoms(use_true_random=False))
def test_who_waits_for_what_is_in_doubt_is_covered_when_that_is_refused(history, random):
    kept = []
    for member in history:
        if all(key in {each.key for each in kept} for key in member.changes):
            tried = [*kept, member]
            kept = tried if Family(tried).shortfall(member.key) is None else kept
    if not kept[-1].changes:
        return
    doubtful = [each.key for each in kept[:-1] if each.changes and random.random() < 0.5]
    needed = Family(kept).needed(kept[-1].key, doubtful)
    if needed is None:
        sure = [each for each in kept if each.key not in doubtful]
        assert Family(sure).shortfall(kept[-1].key) is None
    else:
        assert needed in doubtful


def test_a_note_of_less_than_nothing_takes_nothing():
    assert Family([Member(INVOICE, 10), credit(1, -5, INVOICE)]).shortfall(("61", 1)) is None
