from odoo import api, models
from odoo.exceptions import AccessError

_MATCHED = {"amount", "debit_move_id", "credit_move_id"}


class AccountPartialReconcile(models.Model):
    """Of a line of an issued invoice, and of what pays it, no more is matched than it comes to.

    Billing people may make these rows by RPC, and matching makes them as whoever presses the
    button: so each row is checked for what every true one fulfils.
    """

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._l10n_cl_check_worth()
        return partials

    def write(self, vals):
        result = super().write(vals)
        if _MATCHED & vals.keys():
            self._l10n_cl_check_worth()
        return result

    def _l10n_cl_check_worth(self):
        """Raise AccessError when more of an entry is matched than it comes to."""
        if self.env.su:
            return
        lines = self.debit_move_id | self.credit_move_id
        if not lines.move_id._l10n_cl_signed():
            return
        matched = dict.fromkeys(lines, 0.0)
        for side in ("debit_move_id", "credit_move_id"):
            groups = self.sudo()._read_group([(side, "in", lines.ids)], [side], ["amount:sum"])
            for line, amount in groups:
                matched[line.with_env(self.env)] += amount
        for line, amount in matched.items():
            if line.company_currency_id.compare_amounts(amount, abs(line.balance)) > 0:
                raise AccessError(
                    self.env._(
                        "%(line)s comes to %(balance)s: no more of it can be matched.",
                        line=line.display_name,
                        balance=line.company_currency_id.format(abs(line.balance)),
                    )
                )
