from odoo import SUPERUSER_ID, api
from odoo.tools import sql


def migrate(cr, version):
    """The SII office that was typed on an issuer becomes one of the list; another one joins it."""
    if not sql.column_exists(cr, "l10n_cl_issuer", "sii_office"):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute("SELECT id, sii_office FROM l10n_cl_issuer WHERE sii_office_id IS NULL")
    for issuer, typed in cr.fetchall():
        if typed and typed.strip():
            office = env["l10n_cl.sii.office"]._named(typed.strip())
            env["l10n_cl.issuer"].browse(issuer).sii_office_id = office
    env.flush_all()
    cr.execute("ALTER TABLE l10n_cl_issuer DROP COLUMN sii_office")
