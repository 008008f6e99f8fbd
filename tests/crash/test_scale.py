"""Month's end: thousands of drafts emitted under Odoo's default limits, the power failing twice.

``make scale``; 20,000 unless SCALE_DRAFTS names another number. It prints its figures. Every draft
is posted once, without a gap in the folios, and the SII gets each.
"""

import os
import time

from clerk import FACTURA
from house.demo import company as demo
from house.progress import show

HTTP_WORKERS = 2
CRON_WORKERS = 4

DRAFTS = int(os.environ.get("SCALE_DRAFTS", "20000"))
TOGETHER = 200
# After a restart Odoo's cron workers look around for the first time after a minute.
PATIENCE_SECONDS = 200
_CALM_SECONDS = 20
LANES = ("send_lane_2", "poll_lane_2")
_DONE = "SELECT coalesce(done, 0) FROM l10n_cl_job WHERE id = %s"
_LEFT = """
    SELECT count(*) FROM l10n_cl_dte
    WHERE state IN ('pending', 'signed', 'sent') AND move_id = ANY(%s)
"""


def drafts_of(clerk):
    made = []
    while len(made) < DRAFTS:
        made += clerk.draft(min(TOGETHER, DRAFTS - len(made)))
    return made


def emit(clerk, drafts):
    """The job, by the wizard, as the web client does."""
    wizard = clerk.call("account.move", "l10n_cl_action_emit", drafts)["res_id"]
    return clerk.call("l10n_cl.emit", "action_emit", [wizard])["res_id"]


def reach(look, goal, nudge=None):
    """Wait until what is looked at has come to the goal; it must come nearer meanwhile.

    nudge: what brings time forward, where nothing has moved for a while.
    """
    seen, since = look(), time.monotonic()
    while seen != goal and not (goal and seen >= goal):
        time.sleep(1)
        if (now := look()) != seen:
            seen, since = now, time.monotonic()
        elif nudge and time.monotonic() > since + _CALM_SECONDS:
            nudge()
        assert time.monotonic() < since + PATIENCE_SECONDS, f"it stays at {seen}"


def test_all_posted_once_in_spite_of_two_losses_of_power(scratch, odoo, clerk, sii, capsys):
    for lane in LANES:
        scratch.rows("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", scratch.crons(lane))
    clerk.load_folios(sii, DRAFTS)
    drafts = drafts_of(clerk)
    scratch.rows("ANALYZE")
    start = time.monotonic()
    job = emit(clerk, drafts)
    asked = time.monotonic()
    for part in (DRAFTS // 3, 2 * DRAFTS // 3):
        reach(lambda: scratch.value(_DONE, job), part)
        odoo.kill_all()
        odoo.start()
    reach(lambda: scratch.value(_DONE, job), DRAFTS)
    posted = time.monotonic()
    # what was cut off while it was being sent is asked about later, which is not waited for here
    reach(lambda: scratch.value(_LEFT, drafts), 0, nudge=scratch.hurry)
    accepted = time.monotonic()
    rows = scratch.rows(
        "SELECT move.state, dte.state, dte.folio FROM account_move move"
        " JOIN l10n_cl_dte dte ON dte.move_id = move.id WHERE move.id = ANY(%s)"
        " ORDER BY dte.folio",
        drafts,
    )
    folios = [folio for _move, _dte, folio in rows]
    assert folios == list(range(folios[0], folios[0] + DRAFTS)), "each once, no gap"
    assert {(move, dte) for move, dte, _folio in rows} == {("posted", "accepted")}
    held = [sii.documents(demo.RUT, FACTURA, folio) for folio in folios]
    assert all(len(each) == 1 for each in held), "the SII has each once"
    with capsys.disabled():
        show(
            f"{DRAFTS} drafts: asked for in {asked - start:.0f} s,"
            f" posted in {posted - start:.0f} s ({DRAFTS / (posted - start):.1f} a second,"
            f" two restarts included), accepted {accepted - posted:.0f} s later"
        )
