"""Inside Odoo: a database that has issued many documents, all but one copied by SQL; with l10n_cl
alone, one that has posted so many invoices."""

from . import posting

# What a posted factura leaves, in the order of its references: table, which rows, and what differs
# in copy number n. %(move)s, %(dte)s: ids of what is copied.
_ROWS = (
    (
        "account_move",
        "id = %(move)s",
        {
            "id": "id + n",
            "name": "split_part(name, ' ', 1) || ' ' || lpad((sequence_number + n)::text, 6, '0')",
            "sequence_number": "sequence_number + n",
            "l10n_cl_dte_id": "NULL",
        },
    ),
    ("account_move_line", "move_id = %(move)s", {"id": None, "move_id": "move_id + n"}),
    (
        "l10n_cl_dte",
        "id = %(dte)s",
        {"id": "id + n", "folio": "folio + n", "move_id": "move_id + n", "state": "'accepted'"},
    ),
    ("l10n_cl_event", "dte_id = %(dte)s", {"id": None, "dte_id": "dte_id + n"}),
    (
        "ir_attachment",
        "res_model = 'l10n_cl.dte' AND res_id = %(dte)s",
        {"id": None, "res_id": "res_id + n"},
    ),
)


def fill(env, count: int) -> None:
    """So many documents of this month, with the statistics of a database that grew."""
    move = posting.drafts(env, 1)
    move.action_post()
    env.flush_all()
    values = {"move": move.id, "copies": count - 1}
    is_issued = "l10n_cl.dte" in env
    if is_issued:
        values["dte"] = move.l10n_cl_dte_id.id
    for table, which, changes in _ROWS:
        if is_issued or table.startswith("account"):
            _copy(env.cr, table, which, changes, values)
    if is_issued:
        env.cr.execute(
            "UPDATE account_move SET l10n_cl_dte_id = l10n_cl_dte.id FROM l10n_cl_dte"
            " WHERE account_move.id = l10n_cl_dte.move_id"
        )
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()


def _copy(cr, table: str, which: str, changes: dict, values: dict) -> None:
    cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    columns = [name for (name,) in cr.fetchall() if changes.get(name, name) is not None]
    taken = ", ".join(f"({changes.get(name, name)})" for name in columns)
    cr.execute(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {taken} FROM {table}, generate_series(1, %(copies)s) AS n WHERE {which}",
        values,
    )
    cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
