import base64

from odoo import api, fields, models

from ...models.access.entry import MANAGER, entry
from ...models.base.big_integer import BigInteger
from ...models.base.texts.errors import errors_as_user_errors
from ...sii import clock


class ConsumoFolios(models.TransientModel):
    """The daily summary of boletas as a signed file, for whoever still asks for it."""

    _name = "l10n_cl.consumo.folios"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Daily summary of folios (RCOF)"

    issuer_id = fields.Many2one(
        "l10n_cl.issuer",
        required=True,
        default=lambda self: self.env.company.l10n_cl_issuer_id,
        domain="[('company_id', 'in', allowed_company_ids)]",
    )
    day = fields.Date(required=True, default=lambda _s: clock.today())
    sequence = BigInteger(
        "Number of the file", required=True, default=1, help="1, or higher to replace a former one."
    )
    count = fields.Integer("Folios of the day", compute="_compute_count")
    file = fields.Binary("Signed file", readonly=True)
    file_name = fields.Char(compute="_compute_file_name")

    @api.depends("issuer_id", "day")
    def _compute_count(self):
        for wizard in self:
            issuer = wizard.issuer_id.sudo()
            wizard.count = len(issuer._documents_of_day(wizard.day)) if issuer else 0

    @api.depends("issuer_id", "day", "sequence")
    def _compute_file_name(self):
        for wizard in self:
            rut = wizard.issuer_id.company_rut
            wizard.file_name = f"RCOF_{rut}_{wizard.day}_{wizard.sequence}.xml"

    @entry("write", MANAGER)
    def action_sign(self):
        """Button: make the file and show it for download."""
        self.ensure_one()
        with errors_as_user_errors(self.env, between="\n"):
            signed = self.issuer_id.sudo()._consumo_folios(self.day, self.sequence)
        self.file = base64.b64encode(signed)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
