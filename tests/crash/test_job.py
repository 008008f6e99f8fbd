"""A job over many drafts whose process is killed in a piece: all are posted, each once, no gap."""

import pytest
from clerk import FACTURA
from house import postgres
from patience import until

HTTP_WORKERS = 1
CRON_WORKERS = 1

# more than a hundred: that many are emitted by a job
DRAFTS = 110
PIECE = "l10n_cl_job running"


@pytest.fixture(scope="module", autouse=True)
def durable(scratch):
    """What was committed is there after a crash of PostgreSQL, as in production; before Odoo
    connects."""
    scratch.rows(f'ALTER DATABASE "{scratch.name}" SET synchronous_commit = on')


@pytest.fixture
def drafts(clerk, odoo, sii):
    odoo.start_if_ended()
    clerk.url = odoo.url
    clerk.load_folios(sii, DRAFTS)
    return clerk.draft(DRAFTS)


@pytest.fixture
def emit(clerk):
    """Emit drafts by the wizard, as the web client does; the id of the job."""

    def do(drafts):
        wizard = clerk.call("account.move", "l10n_cl_action_emit", drafts)["res_id"]
        return clerk.call("l10n_cl.emit", "action_emit", [wizard])["res_id"]

    return do


@pytest.fixture
def ends(scratch):
    """Time passes until the job has ended; (done, failed, skipped)."""

    def wait(job, meanwhile=scratch.hurry):
        figures = "SELECT done, failed, skipped FROM l10n_cl_job WHERE id = %s AND state = 'done'"
        while not (ended := scratch.rows(figures, job)):
            before = done(scratch, job)
            until(
                lambda before=before: scratch.rows(figures, job) or done(scratch, job) > before,
                meanwhile=meanwhile,
            )
        return ended[0]

    return wait


def done(scratch, job):
    return scratch.value("SELECT coalesce(done, 0) FROM l10n_cl_job WHERE id = %s", job)


def folios_of(scratch, moves):
    """Of the documents of these invoices, in order."""
    rows = scratch.rows(
        "SELECT folio FROM l10n_cl_dte WHERE move_id = ANY(%s) AND document_code = %s"
        " ORDER BY folio",
        moves,
        FACTURA,
    )
    return [row[0] for row in rows]


def assert_without_gap(scratch, moves):
    folios = folios_of(scratch, moves)
    assert folios == list(range(folios[0], folios[0] + len(moves)))
    states = scratch.rows("SELECT DISTINCT state FROM account_move WHERE id = ANY(%s)", moves)
    assert states == [("posted",)]


@pytest.mark.parametrize("happens", [False, True], ids=["lost", "done"])
def test_killed_at_the_commit_of_a_piece(scratch, odoo, drafts, emit, ends, happens):
    with scratch.gate(PIECE):
        job = emit(drafts)
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        odoo.kill_worker(cron=True)
        if not happens:
            scratch.forget_transaction(backend)
    assert ends(job) == (DRAFTS, 0, 0)
    assert_without_gap(scratch, drafts)


def test_one_that_fails_at_the_very_commit(scratch, drafts, emit, ends):
    """A constraint of the database that is looked at when everything was done."""
    bad = drafts[60]
    scratch.rows(
        f"""
        CREATE FUNCTION crash_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'forbidden by a test'; END $$;
        CREATE CONSTRAINT TRIGGER crash_refuse AFTER UPDATE ON account_move
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (NEW.id = {bad} AND NEW.state = 'posted') EXECUTE FUNCTION crash_refuse();
        """
    )
    try:
        job = emit(drafts)
        assert ends(job) == (DRAFTS - 1, 1, 0)
    finally:
        scratch.rows("DROP TRIGGER crash_refuse ON account_move; DROP FUNCTION crash_refuse")
    others = [move for move in drafts if move != bad]
    assert_without_gap(scratch, others)
    why = "SELECT res_id, text FROM l10n_cl_job_line WHERE job_id = %s AND state = 'failed'"
    ((failed, text),) = scratch.rows(why, job)
    assert failed == bad
    assert text


def test_power_is_lost_twice(scratch, odoo, drafts, emit, ends):
    job = emit(drafts)
    for _time in range(2):
        before = done(scratch, job)
        until(lambda before=before: done(scratch, job) > before, meanwhile=scratch.hurry)
        odoo.kill_all()
        odoo.start()
    assert ends(job) == (DRAFTS, 0, 0)
    assert_without_gap(scratch, drafts)


@pytest.mark.parametrize("crash", [False, True], ids=["stopped", "crashed"])
def test_postgresql_is_restarted(scratch, odoo, drafts, emit, ends, crash):
    def meanwhile():
        odoo.start_if_ended()
        scratch.hurry()

    job = emit(drafts)
    until(lambda: done(scratch, job), meanwhile=scratch.hurry)
    postgres.restart(crash)
    scratch.connect()
    assert ends(job, meanwhile) == (DRAFTS, 0, 0)
    assert_without_gap(scratch, drafts)
    until(scratch.is_settled, meanwhile)
    states = "SELECT DISTINCT state FROM l10n_cl_dte WHERE move_id = ANY(%s)"
    assert scratch.rows(states, drafts) == [("accepted",)]
