"""Odoo databases: the template with everything the addon needs, and its quick copies."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence

import psycopg2
from psycopg2 import sql

from . import odoo_process, paths

# Its files lie in the checkout: on a server that several checkouts share, each has its own.
_TEMPLATES = "l10n_cl_sii_template_"
TEMPLATE = f"{_TEMPLATES}{paths.CHECKOUT}"
TEMPLATE_LOCK = 1901
MODULES = (
    "base",
    "account",
    "sale_management",
    "l10n_cl",
    "account_debit_note",
    "certificate",
    "base_address_extended",
    "account_payment",
    "portal",
    "fastapi",
    "subscription_oca",
)
UNFINISHED = "being made"
_TEST = f"{paths.ADDON}_test_{paths.CHECKOUT}_"
LANGUAGE = "es_CL"  # what customers read: documents are printed in it


@contextlib.contextmanager
def _cursor(postgres: dict[str, str], database: str = "postgres") -> Iterator:
    link = psycopg2.connect(dbname=database, **postgres)
    link.autocommit = True
    with contextlib.closing(link), link.cursor() as cursor:
        yield cursor


def ensure_template(postgres: dict[str, str]) -> None:
    """Make the template database, unless it was made from just this Odoo and these modules."""
    wanted = _template_key()
    with _cursor(postgres) as cursor:
        # Until this connection ends: two commands at once must not make it together.
        cursor.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        drop_stale(postgres)
        made_from = (label(postgres, TEMPLATE) or "").partition(" ")[0]
        if made_from == wanted.partition(" ")[0]:
            set_label(postgres, TEMPLATE, wanted)
            return
        drop(postgres, TEMPLATE)
        advice = "Odoo could not install its own modules. Run it again after: rm -rf .odoo/pg"
        arguments = ["-d", TEMPLATE, "-i", ",".join(MODULES), f"--load-language={LANGUAGE}"]
        arguments.append("--stop-after-init")
        title = f"Template database with {len(MODULES)} modules of Odoo (one to five minutes)"
        odoo_process.check_call(title, arguments, advice)
        set_label(postgres, TEMPLATE, wanted)


def label(postgres: dict[str, str], name: str) -> str | None:
    """What :func:`set_label` wrote on the database: nothing when it was not made here.

    :return: None when there is no such database.
    """
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with _cursor(postgres) as cursor:
        cursor.execute(query, [name])
        row = cursor.fetchone()
    return row and (row[0] or "")


def set_label(postgres: dict[str, str], name: str, text: str) -> None:
    """Write on a database what it was made from."""
    with _cursor(postgres) as cursor:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        cursor.execute(comment.format(sql.Identifier(name), sql.Literal(text)))


def clone(postgres: dict[str, str], name: str) -> None:
    """Make the database ``name`` again as a copy of the template, files and all."""
    drop(postgres, name)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _cursor(postgres) as cursor:
        cursor.execute(create.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    set_label(postgres, name, UNFINISHED)
    with _cursor(postgres, name) as cursor:
        cursor.execute(
            "UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key = 'database.uuid'"
        )
    if _files(TEMPLATE).is_dir():
        shutil.copytree(_files(TEMPLATE), _files(name))


def install(name: str, modules: Sequence[str]) -> None:
    """Install ``modules`` into the database.

    :raises StepError: Odoo refused one of them.
    """
    arguments = ["-d", name, "-i", ",".join(modules), "--stop-after-init"]
    title = f"Installation of {', '.join(modules)}"
    odoo_process.check_call(title, arguments, "Mend what Odoo says above.")


def set_parameter(postgres: dict[str, str], name: str, key: str, value: str) -> None:
    """Change one of the system parameters of a database that no Odoo serves yet."""
    with _cursor(postgres, name) as cursor:
        cursor.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%(key)s, %(value)s)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            {"key": key, "value": value},
        )


def notify(postgres: dict[str, str], channel: str, payload: str) -> None:
    """Notify all that listen on the channel, as Odoo's cron threads do."""
    with _cursor(postgres) as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])


def drop(postgres: dict[str, str], name: str) -> None:
    """Remove the database with its files, also while a forgotten process is connected.

    Only what is ours is ended: FORCE is refused while PostgreSQL itself cleans up in it.
    """
    with _cursor(postgres) as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
    shutil.rmtree(_files(name), ignore_errors=True)


def _files(name: str):
    return paths.ODOO_DATA / "filestore" / name


def own_name(name: str) -> str:
    """``name``, or on a server that checkouts may share, one that is this checkout's alone."""
    return f"{name}_{paths.CHECKOUT}" if paths.own_postgres() else name


def test_name() -> str:
    """A database for one run of tests, by this process."""
    return f"{_TEST}{os.getpid()}"


def drop_stale(postgres: dict[str, str]) -> None:
    """Remove what nobody comes back for: templates of checkouts that are gone, databases of test
    runs of this checkout that were killed.
    """
    with _cursor(postgres) as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'l10n\\_cl\\_sii\\_te%'"
            " AND pg_get_userbyid(datdba) = current_user"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        if _is_stale(postgres, name):
            drop(postgres, name)


def _is_stale(postgres: dict[str, str], name: str) -> bool:
    if name.startswith(_TEST):
        run = name.removeprefix(_TEST).split("_")[0]
        return run.isdigit() and not os.path.exists(f"/proc/{run}")
    if not name.startswith(_TEMPLATES) or name == TEMPLATE:
        return False
    if not paths.own_postgres():
        return True  # of this checkout, under the path that it had before
    _key, _blank, checkout = (label(postgres, name) or "").partition(" ")
    return checkout.startswith("/") and not os.path.exists(checkout)


def _template_key() -> str:
    """What it is made of, and by which checkout: see ``_is_stale``."""
    parts = (paths.odoo_home().as_posix(), LANGUAGE, *MODULES)
    return f"{hashlib.sha256(' '.join(parts).encode()).hexdigest()} {paths.ROOT}"
