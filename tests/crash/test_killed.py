"""Processes are killed at every commit of a document's way; it arrives once, folio and all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from patience import until

HTTP_WORKERS = 1
CRON_WORKERS = 1

POSTED = "l10n_cl_dte signed"
# The states that each commit of the way brings, in their order.
COMMITS = [
    f"l10n_cl_dte pending, {POSTED}",
    "l10n_cl_envio ready",
    "l10n_cl_envio sending",
    "l10n_cl_envio sent",
    "l10n_cl_dte sent",
    "l10n_cl_dte accepted, l10n_cl_envio processed",
]
OF_CRONS = [commit.rpartition(", ")[2] for commit in COMMITS[1:]]
LATE_SECONDS = 3


def test_these_are_all_commits_of_the_way(scratch, clerk, arrives_once):
    scratch.rows("TRUNCATE crash_commit")
    arrives_once(clerk.post())
    assert scratch.commits() == COMMITS


def kill_in_commit(scratch, odoo, happens, cron=True):
    """Kill the worker that waits in a commit, which ``happens`` in spite of it, or does not."""
    backend = until(scratch.waiting, meanwhile=scratch.hurry)
    odoo.kill_worker(cron)
    if not happens:
        scratch.forget_transaction(backend)


happens = pytest.mark.parametrize("happens", [False, True], ids=["lost", "done"])


@happens
def test_killed_at_the_commit_of_the_posting(scratch, odoo, clerk, document, arrives_once, happens):
    (move,) = clerk.draft()
    last = scratch.value("SELECT coalesce(max(folio), 0) FROM l10n_cl_dte")
    with scratch.gate(POSTED), ThreadPoolExecutor() as people:
        confirmation = people.submit(clerk.confirm, move)
        kill_in_commit(scratch, odoo, happens, cron=False)
        with pytest.raises(requests.ConnectionError):
            confirmation.result()
    until(scratch.is_at_rest)
    assert document(move)[1] == (last + 1 if happens else None)
    if not happens:
        clerk.confirm(move)
        assert document(move)[1] == last + 1
    arrives_once(move)


@happens
@pytest.mark.parametrize("commit", OF_CRONS)
def test_killed_at_a_commit(scratch, odoo, clerk, arrives_once, commit, happens):
    with scratch.gate(commit):
        move = clerk.post()
        kill_in_commit(scratch, odoo, happens)
    arrives_once(move)


def uploads(sii):
    return sum(exchange["operation"] == "upload" for exchange in sii.exchanges())


def killed_while_the_sii_is_slow(sii, scratch, odoo, clerk, on, do):
    """A posted invoice whose worker was killed while it waited for the SII's answer."""
    sii.add_to_script({"on": on, "do": f"{do}:{LATE_SECONDS}"})
    move = clerk.post()
    until(lambda: not sii.script(), meanwhile=scratch.hurry)
    odoo.kill_worker(cron=True)
    return move


def test_killed_during_an_upload_that_arrived(sii, scratch, odoo, clerk, arrives_once):
    before = len(sii.envelopes())
    move = killed_while_the_sii_is_slow(sii, scratch, odoo, clerk, "upload", "delay")
    until(lambda: len(sii.envelopes()) > before)
    arrives_once(move)


def test_killed_during_an_upload_that_arrives_late(sii, scratch, odoo, clerk, arrives_once):
    """If it was sent again in the meantime, what comes second is a repetition to the SII."""
    before = uploads(sii)
    move = killed_while_the_sii_is_slow(sii, scratch, odoo, clerk, "upload", "delay")
    arrives_once(move)
    tries = scratch.value("SELECT attempts FROM l10n_cl_envio ORDER BY id DESC LIMIT 1")
    until(lambda: uploads(sii) == before + tries)
    arrives_once(move)


def test_killed_during_an_upload_that_never_arrived(sii, scratch, odoo, clerk, arrives_once):
    arrives_once(killed_while_the_sii_is_slow(sii, scratch, odoo, clerk, "upload", "timeout"))


def test_killed_during_a_query(sii, scratch, odoo, clerk, arrives_once):
    move = killed_while_the_sii_is_slow(sii, scratch, odoo, clerk, "envelope_status", "delay")
    arrives_once(move)


@pytest.mark.parametrize("commit", OF_CRONS)
def test_connection_to_the_database_lost_at_a_commit(scratch, odoo, clerk, arrives_once, commit):
    with scratch.gate(commit):
        move = clerk.post()
        scratch.forget_transaction(until(scratch.waiting, meanwhile=scratch.hurry))
    arrives_once(move)


@pytest.mark.parametrize("on", ["upload", "envelope_status"])
def test_backend_terminated_during_an_exchange(sii, scratch, odoo, clerk, arrives_once, on):
    """The database forgets the worker while it waits for the SII: what the SII answers is lost."""
    before = uploads(sii)
    sii.add_to_script({"on": on, "do": f"delay:{LATE_SECONDS}"})
    move = clerk.post()
    until(lambda: not sii.script(), meanwhile=scratch.hurry)
    scratch.forget_transaction(until(scratch.idle_in_transaction))
    arrives_once(move)
    assert uploads(sii) == before + 1, "nothing is repeated"


def test_power_lost_after_the_sii_answered(scratch, odoo, clerk, arrives_once):
    with scratch.gate("l10n_cl_envio sent"):
        move = clerk.post()
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        odoo.kill_all()
        scratch.forget_transaction(backend)
    odoo.start()
    arrives_once(move)
