from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import entry
from ...models.access.unforeseen import attempt
from ...models.base.job.works import MANY


class ValidateAccountMove(models.TransientModel):
    """Confirms many invoices at once, and warns of dates far from today.

    One that cannot be confirmed does not keep back the others; of more than 100, a job confirms
    them.
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
        if len(moves) > MANY:
            return self._l10n_cl_confirm_many()
        action, reason = attempt(self, confirm)
        return action if not reason else self._l10n_cl_each_alone(confirm)

    def _l10n_cl_confirm_many(self):
        """The action that shows the job: what Odoo does before it posts is done here."""
        if self.ignore_abnormal_amount:
            self.abnormal_amount_partner_ids.ignore_abnormal_invoice_amount = True
        if self.ignore_abnormal_date:
            self.abnormal_date_partner_ids.ignore_abnormal_invoice_date = True
        moves = self.move_ids
        if not self.force_hash:
            moves = moves.filtered(lambda move: not move.restrict_mode_hash_table)
        jobs = self.env["l10n_cl.job"]._ask("confirm", moves, {"force": self.force_post})
        return jobs._open()

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
