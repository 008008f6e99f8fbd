"""Processes are killed while money comes in: nothing that was paid is lost, or emitted twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from buyers import Buyers
from patience import until
from test_killed import happens, kill_in_commit

HTTP_WORKERS = 1
CRON_WORKERS = 1

PAID = "l10n_cl_statement paid"
EMITTED = "l10n_cl_emission_request done"
# What each commit brings, from the payment to the signature
WAY = [
    f"l10n_cl_emission_request ready, {PAID}",
    f"l10n_cl_dte pending, l10n_cl_dte signed, {EMITTED}",
]
YESTERDAY = "2026-01-10"


@pytest.fixture
def buyers(clerk, scratch):
    buyers = Buyers(clerk, scratch)
    buyers.policy()
    return buyers


def test_these_are_the_commits_from_payment_to_signature(scratch, buyers, arrives_once):
    statement = buyers.owe()
    payment = buyers.payment(statement)
    scratch.rows("TRUNCATE crash_commit")
    buyers.pay(payment)
    arrives_once(buyers.emitted_once(statement))
    assert scratch.commits()[: len(WAY)] == WAY


@happens
def test_killed_at_the_commit_of_the_payment(scratch, odoo, buyers, arrives_once, happens):
    statement = buyers.owe()
    payment = buyers.payment(statement)
    with scratch.gate(PAID), ThreadPoolExecutor() as people:
        posting = people.submit(buyers.pay, payment)
        kill_in_commit(scratch, odoo, happens, cron=False)
        with pytest.raises(requests.ConnectionError):
            posting.result()
    until(scratch.is_at_rest)
    # whoever saw no answer presses the button again
    buyers.pay(payment)
    arrives_once(buyers.emitted_once(statement))


@happens
def test_killed_at_the_commit_of_the_document(scratch, odoo, buyers, arrives_once, happens):
    statement = buyers.owe()
    payment = buyers.payment(statement)
    with scratch.gate(EMITTED):
        buyers.pay(payment)
        kill_in_commit(scratch, odoo, happens)
    arrives_once(buyers.emitted_once(statement))


@happens
def test_killed_when_the_due_date_has_come(scratch, odoo, buyers, arrives_once, happens):
    buyers.policy(emit_at="due_date", emit_unpaid=True)
    with scratch.gate("l10n_cl_statement expired"):
        statement = buyers.owe(due_date=YESTERDAY)
        kill_in_commit(scratch, odoo, happens)
    arrives_once(buyers.emitted_once(statement))
    assert buyers.state(statement) == ("expired", "done")
