"""Queues are found by indexes of what waits; Odoo keeps the index of a column that has none now."""

from odoo.tools import SQL, sql

_NO_LONGER = (
    ("l10n_cl_claim", "state"),
    ("l10n_cl_delivery", "state"),
    ("l10n_cl_dte", "state"),
    ("l10n_cl_emission_request", "state"),
    ("l10n_cl_envio", "state"),
    ("l10n_cl_received_dte", "state"),
    ("l10n_cl_webhook_delivery", "state"),
)


def migrate(cr, version):
    for table, column in _NO_LONGER:
        name = sql.make_index_name(table, column)
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))
