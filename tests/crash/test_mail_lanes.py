"""Two lanes mail at once: each customer's mail goes out once, and none is taken for interrupted."""

import importlib.util
from collections import Counter

import pytest
from house import paths
from patience import until

HTTP_WORKERS = 1
CRON_WORKERS = 4

SOME = 40
ADDRESS = "compras@lanes.example"
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


def test_forty_mails_by_two_lanes(scratch, clerk, mail_server, mailed):
    assert len(scratch.crons("deliver")) == 2
    moves = clerk.draft(SOME)
    clerk.confirm(*moves)
    for move in moves:
        until(lambda move=move: mailed(move) in OUTCOMES, meanwhile=scratch.hurry)
    assert {mailed(move) for move in moves} == {"sent"}
    subjects = Counter(mail["Subject"] for mail in mail_server.mails if ADDRESS in mail["To"])
    assert len(subjects) == SOME
    assert set(subjects.values()) == {1}
