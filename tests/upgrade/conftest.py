import lzma
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from house import databases, odoo_process, paths, postgres, servers
from house.demo.user import User
from house.upgrade_fixture import FIXTURE
from secrets_again import Secrets
from upgraded import Upgraded

from simulator import Simulator

NAME = f"upgrade_{os.getpid()}"


@pytest.fixture(scope="session")
def sii() -> Iterator[Simulator]:
    with Simulator() as sii:
        sii.change_settings({"stage_seconds": 0, "visible_after_seconds": 0})
        yield sii


@pytest.fixture(scope="session")
def server() -> Iterator[dict[str, str]]:
    """One for all: who ends a server ends it for everyone in the process."""
    with postgres.running() as server:
        odoo_process.write_config(server)
        yield server


@pytest.fixture(scope="session")
def upgraded(server, sii) -> Iterator[Upgraded]:
    """The fixture with fresh keys, after today's addons have upgraded it."""
    with _restored(server, NAME, sii) as database:
        database.before = database.look()
        database.before_columns = database.certification_columns()
        database.upgrade()
        yield database


@pytest.fixture
def never_certified(server) -> Iterator[Upgraded]:
    """The same, of a company that has begun no certification."""
    with Simulator() as sii, _restored(server, f"{NAME}_plain", sii) as database:
        database.rows("UPDATE account_move SET l10n_cl_certification_case_id = NULL")
        database.rows("DELETE FROM l10n_cl_certification")
        database.upgrade()
        yield database


@pytest.fixture
def with_free_folios(server) -> Iterator[Upgraded]:
    """The same, of a company that had restored a backup under 19.0.1.1.0: the SII called the three
    folios behind the last one of a CAF free."""
    with Simulator() as sii, _restored(server, f"{NAME}_free", sii) as database:
        database.rows("ALTER TABLE l10n_cl_caf ADD free_from bigint, ADD free_to bigint")
        database.rows(
            """UPDATE l10n_cl_caf SET free_from = top.folio + 1, free_to = top.folio + 3
                 FROM (SELECT caf_id, max(folio) AS folio FROM l10n_cl_dte
                        WHERE document_code = 33 GROUP BY caf_id ORDER BY caf_id LIMIT 1) AS top
                WHERE top.caf_id = l10n_cl_caf.id AND top.folio + 4 <= l10n_cl_caf.last"""
        )
        database.upgrade()
        yield database


@contextmanager
def _restored(server, name, sii) -> Iterator[Upgraded]:
    _restore(server, name)
    try:
        database = Upgraded(psycopg2.connect(dbname=name, **server), name)
        database.secrets = Secrets(database, sii)
        yield database
        database.close()
    finally:
        databases.drop(server, name)


@pytest.fixture(scope="session")
def user(upgraded) -> Iterator[User]:
    """The administrator, at an Odoo whose scheduled actions run when asked to."""
    with servers.odoo(NAME, cron_threads=0) as url:
        yield User(url, NAME)


def _restore(server, name) -> None:
    databases.drop(server, name)
    environment = paths.child_environment() | postgres.client_environment(server)
    # template0: what the fixture makes is not in it, whatever the server's template1 has
    subprocess.run(
        ["createdb", "--template=template0", "--encoding=UTF8", name], env=environment, check=True
    )
    subprocess.run(
        ["psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", name],
        input=lzma.decompress(FIXTURE.read_bytes()),
        env=environment,
        check=True,
    )
