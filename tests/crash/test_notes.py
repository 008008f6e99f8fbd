"""Several people make the same credit note at once: the law lets one of them through."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from house.demo import company as demo
from house.progress import StepError

HTTP_WORKERS = 6
CRON_WORKERS = 0
CREDIT_NOTE = 61


@pytest.fixture
def annulling(clerk, sii):
    """So many drafts of credit notes, each annulling a new invoice that is posted."""

    def make(count):
        caf = sii.issue_caf({"rut": demo.RUT, "type": CREDIT_NOTE, "count": count})
        file = base64.b64encode(caf["xml"].encode("iso-8859-1")).decode()
        clerk.call("l10n_cl.caf", "create", [{"file": file}])
        invoice = clerk.post()
        return invoice, [reverse(clerk, invoice) for _note in range(count)]

    return make


def reverse(clerk, invoice):
    """The draft of a credit note, as the button on the invoice makes it."""
    colleague = clerk.colleague()
    colleague.context = {"active_model": "account.move", "active_ids": [invoice]}
    (row,) = clerk.call("account.move", "read", [invoice], ["journal_id"])
    values = {"journal_id": row["journal_id"][0], "reason": "Anula"}
    (wizard,) = colleague.call("account.move.reversal", "create", [values])
    return colleague.call("account.move.reversal", "refund_moves", [wizard])["res_id"]


def test_an_invoice_is_annulled_once(clerk, scratch, annulling):
    invoice, notes = annulling(HTTP_WORKERS)

    def confirm(note):
        try:
            clerk.colleague().confirm(note)
        except StepError as error:
            return error.output
        return ""

    with ThreadPoolExecutor(HTTP_WORKERS) as people:
        answers = list(people.map(confirm, notes))
    assert answers.count("") == 1, answers
    number = scratch.value("SELECT name FROM account_move WHERE id = %s", invoice)
    assert all(number in answer for answer in answers if answer)
    query = "SELECT count(*) FROM l10n_cl_dte WHERE move_id = ANY(%s)"
    assert scratch.value(query, notes) == 1
