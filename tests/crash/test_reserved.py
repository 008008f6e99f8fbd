"""A job holds the folios of its pieces by rows that are committed: nobody waits for a piece, and
what is left of it, whenever its process dies, is used by the job or by whoever comes next."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from clerk import FACTURA
from house.demo import company as demo
from patience import until

HTTP_WORKERS = 3
CRON_WORKERS = 1

# more than a hundred: that many are emitted by a job, in pieces of fifty
DRAFTS = 110
PIECE = "l10n_cl_job running"
END = "l10n_cl_job done"
RESERVED = "l10n_cl_dte reserved"
SIGNED = "l10n_cl_dte signed"

_OF_TYPE = "issuer_rut = %s AND document_code = %s"


@pytest.fixture
def job(clerk, sii):
    """Emit so many drafts by the wizard, as the web client does; the id of the job and they."""

    def ask():
        clerk.load_folios(sii, DRAFTS + 20)
        drafts = clerk.draft(DRAFTS)
        wizard = clerk.call("account.move", "l10n_cl_action_emit", drafts)["res_id"]
        return clerk.call("l10n_cl.emit", "action_emit", [wizard])["res_id"], drafts

    return ask


@pytest.fixture
def ends(scratch):
    """Time passes until the job has ended; (done, failed, skipped)."""

    def wait(job):
        query = "SELECT done, failed, skipped FROM l10n_cl_job WHERE id = %s AND state = 'done'"
        until(lambda: scratch.rows(query, job), meanwhile=scratch.hurry)
        return scratch.rows(query, job)[0]

    return wait


@pytest.fixture
def folio(scratch):
    query = "SELECT folio FROM l10n_cl_dte WHERE move_id = %s"
    return lambda move: scratch.value(query, move)


@pytest.fixture
def set_aside(scratch):
    """The folios of a state that have no document, in order."""

    def look(state):
        query = f"SELECT folio FROM l10n_cl_dte WHERE {_OF_TYPE} AND state = %s ORDER BY folio"
        return [row[0] for row in scratch.rows(query, demo.RUT, FACTURA, state)]

    return look


@pytest.fixture(autouse=True)
def nothing_lost(scratch, settled):
    """Afterwards each folio has a row, and each row a document or a reason."""
    yield
    rows = scratch.rows(
        f"SELECT folio, state IN ('free', 'reserved'), move_id FROM l10n_cl_dte WHERE {_OF_TYPE}"
        " AND state <> 'elsewhere' ORDER BY folio",
        demo.RUT,
        FACTURA,
    )
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert all(bare == (move is None) for _folio, bare, move in rows)
    assert not [row for row in rows if row[1]], "all of them are used in the end"


@pytest.fixture
def use_up(clerk, set_aside):
    """Post as many as are free; they are the ones that are taken."""

    def post():
        free = set_aside("free")
        return [clerk.post() for _each in free], free

    return post


def test_nobody_waits_for_a_piece(scratch, clerk, job, ends, folio, set_aside):
    """A piece stands at its commit, with all its locks, while people post and have their answer."""
    clerk.post()  # Odoo itself marks the customer's card at his first invoice
    with scratch.gate(PIECE):
        number, drafts = job()
        until(scratch.waiting, meanwhile=scratch.hurry)
        held = set_aside("reserved")
        assert len(held) == 50, "of the piece that nobody else sees yet"
        mine = [clerk.post(), clerk.post()]
        assert scratch.waiting(), "the piece is still open"
        assert [folio(move) for move in mine] == [held[-1] + 1, held[-1] + 2]
        assert not scratch.rows("SELECT 1 FROM pg_locks WHERE locktype = 'tuple'")
    assert ends(number) == (DRAFTS, 0, 0)


@pytest.mark.parametrize("happens", [False, True], ids=["lost", "done"])
def test_killed_as_the_folios_are_reserved(scratch, odoo, job, ends, set_aside, happens):
    with scratch.gate(RESERVED):
        number, _drafts = job()
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        odoo.kill_worker(cron=True)
        if not happens:
            scratch.forget_transaction(backend)
            assert set_aside("reserved") == []
    assert ends(number) == (DRAFTS, 0, 0)


@pytest.mark.parametrize("gate", [PIECE, END], ids=["piece", "end"])
@pytest.mark.parametrize("happens", [False, True], ids=["lost", "done"])
def test_killed_in_a_piece(scratch, odoo, clerk, job, ends, gate, happens):
    with scratch.gate(gate):
        number, _drafts = job()
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        clerk.post()
        odoo.kill_worker(cron=True)
        if not happens:
            scratch.forget_transaction(backend)
    assert ends(number) == (DRAFTS, 0, 0)


def test_given_up_after_a_kill(scratch, odoo, clerk, job, ends, folio, set_aside, use_up):
    """What its piece had reserved is free, and the next documents take it, the lowest first."""
    with scratch.gate(PIECE):
        number, _drafts = job()
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        above = clerk.post()
        clerk.call("l10n_cl.job", "action_give_up", [number])
        odoo.kill_worker(cron=True)
        scratch.forget_transaction(backend)
    assert ends(number) == (0, 0, DRAFTS)
    free = set_aside("free")
    assert free == list(range(folio(above) - 50, folio(above)))
    moves, free = use_up()
    assert [folio(move) for move in moves] == free


def test_two_take_free_ones_at_once(scratch, odoo, clerk, job, ends, folio, set_aside, use_up):
    """Neither waits for the other: both come to their commit with a folio of their own."""
    with scratch.gate(PIECE):
        number, _drafts = job()
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        clerk.call("l10n_cl.job", "action_give_up", [number])
        odoo.kill_worker(cron=True)
        scratch.forget_transaction(backend)
    ends(number)
    free = set_aside("free")
    drafts = clerk.draft(2)
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event = 'advisory'"
    )
    with ThreadPoolExecutor(2) as people:
        with scratch.gate(SIGNED):
            posted = [people.submit(clerk.colleague().confirm, move) for move in drafts]
            until(lambda: scratch.value(waiting) == 2)
        for each in posted:
            each.result()
    assert sorted(map(folio, drafts)) == free[:2]
    use_up()
