from odoo import api, fields, models


class ValidateAccountMove(models.TransientModel):
    _inherit = "validate.account.move"

    l10n_cl_dates = fields.Text(compute="_compute_l10n_cl_dates")

    @api.depends("move_ids")
    def _compute_l10n_cl_dates(self):
        for wizard in self:
            far = wizard.move_ids.filtered(lambda move: move._l10n_cl_is_far())
            wizard.l10n_cl_dates = "\n".join(
                f"{move.partner_id.display_name}: {move.abnormal_date_warning}" for move in far
            )
