"""Two lanes mail at once: each mail goes out once, and what became of it is never forgotten."""

import importlib.util
from collections import Counter

import pytest
from house import paths
from patience import until
from psycopg2.errors import LockNotAvailable

HTTP_WORKERS = 1
CRON_WORKERS = 4

SOME = 40
ADDRESS = "compras@lanes.example"
# what Odoo writes into when the mail has gone
_MESSAGE = """
    SELECT FROM mail_message WHERE id IN
        (SELECT m.message_id FROM l10n_cl_delivery m JOIN l10n_cl_dte d ON d.id = m.dte_id
         WHERE d.move_id = %s) FOR NO KEY UPDATE NOWAIT
"""
OUTCOMES = ("sent", "failed", "none", "dropped")


@pytest.fixture(scope="module")
def mail_server(clerk):
    place = paths.ROOT / "tests" / "smtp.py"
    spec = importlib.util.spec_from_file_location("smtp", place)
    smtp = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(smtp)
    server = smtp.MailServer()
    values = {"name": "Correo", "smtp_host": "127.0.0.1", "smtp_encryption": "none"}
    clerk.call("ir.mail_server", "create", [{**values, "smtp_port": server.port}])
    yield server
    server.stop()


@pytest.fixture(scope="module", autouse=True)
def lanes(scratch, clerk):
    """Both lanes are switched on, and the company mails by itself."""
    scratch.rows("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", scratch.crons())
    issuers = clerk.search("l10n_cl.issuer", [])
    clerk.call("l10n_cl.issuer", "write", issuers, {"mail_auto": True, "exchange_auto": False})
    clerk.call("res.company", "write", [1], {"email": "ventas@lanes.example"})
    customers = clerk.search("res.partner", [("vat", "=", "77888456-9")])
    clerk.call("res.partner", "write", customers, {"email": ADDRESS})


@pytest.fixture
def mailed(scratch):
    """State of the mail to an invoice's customer; None while there is none."""
    query = (
        "SELECT m.state FROM l10n_cl_delivery m JOIN l10n_cl_dte d ON d.id = m.dte_id"
        " WHERE m.kind = 'customer' AND d.move_id = %s"
    )
    return lambda move: scratch.value(query, move)


@pytest.fixture
def an_hour_later(scratch):
    def pass_time():
        scratch.hurry()
        scratch.age_sending("l10n_cl_delivery")

    return pass_time


@pytest.fixture
def once(mail_server):
    """Each of so many documents came to the customer in one mail."""

    def check(count):
        subjects = Counter(mail["Subject"] for mail in mail_server.mails if ADDRESS in mail["To"])
        assert set(subjects.values()) == {1}
        assert len(subjects) == count

    mail_server.mails.clear()
    return check


def test_forty_mails_to_a_customer_whom_somebody_edits(scratch, clerk, mailed, once):
    def edit_customer():
        scratch.hurry()
        scratch.rows("UPDATE res_partner SET write_date = now() WHERE email = %s", ADDRESS)

    assert len(scratch.crons("deliver")) == 2
    moves = clerk.draft(SOME)
    clerk.confirm(*moves)
    for move in moves:
        until(lambda move=move: mailed(move) in OUTCOMES, meanwhile=edit_customer)
    assert {mailed(move) for move in moves} == {"sent"}
    once(SOME)


def test_somebody_writes_the_customer_while_the_mail_goes_out(
    scratch, clerk, mailed, mail_server, once
):
    [move] = clerk.draft(1)
    with mail_server.silent() as arrived:
        clerk.confirm(move)
        until(arrived, meanwhile=scratch.hurry)
        scratch.rows("UPDATE res_partner SET write_date = now() WHERE email = %s", ADDRESS)
        with pytest.raises(LockNotAvailable):
            scratch.rows(_MESSAGE, move)
    until(lambda: mailed(move) in OUTCOMES)
    assert mailed(move) == "sent"
    once(1)


def test_killed_before_the_outcome_is_written(scratch, clerk, mailed, an_hour_later, once):
    """The mail server's answer was committed, and the mail is known to have gone."""
    [move] = clerk.draft(1)
    with scratch.gate("l10n_cl_delivery sent"):
        clerk.confirm(move)
        backend = until(scratch.waiting, meanwhile=scratch.hurry)
        scratch.forget_transaction(backend)
    assert mailed(move) == "sending"
    until(lambda: mailed(move) in OUTCOMES, meanwhile=an_hour_later)
    assert mailed(move) == "sent"
    once(1)


def test_killed_before_the_answer_is_kept(scratch, clerk, mailed, mail_server, an_hour_later, once):
    """Nobody knows whether it went out: a person is called, and it is not sent again."""
    [move] = clerk.draft(1)
    with mail_server.silent() as arrived:
        clerk.confirm(move)
        until(arrived, meanwhile=scratch.hurry)
        backend = until(lambda: scratch.idle_in_transaction("l10n_cl_delivery"))
        scratch.forget_transaction(backend)
    until(lambda: mailed(move) in OUTCOMES, meanwhile=an_hour_later)
    assert mailed(move) == "failed"
    once(1)
