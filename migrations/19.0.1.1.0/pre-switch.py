"""Who issued until now goes on issuing: the switch is on since the issuer was made."""


def migrate(cr, version):
    """Before the column exists Odoo would fill it with the day of the upgrade."""
    cr.execute("ALTER TABLE l10n_cl_issuer ADD COLUMN IF NOT EXISTS emits_since date")
    cr.execute(
        "UPDATE l10n_cl_issuer SET emits_since = create_date::date WHERE emits_since IS NULL"
    )
