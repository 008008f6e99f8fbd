from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TransportMixin(models.AbstractModel):
    """Vehicles, branches and people whom a document of goods names are archived, not deleted."""

    _inherit = "l10n_cl.transport.mixin"

    @api.model
    def _check_not_named(self, records):
        """Raises UserError where a document names one of these, before the database refuses it."""
        for name in sorted(self.env.registry.descendants([self._name], "_inherit")):
            model = self.env[name].sudo().with_context(active_test=False)
            if model._abstract:
                continue
            naming = [
                Domain(field.name, "in", records.ids)
                for field in model._fields.values()
                if field.store
                and field.type == "many2one"
                and field.comodel_name == records._name
                and field.ondelete == "restrict"
                and field.name.startswith("l10n_cl_")
            ]
            if naming and (found := model.search(Domain.OR(naming), limit=1)):
                raise UserError(
                    self.env._(
                        "%(document)s names what would be deleted (%(names)s). Archive it instead.",
                        document=found.display_name,
                        names=", ".join(records.mapped("display_name")),
                    )
                )


class Vehicle(models.Model):
    _inherit = "l10n_cl.vehicle"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named(self):
        self.env["l10n_cl.transport.mixin"]._check_not_named(self)


class Branch(models.Model):
    _inherit = "l10n_cl.branch"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named(self):
        self.env["l10n_cl.transport.mixin"]._check_not_named(self)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_carrier_or_driver(self):
        self.env["l10n_cl.transport.mixin"]._check_not_named(self)
