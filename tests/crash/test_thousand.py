"""A thousand buyers are enrolled and pay, by eight clients at once, while things break.

``make thousand``; it prints its figures.
"""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock

import pytest
from buyers import Buyers
from clerk import FACTURA
from house.demo import company as demo
from house.progress import show
from patience import until
from program import Program

HTTP_WORKERS = 4
CRON_WORKERS = 2
CLIENTS = 8
EACH = 50
BUYERS = 20 * EACH
BOLETA = 39
PRICE = 11_900
ACME = {
    "rut": "76.123.456-0",
    "business_name": "Acme SpA",
    "activity": "Servicios informáticos",
    "address": "Av. Apoquindo 1234, Oficina 802",
    "commune": "Las Condes",
    "region": "Metropolitana de Santiago",
}
# Of twenty buyers six want a factura, one of them with a RUT that is none; the others a boleta.
INFORMATION = [
    {**ACME, "rut": "76.123.456-7"},
    *[ACME] * 5,
    *[{"email": "ana@example.com"}] * 14,
]
SII_SERVICES = ("seed", "token", "upload", "envelope_status", "document_status")
BOLETA_SERVICES = tuple(f"boleta_{name}" for name in SII_SERVICES)
FOR_LONG = 100_000


@pytest.fixture
def program(odoo, clerk, scratch, sii):
    Buyers(clerk, scratch).policy(document="selectable")
    scratch.rows("UPDATE ir_cron SET active = TRUE WHERE id = ANY(%s)", scratch.crons())
    for type_ in (FACTURA, BOLETA):
        clerk.load_folios(sii, BUYERS, type_)
    return Program(odoo, clerk)


class Faults:
    """What breaks when so much is done. when: {how many are done: what breaks then}."""

    def __init__(self, when: dict[int, Callable]) -> None:
        self._when, self._done, self._lock = when, itertools.count(1), Lock()

    def another(self) -> None:
        with self._lock:
            number = next(self._done)
        self._when.get(number, lambda: None)()


@contextmanager
def timed(what: str, capsys):
    start = time.monotonic()
    yield
    with capsys.disabled():
        show(f"{what}: {time.monotonic() - start:.0f} s")


def by_clients(function, things):
    with ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(function, things))


def enrol(program, service, number):
    """The statement of a new buyer."""
    buyer = {"name": f"Buyer {number}", "external_id": str(number)}
    buyer = program.make("/buyers", {"buyer": buyer}, key=f"buyer {number}")
    sold = {
        "single_payment_id": service["id"],
        "buyer_id": buyer["id"],
        "invoice_information": INFORMATION[number % len(INFORMATION)],
    }
    body = {"single_payment_buyer": sold}
    (statement,) = program.make("/single_payment_buyers", body, key=f"sale {number}")["statements"]
    return statement["id"]


def pay(program, number, statement):
    """Every tenth payment is reported twice at the same moment."""
    path, payment = (
        f"/statements/{statement}/payments",
        {"amount": PRICE, "external_id": str(number)},
    )
    with ThreadPoolExecutor() as both:
        times = 2 if number % 10 == 0 else 1
        answers = list(both.map(lambda _: program.make(path, {"payment": payment}), range(times)))
    assert len({answer["id"] for answer in answers}) == 1


def drain(left: Callable[[], int], hurry: Callable[[], None]) -> None:
    """Time passes until nothing is left; within any minute some of it has gone."""
    while before := left():
        until(lambda before=before: left() < before, meanwhile=hurry)


def be_down(sii):
    for service in (*SII_SERVICES, *BOLETA_SERVICES):
        sii.add_to_script({"on": service, "do": "503", "times": FOR_LONG})


def be_back_and_lose_answers(sii):
    sii.clear_script()
    for service in ("upload", "boleta_upload"):
        sii.add_to_script({"on": service, "do": "drop_after_processing", "times": 3})


def lose_power(odoo):
    odoo.kill_all()
    odoo.start()


def lose_database(scratch):
    """Every session of Odoo's ends, whatever it was doing."""
    scratch.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid != pg_backend_pid()"
    )


def test_every_statement_ends_as_one_document_or_in_sight(program, odoo, scratch, sii, capsys):
    product = {"name": "Curso", "value": PRICE}
    body = {"single_payment": {"name": "Curso", "emit_document": True}, "products": [product]}
    service = program.make("/single_payments", body)
    faults = Faults({300: lambda: odoo.kill_worker(cron=False), 700: lambda: lose_power(odoo)})

    def enrol_one(number):
        statement = enrol(program, service, number)
        faults.another()
        return statement

    with timed(f"{BUYERS} buyers enrolled by {CLIENTS} clients", capsys):
        statements = by_clients(enrol_one, range(BUYERS))
    faults = Faults(
        {
            100: lambda: odoo.kill_worker(cron=False),
            200: lambda: be_down(sii),
            300: lambda: odoo.kill_worker(cron=True),
            450: lambda: be_back_and_lose_answers(sii),
            600: lambda: lose_database(scratch),
            750: lambda: odoo.kill_worker(cron=True),
            850: lambda: lose_power(odoo),
        }
    )

    def pay_one(number):
        pay(program, number, statements[number])
        faults.another()

    with timed(f"{BUYERS} statements paid", capsys):
        by_clients(pay_one, range(BUYERS))
    with timed("All emitted, sent and judged after the last payment", capsys):
        settle(scratch)
    check(scratch, sii)


def settle(scratch):
    """Until every obligation is a document that the SII has accepted, or parked."""
    unfinished = """
        SELECT count(*) FROM l10n_cl_emission_request request
        LEFT JOIN account_move move ON move.id = request.move_id
        LEFT JOIN l10n_cl_dte dte ON dte.move_id = move.id
        WHERE request.state != 'parked' AND dte.state IS DISTINCT FROM 'accepted'
    """
    drain(lambda: scratch.value(unfinished), scratch.hurry)


def check(scratch, sii):
    states = "SELECT state, count(*) FROM l10n_cl_emission_request GROUP BY state"
    assert dict(scratch.rows(states)) == {"done": BUYERS - EACH, "parked": EACH}
    parked = """
        SELECT DISTINCT reason_code, reason_field, user_id IS NOT NULL
        FROM l10n_cl_emission_request WHERE state = 'parked'
    """
    assert scratch.rows(parked) == [("rut_invalid", "rut", True)]
    once = """
        SELECT count(*), count(DISTINCT payment.statement), bool_and(statement.state = 'paid')
        FROM (SELECT l10n_cl_statement_id AS statement FROM account_payment_l10n_cl_statement_rel)
            AS payment JOIN l10n_cl_statement statement ON statement.id = payment.statement
    """
    assert scratch.rows(once) == [(BUYERS, BUYERS, True)]
    invoices = """
        SELECT count(*), count(DISTINCT l10n_cl_statement_id) FROM account_move
        WHERE l10n_cl_statement_id IS NOT NULL
    """
    assert scratch.rows(invoices) == [(BUYERS - EACH, BUYERS - EACH)]
    for type_, count in ((FACTURA, 5 * EACH), (BOLETA, 14 * EACH)):
        folios = "SELECT folio FROM l10n_cl_dte WHERE issuer_rut = %s AND document_code = %s"
        used = sorted(row[0] for row in scratch.rows(folios, demo.RUT, type_))
        assert used == list(range(1, count + 1))
        for folio in used:
            (held,) = sii.documents(demo.RUT, type_, folio)
            assert held["verdict"] == "accepted"
