"""Several senders, an SII that is down, a scheduler that gave up: all goes out, and once."""

import contextlib

import pytest
from patience import until

HTTP_WORKERS = 1
CRON_WORKERS = 3

SOME = 8
SLOW_SECONDS = 11
FOR_LONG = 100_000
SERVICES = ("seed", "token", "upload", "envelope_status", "document_status")


@pytest.fixture(scope="module", autouse=True)
def lanes(scratch):
    """Every lane of the queues is switched on."""
    scratch.rows("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", scratch.crons())


@pytest.fixture
def uploads(sii):
    """How many uploads the SII got since the test began."""

    def count():
        return sum(exchange["operation"] == "upload" for exchange in sii.exchanges())

    before = count()
    return lambda: count() - before


@pytest.fixture
def each_lane_runs(scratch):
    """Let every scheduled action run, but so many that workers are held up in."""

    def do(held_up=0):
        crons = scratch.crons()

        def forget():
            free = scratch.rows(
                "UPDATE ir_cron SET lastcall = NULL WHERE id IN (SELECT id FROM ir_cron"
                " WHERE id = ANY(%s) FOR NO KEY UPDATE SKIP LOCKED) RETURNING id",
                crons,
            )
            return [row[0] for row in free] if len(free) == len(crons) - held_up else []

        free = until(forget)
        ran = "SELECT bool_and(lastcall IS NOT NULL) FROM ir_cron WHERE id = ANY(%s)"
        until(lambda: scratch.value(ran, free), meanwhile=scratch.hurry)

    return do


@pytest.mark.parametrize("at", ["l10n_cl_envio sending", "l10n_cl_envio sent"])
def test_what_one_sender_holds_others_leave_alone(
    scratch, clerk, arrives_once, uploads, each_lane_runs, at
):
    with scratch.gate(at):
        move = clerk.post()
        holder = until(scratch.waiting, meanwhile=scratch.hurry)
        each_lane_runs(held_up=1)
        assert scratch.waiting() == holder
    arrives_once(move)
    assert uploads() == 1


@pytest.fixture
def looked_at(scratch, clerk):
    """An invoice whose envelope we hold between its sender's intent and act, as whoever sees that
    it is no longer due does."""
    state = "SELECT state FROM l10n_cl_envio ORDER BY id DESC LIMIT 1"
    neighbour = contextlib.ExitStack()

    def post():
        while True:
            with scratch.gate("l10n_cl_envio sending"):
                move = clerk.post()
                until(scratch.waiting, meanwhile=scratch.hurry)
                have = neighbour.enter_context(scratch.held_next("l10n_cl_envio"))
            until(have)
            if scratch.value(state) == "sending":
                return move
            # its sender was quicker
            neighbour.close()

    with neighbour:
        yield post, neighbour.close


def test_a_neighbour_who_looks_stops_nobody(scratch, document, looked_at, uploads):
    post, let_go = looked_at
    move = post()
    until(scratch.wait_for_a_row)
    sent_before = uploads()
    let_go()
    until(lambda: document(move)[0] in ("sent", "accepted"))
    assert uploads() == sent_before + 1


def test_many_senders_many_envelopes(clerk, arrives_once, uploads):
    moves = clerk.draft(SOME)
    clerk.confirm(*moves)
    for move in moves:
        arrives_once(move)
    assert uploads() == SOME


@pytest.fixture
def one_sender(scratch):
    """Meanwhile the queue of what is to be sent has one lane only."""
    further = scratch.crons("send_lane")
    scratch.rows("UPDATE ir_cron SET active = FALSE WHERE id = ANY(%s)", further)
    yield
    scratch.rows("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", further)


@pytest.mark.usefixtures("one_sender")
def test_what_ten_seconds_did_not_suffice_for_goes_on_at_once(sii, scratch, clerk, arrives_once):
    """Odoo gives a scheduled action so long, and calls it again after its interval."""
    sii.add_to_script({"on": "upload", "do": f"delay:{SLOW_SECONDS}"})
    moves = clerk.draft(SOME)
    clerk.confirm(*moves)
    to_send = "SELECT count(*) FROM l10n_cl_dte WHERE state = 'signed'"
    until(lambda: not scratch.value(to_send))
    for move in moves:
        arrives_once(move)


@pytest.fixture
def outage(sii):
    """From now until changed the SII answers nothing but 503."""
    for service in SERVICES:
        sii.add_to_script({"on": service, "do": "503", "times": FOR_LONG})
    yield
    sii.clear_script()


@pytest.mark.usefixtures("outage")
def test_the_sii_is_down_and_comes_back(
    sii, scratch, clerk, document, arrives_once, uploads, each_lane_runs
):
    moves = clerk.draft(SOME)
    clerk.confirm(*moves[1:])
    down = "SELECT unreachable_since FROM l10n_cl_issuer WHERE unreachable_since IS NOT NULL"
    until(lambda: scratch.value(down), meanwhile=scratch.hurry)
    each_lane_runs()
    tried = uploads()
    clerk.confirm(moves[0])
    for _half_an_hour in range(2):
        each_lane_runs()
    assert uploads() == tried, "nothing is sent while the SII is known to be down"
    assert {document(move)[0] for move in moves} == {"signed"}
    sii.clear_script()
    for move in moves:
        arrives_once(move)
    assert not scratch.value(down)
    assert uploads() == tried + SOME


def test_scheduled_actions_that_odoo_switched_off(scratch, clerk, document, arrives_once, uploads):
    """Odoo does so after five failures in seven days: here those of a user who was archived."""
    senders = scratch.crons("send")
    archived = scratch.value("SELECT id FROM res_users WHERE NOT active AND id > 1 LIMIT 1")
    scratch.rows(
        "UPDATE ir_cron SET user_id = %s, failure_count = 4,"
        " first_failure_date = now() AT TIME ZONE 'UTC' - interval '8 days' WHERE id = ANY(%s)",
        archived,
        senders,
    )
    off = "SELECT bool_and(NOT active) FROM ir_cron WHERE id = ANY(%s)"
    until(lambda: scratch.value(off, senders), meanwhile=scratch.hurry)
    move = clerk.post()
    assert document(move)[0] == "signed"
    (issuer,) = clerk.search("l10n_cl.issuer", [("company_id", "=", 1)])
    alarms = clerk.read("l10n_cl.issuer", issuer, "alarms")["alarms"]
    assert "SII: send tax documents" in alarms
    assert not uploads()
    scratch.rows("UPDATE ir_cron SET user_id = 1, active = TRUE WHERE id = ANY(%s)", senders)
    arrives_once(move)
    assert uploads() == 1
