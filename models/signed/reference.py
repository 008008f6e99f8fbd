from odoo import api, models


class Reference(models.Model):
    """The references of a signed document are a part of it: nobody adds, changes or deletes one."""

    _inherit = "l10n_cl.reference"

    @api.model_create_multi
    def create(self, vals_list):
        moves = {vals.get("move_id") for vals in vals_list}
        self.env["account.move"].browse(filter(None, moves))._l10n_cl_check_references()
        return super().create(vals_list)

    def write(self, vals):
        self.move_id._l10n_cl_check_references()
        return super().write(vals)

    def unlink(self):
        self.move_id._l10n_cl_check_references()
        return super().unlink()
