"""The same payment twice at the same moment, two workers on the same obligations: once each."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from buyers import Buyers
from house.demo import company as demo
from house.progress import StepError

HTTP_WORKERS = 4
CRON_WORKERS = 2
SOME = 3


@pytest.fixture
def buyers(clerk, scratch):
    scratch.rows("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", scratch.crons("requests"))
    buyers = Buyers(clerk, scratch)
    buyers.policy()
    return buyers


def together(function, things):
    """Call a function with each of some things, at the same time; the results."""
    with ThreadPoolExecutor(HTTP_WORKERS) as people:
        return list(people.map(function, things))


def folios(scratch):
    query = "SELECT folio FROM l10n_cl_dte WHERE issuer_rut = %s AND document_code = 33"
    return sorted(row[0] for row in scratch.rows(query, demo.RUT))


def test_two_payments_of_each_at_the_same_moment(scratch, buyers):
    """Both came: one document, and somebody is called to pay one back."""
    statements = [buyers.owe() for _one in range(SOME)]
    payments = [buyers.payment(each) for each in statements for _twice in range(2)]
    together(buyers.pay, payments)
    for statement in statements:
        buyers.emitted_once(statement)
    called = "SELECT count(*) FROM mail_activity WHERE res_model = 'l10n_cl.statement'"
    assert scratch.value(called) == SOME
    used = folios(scratch)
    assert used == list(range(1, len(used) + 1))


def test_two_people_pay_and_emit_the_same(scratch, clerk, buyers):
    """One of them gets the document, the other is answered that it is paid."""
    statements = [buyers.owe() for _one in range(SOME)]
    action = "l10n_cl_action_pay_and_emit"
    opened = [
        clerk.call("l10n_cl.statement", action, [each])["res_id"]
        for each in statements
        for _twice in range(2)
    ]

    def press(wizard):
        try:
            clerk.colleague().call("l10n_cl.pay.and.emit", "action_pay_and_emit", [wizard])
        except StepError as error:
            return error.output
        return ""

    answers = together(press, opened)
    assert answers.count("") == SOME
    assert all("paid already" in answer or "pagado" in answer for answer in answers if answer)
    for statement in statements:
        buyers.emitted_once(statement)
    paid = "SELECT count(*) FROM account_payment_l10n_cl_statement_rel WHERE l10n_cl_statement_id"
    assert scratch.value(f"{paid} = ANY(%s)", statements) == SOME
