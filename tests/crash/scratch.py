"""A database of committed data that a test may look into, stop and hurry."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2
from house import databases
from patience import until

# At each commit that changed a state: wait while the gate of that state is closed, keep a record.
_GATES = """
    CREATE TABLE crash_commit (id serial PRIMARY KEY, tx xid8, what text);
    CREATE FUNCTION crash_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        what text := TG_TABLE_NAME || ' ' || NEW.state;
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtext(what));
        INSERT INTO crash_commit (tx, what) VALUES (pg_current_xact_id(), what);
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER crash_gate AFTER INSERT OR UPDATE OF state ON l10n_cl_dte
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_gate();
    CREATE CONSTRAINT TRIGGER crash_gate AFTER INSERT OR UPDATE OF state ON l10n_cl_envio
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_gate();
    CREATE CONSTRAINT TRIGGER crash_gate AFTER UPDATE OF state ON l10n_cl_delivery
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_gate();
    CREATE CONSTRAINT TRIGGER crash_gate AFTER UPDATE OF done ON l10n_cl_job
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_gate();
    CREATE CONSTRAINT TRIGGER crash_end AFTER UPDATE OF state ON l10n_cl_job
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'done')
        EXECUTE FUNCTION crash_gate();
"""


class Scratch:
    """The database ``name`` of the server ``postgres`` (libpq's parameters)."""

    def __init__(self, postgres: dict[str, str], name: str) -> None:
        self.name = name
        self._postgres = postgres
        self.connect()

    def connect(self) -> None:
        """Also again, after the server was restarted."""
        self._link = psycopg2.connect(dbname=self.name, **self._postgres)
        self._link.autocommit = True

    def close(self) -> None:
        self._link.close()

    def rows(self, query: str, *values: Any) -> list[tuple]:
        """Run one statement; what it returns."""
        with self._link.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, query: str, *values: Any) -> Any:
        """The first column of the first row; None without a row."""
        rows = self.rows(query, *values)
        return rows[0][0] if rows else None

    def build_gates(self) -> None:
        self.rows(_GATES)

    @contextlib.contextmanager
    def gate(self, what: str) -> Iterator[None]:
        """Meanwhile whoever commits this state waits. what: ``table state``."""
        self.rows("SELECT pg_advisory_lock(hashtext(%s))", what)
        try:
            yield
        finally:
            self.rows("SELECT pg_advisory_unlock(hashtext(%s))", what)

    @contextlib.contextmanager
    def held_next(self, table: str) -> Iterator[Callable[[], bool]]:
        """Meanwhile we hold the newest row of a table, as soon as the transaction ends that holds
        it now; gives whether we have it."""
        link = psycopg2.connect(dbname=self.name, **self._postgres)
        query = f"SELECT FROM {table} WHERE id = (SELECT max(id) FROM {table}) FOR NO KEY UPDATE"
        with ThreadPoolExecutor() as pool, contextlib.closing(link), link.cursor() as cursor:
            taken = pool.submit(cursor.execute, query)
            until(lambda: link.info.backend_pid in self.wait_for_a_row())
            yield taken.done

    def wait_for_a_row(self) -> list[int]:
        """The server's processes that wait for a row which another holds."""
        rows = self.rows(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple')"
        )
        return [row[0] for row in rows]

    def waiting(self) -> int | None:
        """The server's process that waits at a gate, in the middle of a commit."""
        return self.value(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event = 'advisory'"
        )

    def idle_in_transaction(self, table: str = "l10n_cl_envio") -> int | None:
        """The server's process whose client holds a row and waits for somebody else, as during an
        exchange with the SII."""
        return self.value(
            "SELECT activity.pid FROM pg_stat_activity activity JOIN pg_locks held USING (pid)"
            " WHERE activity.datname = current_database()"
            " AND activity.state = 'idle in transaction'"
            " AND held.relation = %s::regclass AND held.mode = 'RowShareLock'",
            table,
        )

    def forget_transaction(self, backend: int) -> None:
        """What the backend was about to commit never happened."""
        self.rows("SELECT pg_terminate_backend(%s)", backend)
        query = "SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = %s"
        until(lambda: self.value(query, backend))

    def is_at_rest(self) -> bool:
        """Whether nothing is being done: every transaction has ended."""
        return self.value(
            "SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database()"
            " AND xact_start IS NOT NULL AND pid != pg_backend_pid()"
        )

    def is_settled(self) -> bool:
        """Whether the SII has decided on every document."""
        return self.value(
            "SELECT count(*) = 0 FROM l10n_cl_dte WHERE state IN ('pending', 'signed', 'sent')"
        )

    def commits(self) -> list[str]:
        """The states that each commit brought, in the order of the commits."""
        rows = self.rows(
            "SELECT string_agg(what, ', ' ORDER BY what) FROM crash_commit"
            " GROUP BY tx ORDER BY min(id)"
        )
        return [row[0] for row in rows]

    def crons(self, queue: str = "") -> list[int]:
        """The scheduled actions of a queue (send, poll, probe, ping), all its lanes; or of all."""
        rows = self.rows(
            "SELECT res_id FROM ir_model_data WHERE module = 'l10n_cl_sii' AND model = 'ir.cron'"
            " AND name LIKE %s",
            f"cron_{queue}%",
        )
        return [row[0] for row in rows]

    def hurry(self) -> None:
        """Time passes: whatever waits for a moment, and nobody works on, is due now."""
        self.rows(
            "UPDATE l10n_cl_envio SET next_attempt_at = NULL WHERE id IN (SELECT id FROM"
            " l10n_cl_envio WHERE next_attempt_at > now() AT TIME ZONE 'UTC'"
            " FOR NO KEY UPDATE SKIP LOCKED)"
        )
        self.age_sending("l10n_cl_envio")
        self.rows(
            "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' WHERE id IN (SELECT id FROM"
            " ir_cron WHERE id = ANY(%s) FOR NO KEY UPDATE SKIP LOCKED)",
            self.crons(),
        )
        databases.notify(self._postgres, "cron_trigger", self.name)

    def age_sending(self, table: str) -> None:
        """What is being sent, and nobody holds, seems to have been left an hour ago."""
        self.rows(
            f"UPDATE {table} SET write_date = write_date - interval '1 hour' WHERE id IN"
            f" (SELECT id FROM {table} WHERE state = 'sending' FOR NO KEY UPDATE SKIP LOCKED)"
        )
