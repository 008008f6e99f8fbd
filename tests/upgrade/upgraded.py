"""The database that was upgraded, looked into by SQL."""

import hashlib
import subprocess
from typing import Any

import psycopg2
from house import addon_folders, odoo_process, paths

# what no upgrade may change: table -> columns
KEPT = {
    "l10n_cl_dte": "id, state, issuer_rut, document_code, folio, amount_total, xml_sha256",
    "l10n_cl_envio": "id, state, track_id, xml_sha256",
    "l10n_cl_caf": "id, document_code, first, last, expires_on",
    "l10n_cl_folio_void": "id, state, folio",
    "l10n_cl_received_dte": "id, state, issuer_rut, document_code, folio, amount_total, xml_sha256",
    "l10n_cl_claim": "id, state, received_id, action",
    "l10n_cl_delivery": "id, state, dte_id, kind",
    "l10n_cl_statement": "id, state, amount, due_date",
    "l10n_cl_emission_request": "id, state, key, reason_code, move_id",
    "l10n_cl_rcv_entry": "id, identity, net_amount, total_amount",
    "l10n_cl_certification": "id, company_id, simulation_envio_id",
    "l10n_cl_certification_set": "id, active, certification_id, kind, attention, envio_id",
    "l10n_cl_certification_case": "id, set_id, name, document_type_id, amount_total, move_id",
    "l10n_cl_certification_step": "id, certification_id, code, is_done",
    "l10n_cl_webhook": "id, uuid, url",
    "l10n_cl_webhook_delivery": "id, state, event",
    "l10n_cl_api_client": "id, api_key, user_id, company_id",
    "account_move": "id, name, state, amount_total, l10n_cl_dte_id, l10n_cl_certification_case_id",
}
_OURS = "odoo.addons.l10n_cl_sii"
# files that are evidence: (model, field)
FILES = (
    ("l10n_cl.dte", "xml"),
    ("l10n_cl.envio", "xml"),
    ("l10n_cl.received.dte", "xml"),
    ("l10n_cl.delivery", "xml"),
    ("l10n_cl.certification.set", "file"),
)


class Upgraded:
    """``before``: what ``look`` saw before the upgrade; ``log``: what Odoo logged meanwhile."""

    def __init__(self, link, name: str) -> None:
        self.name = name
        self._link = link
        link.autocommit = True
        self.before, self.before_columns = {}, set()
        self.log, self.secrets = "", None

    def close(self) -> None:
        self._link.close()

    def rows(self, query: str, *values: Any) -> list[tuple]:
        with self._link.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def upgrade(self) -> None:
        """Today's addons upgrade it, in an Odoo of its own."""
        self._odoo("-u", ",".join(folder.name for folder in addon_folders.linked()))

    def install(self, addon: str) -> None:
        self._odoo("-i", addon)

    def _odoo(self, *arguments: str) -> None:
        done = subprocess.run(
            odoo_process.command("-d", self.name, *arguments, "--stop-after-init"),
            env=paths.child_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.returncode, done.stderr[-5000:]
        self.log = done.stderr

    def trouble(self) -> list[str]:
        """What Odoo warned of: errors of all, and warnings of ours."""
        lines = self.log.splitlines()
        ours = [line for line in lines if " WARNING " in line and _OURS in line]
        return [line for line in lines if " ERROR " in line] + ours

    def run(self, user, name: str, module: str = "l10n_cl_sii") -> None:
        """Run a scheduled action now, for what waits too."""
        self.rows("UPDATE l10n_cl_envio SET next_attempt_at = NULL")
        ((cron,),) = self.rows(
            "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s", module, name
        )
        user.call("ir.cron", "method_direct_trigger", [cron])

    def columns(self, table: str) -> dict[str, str]:
        """Name and type of each column."""
        return dict(
            self.rows(
                "SELECT column_name, udt_name FROM information_schema.columns"
                " WHERE table_name = %s AND table_schema = current_schema",
                table,
            )
        )

    def certification_columns(self) -> set[tuple[str, str]]:
        """(Table, column) of all that holds the certification, tables of links included."""
        rows = self.rows(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema"
            " AND position('l10n_cl_certification' IN table_name || '.' || column_name) > 0"
        )
        return set(rows)

    def look(self) -> dict[str, Any]:
        """What must be the same afterwards."""
        seen = {}
        for table, wanted in KEPT.items():
            there = self.columns(table)
            names = [name for name in wanted.split(", ") if name in there]
            seen[table] = self.rows(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")
        for model, field in FILES:
            files = self.rows(
                "SELECT res_id, db_datas FROM ir_attachment"
                " WHERE res_model = %s AND res_field = %s ORDER BY res_id",
                model,
                field,
            )
            seen[model] = [
                (record, hashlib.sha256(bytes(content)).hexdigest()) for record, content in files
            ]
        return seen

    def holders_of(self, secret: bytes) -> list[str]:
        """Where these bytes lie: ``table.column`` of every text and binary column."""
        found = []
        columns = self.rows(
            "SELECT c.table_name, c.column_name, c.udt_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE table_schema = current_schema AND table_type = 'BASE TABLE'"
            " AND udt_name IN ('varchar', 'text', 'bytea', 'jsonb', 'json')"
        )
        for table, column, kind in columns:
            holds = (
                f'position(%s in "{column}") > 0'
                if kind == "bytea"
                else f"position(convert_from(%s, 'UTF8') in \"{column}\"::text) > 0"
            )
            query = f'SELECT 1 FROM "{table}" WHERE {holds} LIMIT 1'
            if self.rows(query, psycopg2.Binary(secret)):
                found.append(f"{table}.{column}")
        return found
