from odoo import api, fields, models

# Documents that the buyer acknowledges and the seller may cede (PROTOCOL 6.3); notes have none.
CEDIBLE_CODES = ("33", "34", "43", "46")


class AccountMove(models.Model):
    """The copy of an invoice that the buyer signs and the seller may cede (Ley 19.983)."""

    _inherit = "account.move"

    l10n_cl_has_cedible = fields.Boolean(
        "Has a cedible copy", compute="_compute_l10n_cl_has_cedible"
    )

    @api.depends("l10n_latam_document_type_id", "l10n_cl_dte_id.state", "l10n_cl_dte_id.issuer_id")
    def _compute_l10n_cl_has_cedible(self):
        for move in self:
            dte = move._l10n_cl_printed_dte()
            move.l10n_cl_has_cedible = (
                move.l10n_latam_document_type_id.code in CEDIBLE_CODES
                and bool(dte)
                and dte.issuer_id.print_cedible != "never"
            )

    def _l10n_cl_appends_cedible(self):
        """Whether the cedible copy follows the invoice in every PDF."""
        self.ensure_one()
        issuer = self._l10n_cl_printed_dte().issuer_id
        return self.l10n_cl_has_cedible and issuer.print_cedible == "appended"
