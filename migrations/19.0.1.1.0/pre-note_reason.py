"""Notes that were made before their reason was asked: none is guessed for them."""


def migrate(cr, version):
    """Before the columns exist Odoo would fill them, and what says that it lowers no VAT anew."""
    cr.execute(
        """ALTER TABLE account_move
             ADD COLUMN IF NOT EXISTS l10n_cl_note_reason varchar,
             ADD COLUMN IF NOT EXISTS l10n_cl_returned_on date,
             ADD COLUMN IF NOT EXISTS l10n_cl_delivered_on date"""
    )
