"""Odoo as it is served, in prefork, with a company and its SII; people post in a process of their
own."""

import contextlib
import sys
import time
from collections.abc import Iterator

from house import addon_folders, databases, odoo_process, paths, postgres

from . import odoo_shell

sys.path.append(str(paths.ROOT / "tests" / "crash"))
from scratch import Scratch  # noqa: E402 - the harness of `make crash`
from workers import Odoo  # noqa: E402

_LOOK = 0.05
_LANES_OFF = (
    "UPDATE ir_cron SET active = FALSE FROM ir_model_data named WHERE named.model = 'ir.cron'"
    " AND named.res_id = ir_cron.id AND named.name ~ '^cron_(send|poll)_lane_'"
)
_LANES = "UPDATE ir_cron SET active = TRUE WHERE id IN (SELECT id FROM ir_cron WHERE id = ANY(%s))"


class Office:
    """A company in a database of its own, which one or more servers serve."""

    def __init__(self, server: dict[str, str], name: str, url: str, folios: int):
        self.name = name
        databases.clone(server, name)
        databases.install(name, [addon_folders.linked()[0].name])
        odoo_shell.call(name, "served_company", f"set_up(env, {url!r}, {folios})")
        self.database = Scratch(server, name)

    def post(self, *counts: int) -> None:
        """Post so many facturas together, then so many and so on, each committed."""
        odoo_shell.call(self.name, "served_company", f"post(env, {counts})")

    def switch_lanes_on(self, count: int) -> None:
        """So many lanes of sending, and as many of asking, and no more."""
        self.database.rows(_LANES_OFF)
        queues = [f"{queue}_lane_{n}" for queue in ("send", "poll") for n in range(2, count + 1)]
        lanes = [cron for queue in queues for cron in self.database.crons(queue)]
        self.database.rows(_LANES, lanes)

    def seconds_until(self, state: str, last: int, since: float | None = None) -> float:
        """Seconds until the last ones posted, so many, are in a state (or past it)."""
        began = since or time.monotonic()
        past = {"sent": ("sent", "accepted"), "accepted": ("accepted",)}[state]
        query = (
            "SELECT count(*) = %s FROM (SELECT state FROM l10n_cl_dte ORDER BY id DESC LIMIT %s)"
            " AS last WHERE state = ANY(%s)"
        )
        while not self.database.value(query, last, last, list(past)):
            time.sleep(_LOOK)
        return time.monotonic() - began

    def wait_for(self, count: int, last: int) -> float:
        """Until so many of the last ones posted are accepted; the moment, in seconds."""
        query = (
            "SELECT count(*) FILTER (WHERE state = 'accepted') >= %s FROM"
            " (SELECT state FROM l10n_cl_dte ORDER BY id DESC LIMIT %s) AS last"
        )
        while not self.database.value(query, count, last):
            time.sleep(_LOOK)
        return time.monotonic()

    def commits(self) -> int:
        """How many transactions that wrote something there have been so far; looks are none."""
        return self.database.value("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")


@contextlib.contextmanager
def office(name: str, url: str, folios: int) -> Iterator[Office]:
    """The office, until the benchmark ends; its database is dropped again."""
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            made = Office(server, name, url, folios)
            yield made
            made.database.close()
        finally:
            databases.drop(server, name)


@contextlib.contextmanager
def serving(database: str, cron: int) -> Iterator[Odoo]:
    """A server with one worker for requests and so many for scheduled actions."""
    odoo = Odoo(database, http=1, cron=cron)
    try:
        yield odoo
    finally:
        odoo.kill_all()
