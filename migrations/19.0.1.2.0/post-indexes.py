"""Queues are found by indexes of what waits, others by an index that begins with the same column;
Odoo keeps the index of a column that has none now.
"""

from odoo.tools import SQL, sql

_NO_LONGER = (
    ("l10n_cl_certification", "company_id"),
    ("l10n_cl_certification_step", "certification_id"),
    ("l10n_cl_claim", "state"),
    ("l10n_cl_delivery", "dte_id"),
    ("l10n_cl_delivery", "state"),
    ("l10n_cl_dte", "state"),
    ("l10n_cl_emission_request", "company_id"),
    ("l10n_cl_emission_request", "state"),
    ("l10n_cl_envio", "state"),
    ("l10n_cl_event", "company_id"),
    ("l10n_cl_received_dte", "company_id"),
    ("l10n_cl_received_dte", "state"),
    ("l10n_cl_received_file", "received_id"),
    ("l10n_cl_vehicle", "company_id"),
    ("l10n_cl_webhook_delivery", "state"),
)


def migrate(cr, version):
    for table, column in _NO_LONGER:
        name = sql.make_index_name(table, column)
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))
