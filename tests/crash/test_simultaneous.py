"""Many workers post at once, and some of their transactions fail: no folio is lost or repeated."""

from concurrent.futures import ThreadPoolExecutor

import companies
import pytest
from clerk import FACTURA
from house.demo import company as demo
from house.progress import StepError

HTTP_WORKERS = 16
CRON_WORKERS = 0

EACH = 40
FEW = 4
BLOCK = 5
TROUBLE = "The disk is full"
ONE_OF = 9

# Every so many postings fail at the very end, when their folio was taken and all was signed.
_TROUBLE = f"""
    CREATE SEQUENCE crash_posting;
    CREATE FUNCTION crash_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF nextval('crash_posting') % {ONE_OF} = 0 THEN RAISE EXCEPTION '{TROUBLE}'; END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER crash_trouble AFTER UPDATE OF state ON l10n_cl_dte
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'signed')
        EXECUTE FUNCTION crash_trouble();
"""


@pytest.fixture(scope="module", autouse=True)
def trouble(scratch):
    scratch.rows(_TROUBLE)


@pytest.fixture
def together():
    """Call a function with each of some things, all at the same time; the results."""

    def do(function, things, at_once=HTTP_WORKERS):
        with ThreadPoolExecutor(at_once) as people:
            return list(people.map(function, things))

    return do


@pytest.fixture
def posted(scratch):
    """Check what bears the folios of a RUT, all of them; the companies of the last ones."""

    def check(rut, before, count):
        rows = scratch.rows(
            "SELECT dte.folio, move.name, dte.state, move.state, company.name"
            " FROM l10n_cl_dte dte JOIN account_move move ON move.id = dte.move_id"
            " JOIN res_company company ON company.id = move.company_id"
            " WHERE dte.issuer_rut = %s AND dte.document_code = %s ORDER BY folio",
            rut,
            FACTURA,
        )
        folios = range(1, before + count + 1)
        assert [row[:2] for row in rows] == [(folio, f"FAC {folio:06d}") for folio in folios]
        assert [row[2:4] for row in rows[before:]] == [("signed", "posted")] * count
        return {row[4] for row in rows[before:]}

    return check


@pytest.fixture
def used(scratch):
    """How many folios of a RUT are used."""
    query = "SELECT count(*) FROM l10n_cl_dte WHERE issuer_rut = %s AND document_code = %s"
    return lambda rut: scratch.value(query, rut, FACTURA)


def test_root_and_branch_share_their_folios_another_company_has_its_own(
    clerk, together, used, posted
):
    def work(company):
        colleague = clerk.colleague(company)
        for move in colleague.draft(FEW):
            colleague.confirm_in_spite_of(TROUBLE, move)

    before = used(demo.RUT)
    together(work, [demo.NAME, companies.BRANCH, companies.OTHER] * FEW)
    assert posted(demo.RUT, before, 2 * FEW * FEW) == {demo.NAME, companies.BRANCH}
    assert posted(companies.OTHER_RUT, 0, FEW * FEW) == {companies.OTHER}


def test_blocks(clerk, together, used, posted):
    """Everybody posts many together: no block has a folio of another, and what fails gives its
    whole block back."""
    before = used(demo.RUT)

    def work(company):
        colleague = clerk.colleague(company)
        for _block in range(FEW):
            colleague.confirm_in_spite_of(TROUBLE, *colleague.draft(BLOCK))

    people = [demo.NAME, companies.BRANCH] * FEW
    together(work, people)
    posted(demo.RUT, before, len(people) * FEW * BLOCK)


def test_free_ones_come_first(clerk, sii, together, used, posted):
    """Folios that were given back lie below the others: all are taken, each by one."""
    before, count = used(demo.RUT), HTTP_WORKERS * FEW
    clerk.load_folios(sii, count)
    next_ones = [("document_code", "=", FACTURA), ("issuer_rut", "=", demo.RUT)]
    (caf,) = clerk.search(
        "l10n_cl.caf", [*next_ones, ("last", ">", before)], limit=1, order="first"
    )
    up_to = min(before + count // 2, clerk.read("l10n_cl.caf", caf, "last")["last"])
    told = {"caf_id": caf, "up_to": up_to, "why": "Former system"}
    wizard = clerk.call("l10n_cl.caf.used", "create", told)
    clerk.call("l10n_cl.caf.used", "action_mark", [wizard])
    clerk.call("l10n_cl.caf", "action_take_back", [caf])

    def work(move):
        clerk.colleague().confirm_in_spite_of(TROUBLE, move)

    together(work, clerk.draft(count))
    posted(demo.RUT, before, count)


def test_the_last_folios(clerk, together, used, posted):
    """More people want one than there are: so many get one, the others get an error."""
    before, left = used(companies.OTHER_RUT), 3
    clerk = clerk.colleague(companies.OTHER)
    for move in clerk.draft(companies.FOLIOS - before - left):
        clerk.confirm_in_spite_of(TROUBLE, move)

    def work(move):
        try:
            clerk.colleague().confirm_in_spite_of(TROUBLE, move)
        except StepError as error:
            return error.output
        return ""

    answers = together(work, clerk.draft(2 * left))
    assert answers.count("") == left
    assert all("There are no folios left" in answer for answer in answers if answer)
    posted(companies.OTHER_RUT, 0, companies.FOLIOS)


def test_sixteen_workers(clerk, sii, together, used, posted):
    before = used(demo.RUT)
    for _range in range(4):
        clerk.load_folios(sii, 200)

    def prepare(count):
        return clerk.colleague().draft(count)

    def work(moves):
        colleague = clerk.colleague()
        return sum(colleague.confirm_in_spite_of(TROUBLE, move) for move in moves)

    drafts = together(prepare, [EACH] * HTTP_WORKERS, at_once=2)
    refusals = sum(together(work, drafts))
    assert refusals >= HTTP_WORKERS * EACH // ONE_OF
    posted(demo.RUT, before, HTTP_WORKERS * EACH)
