"""Many workers post at once, and some of their transactions fail: no folio is lost or repeated."""

from concurrent.futures import ThreadPoolExecutor

import companies
import pytest
from house.demo import company as demo

HTTP_WORKERS = 16
CRON_WORKERS = 0

EACH = 40
FEW = 4
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
def taken(scratch):
    """What bears the folios of a RUT, in their order."""

    def look(rut):
        return scratch.rows(
            "SELECT dte.folio, move.name, dte.state, move.state, company.name"
            " FROM l10n_cl_dte dte JOIN account_move move ON move.id = dte.move_id"
            " JOIN res_company company ON company.id = move.company_id"
            " WHERE dte.issuer_rut = %s ORDER BY folio",
            rut,
        )

    return look


def numbered(count):
    """What the invoices of the folios 1 to count look like."""
    return [(folio, f"FAC {folio:06d}", "signed", "posted") for folio in range(1, count + 1)]


def test_root_and_branch_share_their_folios_another_company_has_its_own(clerk, together, taken):
    def work(company):
        colleague = clerk.colleague(company)
        for move in colleague.draft(FEW):
            colleague.confirm_in_spite_of(TROUBLE, move)

    together(work, [demo.NAME, companies.BRANCH, companies.OTHER] * FEW)
    rows = taken(demo.RUT)
    assert [row[:4] for row in rows] == numbered(2 * FEW * FEW)
    assert {row[4] for row in rows} == {demo.NAME, companies.BRANCH}
    rows = taken(companies.OTHER_RUT)
    assert [row[:4] for row in rows] == numbered(FEW * FEW)
    assert {row[4] for row in rows} == {companies.OTHER}


def test_sixteen_workers(clerk, sii, together, taken):
    before = len(taken(demo.RUT))
    for _range in range(3):
        clerk.load_folios(sii, 200)
    drafts = together(
        lambda count: clerk.colleague().draft(count), [EACH] * HTTP_WORKERS, at_once=2
    )

    def prepare(count):
        return clerk.colleague().draft(count)

    def work(moves):
        colleague = clerk.colleague()
        return sum(colleague.confirm_in_spite_of(TROUBLE, move) for move in moves)

    drafts = together(prepare, [EACH] * HTTP_WORKERS, at_once=2)
    refusals = sum(together(work, drafts))
    assert refusals >= HTTP_WORKERS * EACH // ONE_OF
    assert [row[:4] for row in taken(demo.RUT)] == numbered(before + HTTP_WORKERS * EACH)
