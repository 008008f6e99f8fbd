"""What somebody loads into a wizard is nobody else's."""

from odoo import api, models
from odoo.fields import Domain

# Wizards of Odoo that documents of ours are made, paid and mailed by
OF_ODOO = frozenset(
    {
        "account.move.send.batch.wizard",
        "account.move.send.wizard",
        "account.payment.register",
        "sale.advance.payment.inv",
    }
)


class WizardMixin(models.AbstractModel):
    """Rows of wizards: nobody but who made one, and the system, finds, reads or changes it.

    Odoo 19 does not keep transient rows to who made them. Every transient model of ours inherits
    this, its lines too (a test walks them).
    """

    _name = "l10n_cl.wizard.mixin"
    _inherit = ["l10n_cl.given.mixin"]
    _description = "Row of a wizard, of who made it"

    @api.model
    def _looks_at(self, name):
        """All of them, in a wizard of Odoo that we add to as well."""
        return True

    @api.model
    def _check_opened_over(self):
        """A wizard takes over what it was opened over: its callers state what that is."""
        model = self.env.context.get("active_model")
        if self.env.su or model not in self.env or self.env[model]._abstract:
            return
        ids = self.env.context.get("active_ids") or [self.env.context.get("active_id")]
        ids = [number for number in ids if isinstance(number, int)]
        self.env[model].browse(ids).exists().check_access("read")


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """A rule in code holds for wizards that are not written yet, and nobody can switch it off.

        Searches, groups, fields through other rows, files of a row and exports all ask here.
        """
        domain = super()._compute_domain(model_name, mode)
        if self.env.su or not _is_wizard(self.env, model_name):
            return domain
        return domain & Domain("create_uid", "=", self.env.uid)


def _is_wizard(env, model_name):
    model = env.registry[model_name]
    # most models are no wizards, and every search of a person asks
    return model._transient and (
        model_name in OF_ODOO or issubclass(model, env.registry["l10n_cl.wizard.mixin"])
    )
