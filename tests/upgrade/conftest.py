import lzma
import os
import subprocess
from collections.abc import Iterator

import psycopg2
import pytest
from house import addon_folders, databases, odoo_process, paths, postgres, servers
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
def upgraded(sii) -> Iterator[Upgraded]:
    """The fixture with fresh keys, after today's addons have upgraded it."""
    with postgres.running() as server:
        odoo_process.write_config(server)
        _restore(server)
        try:
            database = Upgraded(psycopg2.connect(dbname=NAME, **server), NAME)
            database.secrets = Secrets(database, sii)
            database.before = database.look()
            database.before_columns = database.certification_columns()
            database.log = _upgrade()
            yield database
            database.close()
        finally:
            databases.drop(server, NAME)


@pytest.fixture(scope="session")
def user(upgraded) -> Iterator[User]:
    """The administrator, at an Odoo whose scheduled actions run when they are told to."""
    with servers.odoo(NAME, cron_threads=0) as url:
        yield User(url, NAME)


def _restore(server) -> None:
    databases.drop(server, NAME)
    environment = paths.child_environment() | postgres.client_environment(server)
    # template0: what the fixture makes is not in it, whatever the server's template1 has
    subprocess.run(
        ["createdb", "--template=template0", "--encoding=UTF8", NAME], env=environment, check=True
    )
    subprocess.run(
        ["psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", NAME],
        input=lzma.decompress(FIXTURE.read_bytes()),
        env=environment,
        check=True,
    )


def _upgrade() -> str:
    """What Odoo logged."""
    names = ",".join(folder.name for folder in addon_folders.linked())
    done = subprocess.run(
        odoo_process.command("-d", NAME, "-u", names, "--stop-after-init"),
        env=paths.child_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr[-5000:]
    return done.stderr
