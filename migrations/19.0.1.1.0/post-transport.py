"""What journals said of their branch becomes a record; what invoices said of transport is kept."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, sql

# column of a journal, and field of its branch
_OF_BRANCH = {
    "l10n_cl_branch_name": "name",
    "l10n_cl_branch_id": "partner_id",
    "l10n_cl_sii_branch_code": "code",
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    _branches(env)
    # whoever named a vehicle said that goods travel
    cr.execute(
        """UPDATE account_move
              SET l10n_cl_goods_travel = 'yes'
            WHERE l10n_cl_goods_travel IS NULL
              AND (l10n_cl_plate <> ''
                   OR l10n_cl_dispatch IS NOT NULL
                   OR l10n_cl_carrier_id IS NOT NULL
                   OR l10n_cl_driver_id IS NOT NULL)"""
    )


def _branches(env):
    """One for all journals of a company that say the same; their columns go."""
    there = [name for name in _OF_BRANCH if sql.column_exists(env.cr, "account_journal", name)]
    if not there:
        return
    columns = SQL(", ").join(map(SQL.identifier, there))
    found = env.execute_query(SQL("SELECT id, %s FROM account_journal", columns))
    made = {}
    for journal_id, *values in found:
        journal = env["account.journal"].browse(journal_id)
        told = {_OF_BRANCH[name]: value for name, value in zip(there, values, strict=True) if value}
        if not told or journal.l10n_cl_sii_branch_id:
            continue
        key = (journal.company_id, *sorted(told.items()))
        if key not in made:
            made[key] = env["l10n_cl.branch"].create({"company_id": journal.company_id.id, **told})
        journal.l10n_cl_sii_branch_id = made[key]
    for name in there:
        env.cr.execute(SQL("ALTER TABLE account_journal DROP COLUMN %s", SQL.identifier(name)))
