from odoo import fields, models

from ...models.access.entry import MANAGER, entry


class AuthorityLoad(models.TransientModel):
    """The certificate of an authority, from the file that it publishes."""

    _name = "l10n_cl.authority.load"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Add an authority that certifies signers"

    file = fields.Binary("Certificate (.crt, .cer, .pem)", required=True)
    file_name = fields.Char()

    @entry("write", MANAGER)
    def action_load(self):
        """Believe the authorities of the file in this company, and show them."""
        self.ensure_one()
        authorities = self.env["l10n_cl.authority"]
        added = authorities.browse(authorities.add_file(self.file, self.env.company.id))
        return added._get_records_action(name=self.env._("Authorities"))
