import os
from collections.abc import Iterator

import pytest
from clerk import Clerk
from house import databases, odoo_process, paths, postgres
from scratch import Scratch
from workers import Odoo

from simulator import Simulator

PREPARED = f"crash_prepared_{os.getpid()}"
ADVICE = "What Odoo says above is a fault in the demo's data or in the addon."
LOAD = """
import sys; sys.path.insert(0, {scripts!r})
from house.demo.load import load; load(env, {url!r})
"""


@pytest.fixture(scope="session")
def sii() -> Iterator[Simulator]:
    """The SII of all databases; every step is visible at once."""
    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        yield sii


@pytest.fixture(scope="session")
def prepared(sii) -> Iterator[dict[str, str]]:
    """A database with the addon and the demo company; gives the server's parameters."""
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        databases.clone(server, PREPARED)
        try:
            databases.install(PREPARED, [paths.ADDON])
            program = LOAD.format(scripts=str(paths.ROOT / "scripts"), url=sii.url)
            odoo_process.check_call("Demo data", ["shell", "-d", PREPARED], ADVICE, program)
            yield server
        finally:
            databases.drop(server, PREPARED)


@pytest.fixture(scope="module")
def scratch(prepared, request) -> Iterator[Scratch]:
    """A copy of the prepared database for the tests of one file."""
    name = f"crash_{request.module.__name__.removeprefix('test_')}_{os.getpid()}"
    databases.clone(prepared, name, PREPARED)
    scratch = Scratch(prepared, name)
    try:
        yield scratch
    finally:
        scratch.close()
        databases.drop(prepared, name)


@pytest.fixture(scope="module")
def odoo(scratch, request) -> Iterator[Odoo]:
    """Odoo on that database, with as many workers as the file names."""
    odoo = Odoo(scratch.name, http=request.module.HTTP_WORKERS, cron=request.module.CRON_WORKERS)
    try:
        yield odoo
    finally:
        odoo.kill_all()


@pytest.fixture(scope="module")
def clerk(odoo) -> Clerk:
    return Clerk(odoo.url, odoo.database)
