from odoo.tools import sql


def migrate(cr, version):
    """No invoice of before has a trailer: nothing is computed over all of them."""
    if not sql.column_exists(cr, "account_move", "l10n_cl_trailer_plate"):
        cr.execute("ALTER TABLE account_move ADD COLUMN l10n_cl_trailer_plate varchar(20)")
