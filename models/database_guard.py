from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sii.codes import Environment
from .base_access import MANAGER, entry
from .channels import DTE


class Issuer(models.Model):
    """Production is spoken to from one database only: a restored copy must not send as well."""

    _inherit = "l10n_cl.issuer"

    database_uuid = fields.Char(
        compute="_compute_database_uuid",
        store=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="The database that sends to the SII's production for this issuer.",
    )
    is_copy = fields.Boolean(
        "In a copy of its database",
        compute="_compute_is_copy",
        help="This database is not the one that was set up for production: nothing is sent.",
    )

    @api.depends("environment")
    def _compute_database_uuid(self):
        production = self.filtered(lambda issuer: issuer.environment == Environment.PRODUCTION)
        production.database_uuid = self._this_database()
        (self - production).database_uuid = False

    @api.depends("environment", "database_uuid")
    def _compute_is_copy(self):
        for issuer in self.sudo():
            elsewhere = issuer.database_uuid != self._this_database()
            issuer.is_copy = issuer.environment == Environment.PRODUCTION and elsewhere

    @api.model
    def _this_database(self):
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")

    @entry("write", MANAGER)
    def action_confirm_database(self):
        """Button: from now on this database sends to the SII's production, and no other."""
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param("database.is_neutralized"):
            raise UserError(self.env._("A neutralised copy never sends to the SII's production."))
        for issuer in self.sudo().filtered("is_copy"):
            issuer.database_uuid = self._this_database()
            issuer.message_post(body=self.env._("This database sends to the SII's production."))
        self._wake_queue()

    def _copy_text(self):
        return self.env._(
            "This database is not the one set up for the SII's production, perhaps a copy of it. "
            "Nothing is sent until an SII manager confirms it on the issuer."
        )

    def _obstacles(self):
        return super()._obstacles() + ([(self._copy_text(), self)] if self.is_copy else [])

    def _gateway(self, channel=DTE):
        """The only door to the SII is shut in a copy."""
        if self.is_copy:
            raise UserError(self._copy_text())
        return super()._gateway(channel)

    def _pause_text(self, channel):
        return self._copy_text() if self.is_copy else super()._pause_text(channel)


class Envio(models.Model):
    _inherit = "l10n_cl.envio"

    def _due(self, *states):
        at_home = [
            "|",
            ("issuer_id.environment", "!=", Environment.PRODUCTION.value),
            ("issuer_id.database_uuid", "=", self.env["l10n_cl.issuer"]._this_database()),
        ]
        return [*super()._due(*states), *at_home]
