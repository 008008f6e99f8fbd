from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.base.big_integer import BigInteger
from odoo.exceptions import ValidationError

from .schedule import MONTHS, days_of


class SaleSubscriptionTemplate(models.Model):
    """What is sold by periods: each is owed by a statement, which emits its document."""

    _name = "sale.subscription.template"
    _inherit = ["sale.subscription.template", "l10n_cl.emission.source.mixin"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True, ondelete="restrict"
    )
    l10n_cl_recurrence = fields.Selection(
        [
            ("week", "Every week"),
            ("month", "Every month"),
            ("bimonth", "Every two months"),
            ("quarter", "Every three months"),
            ("semester", "Every six months"),
            ("year", "Every year"),
        ],
        "Payment recurrence",
        help="Each period becomes a statement that its buyer pays. Empty: invoices are made "
        "instead, without statements.",
    )
    l10n_cl_has_dop = fields.Boolean("Fixed day of payment")
    l10n_cl_dop = BigInteger(
        "Day of payment", help="1 to 28; of a weekly one 0 (Sunday) to 6 (Saturday)."
    )
    l10n_cl_mop = BigInteger("Month of payment", help="1 to 12, of a yearly one.")

    def _init_column(self, column_name):
        """Templates that were there before stay those of all companies."""
        if column_name == "company_id":
            return None
        return super()._init_column(column_name)

    @api.constrains("l10n_cl_recurrence", "l10n_cl_has_dop", "l10n_cl_dop", "l10n_cl_mop")
    def _check_l10n_cl_days(self):
        for template in self.filtered("l10n_cl_recurrence"):
            recurrence = template.l10n_cl_recurrence
            if template.l10n_cl_has_dop:
                self._l10n_cl_check_dop(recurrence, template.l10n_cl_dop)
            self._l10n_cl_check_mop(recurrence, template.l10n_cl_mop)

    @api.model
    def _l10n_cl_check_dop(self, recurrence, dop):
        if dop in days_of(recurrence):
            return
        if recurrence == "week":
            raise ValidationError(
                self.env._("The day of a weekly payment is 0 (Sunday) to 6 (Saturday).")
            )
        raise ValidationError(self.env._("The day of payment is 1 to 28."))

    @api.model
    def _l10n_cl_check_mop(self, recurrence, mop):
        if mop and recurrence != "year":
            raise ValidationError(self.env._("Only yearly payments have a month of payment."))
        if mop and not 1 <= mop <= MONTHS["year"]:
            raise ValidationError(self.env._("The month of payment is 1 to 12."))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._l10n_cl_with_rule(vals) for vals in vals_list])

    def write(self, vals):
        """Its subscriptions follow it as it is now, as far as they are unpaid."""
        result = super().write(self._l10n_cl_with_rule(vals))
        changed = {"l10n_cl_emit_document", "l10n_cl_emission_policy_id"} & vals.keys()
        if changed:
            self.subscription_ids.write({name: vals[name] for name in changed})
        return result

    def _l10n_cl_sold(self):
        return self.subscription_ids._l10n_cl_sold()

    @api.model
    def _l10n_cl_with_rule(self, vals):
        """The recurrence in the words of the addon that knows no statements."""
        recurrence = vals.get("l10n_cl_recurrence")
        if recurrence == "week":
            return {**vals, "recurring_rule_type": "weeks", "recurring_interval": 1}
        if recurrence:
            interval = MONTHS[recurrence]
            return {**vals, "recurring_rule_type": "months", "recurring_interval": interval}
        return vals
