import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import FACTURA, Clerk
from house import databases, odoo_process, paths, postgres
from house.demo import company, database
from house.progress import StepError, explain
from patience import until
from scratch import Scratch
from workers import Odoo

from simulator import Simulator

DATABASE = f"crash_{os.getpid()}"
ADVICE = "What Odoo says above is a fault in the demo's data or in the addon."
LOAD = """
import sys; sys.path[:0] = {folders!r}
import companies; from house.demo import load
load.load(env, {url!r}); companies.load(env, {url!r})
"""


@pytest.fixture(scope="session")
def sii() -> Iterator[Simulator]:
    """The SII; every step is visible at once."""
    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        yield sii


@pytest.fixture(scope="session")
def scratch(sii) -> Iterator[Scratch]:
    """A database with our addons, the demo company and two more, where everything is committed."""
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        databases.clone(server, DATABASE)
        try:
            _fill(sii)
            scratch = Scratch(server, DATABASE)
            scratch.build_gates()
            yield scratch
            scratch.close()
        except StepError as error:
            explain(error)
            raise
        finally:
            databases.drop(server, DATABASE)


def _fill(sii: Simulator) -> None:
    databases.install(DATABASE, database.ADDONS)
    folders = [str(paths.ROOT / "scripts"), str(Path(__file__).parent)]
    program = LOAD.format(folders=folders, url=sii.url)
    odoo_process.check_call("Demo data", ["shell", "-d", DATABASE], ADVICE, program)


@pytest.fixture(scope="module")
def odoo(scratch, request) -> Iterator[Odoo]:
    """Odoo, with as many workers as the file names."""
    odoo = Odoo(scratch.name, http=request.module.HTTP_WORKERS, cron=request.module.CRON_WORKERS)
    try:
        yield odoo
    finally:
        odoo.kill_all()


@pytest.fixture(scope="module")
def clerk(odoo) -> Clerk:
    return Clerk(odoo.url, odoo.database)


@pytest.fixture(autouse=True)
def settled(scratch, odoo, request):
    """What was begun before comes to its end, where there is somebody to do it."""
    if request.module.CRON_WORKERS:
        until(scratch.is_settled, meanwhile=scratch.hurry)


@pytest.fixture
def document(scratch):
    """State and folio of an invoice's document."""

    def look(move):
        query = "SELECT state, folio FROM l10n_cl_dte WHERE move_id = %s"
        rows = scratch.rows(query, move)
        return rows[0] if rows else (None, None)

    return look


@pytest.fixture
def arrives_once(scratch, document, sii):
    """Time passes until the SII has accepted the invoice's document: the bytes we keep, once."""

    def check(move):
        until(lambda: document(move)[0] == "accepted", meanwhile=scratch.hurry)
        folio = document(move)[1]
        (held,) = sii.documents(company.RUT, FACTURA, folio)
        assert held["verdict"] == "accepted"
        kept = scratch.value(
            "SELECT xml_sha256 FROM l10n_cl_envio WHERE id ="
            " (SELECT envio_id FROM l10n_cl_dte WHERE move_id = %s)",
            move,
        )
        got = sii.envelope_xml(held["track_id"])
        assert hashlib.sha256(got).hexdigest() == kept
        folios = scratch.rows(
            "SELECT folio FROM l10n_cl_dte WHERE issuer_rut = %s AND document_code = %s"
            " ORDER BY folio",
            company.RUT,
            FACTURA,
        )
        assert folios == [(number,) for number in range(1, len(folios) + 1)]

    return check
