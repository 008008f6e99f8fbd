from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import entry
from ...models.access.unforeseen import attempt


class ValidateAccountMove(models.TransientModel):
    """Confirms many invoices at once, and warns of dates far from today.

    One that cannot be confirmed does not keep back the others.
    """

    _name = "validate.account.move"
    _inherit = ["validate.account.move", "l10n_cl.wizard.mixin"]

    l10n_cl_dates = fields.Text(compute="_compute_l10n_cl_dates")

    @api.depends("move_ids")
    def _compute_l10n_cl_dates(self):
        for wizard in self:
            far = wizard.move_ids.filtered(lambda move: move._l10n_cl_is_far())
            wizard.l10n_cl_dates = "\n".join(
                f"{move.partner_id.display_name}: {move.abnormal_date_warning}" for move in far
            )

    @entry("write")
    def validate_move(self):
        """Confirm all; where one cannot be, each on its own, and its reason is shown.

        Raises UserError when none can be.
        """

        def confirm(wizard):
            return super().validate_move()

        moves = self.move_ids
        if len(moves) < 2 or not any(move._l10n_cl_is_emitted() for move in moves):
            return confirm(self)
        action, reason = attempt(self, confirm)
        return action if not reason else self._l10n_cl_each_alone(confirm)

    def _l10n_cl_each_alone(self, confirm):
        reasons = []
        moves = self.move_ids._l10n_cl_in_order()
        for move in moves:
            alone = self.copy({"move_ids": [Command.set(move.ids)]})
            _action, reason = attempt(alone, confirm)
            if reason:
                reasons.append(reason)
        if len(reasons) == len(moves):
            raise UserError("\n\n".join(reasons))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": "\n\n".join(reasons),
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
