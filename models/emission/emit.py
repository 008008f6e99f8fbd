from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ...sii import clock
from ..access.unforeseen import unforeseen
from ..base.obstacle import Obstacle

LOOK_AGAIN_AFTER = timedelta(hours=1)


class EmissionRequest(models.Model):
    """In: requests that are ready. Out: a posted and signed invoice each, or a parked request.

    Never emits a statement twice, nor keeps half an invoice when one fails.
    """

    _inherit = "l10n_cl.emission.request"

    @api.model
    def _cron_requests(self):
        """Emit what is ready, in the order of the payments; what is due becomes so first."""
        statements = self.env["l10n_cl.statement"]
        overdue = statements._due("pending") + [("due_date", "<", clock.today())]
        statements._process_queue(overdue, lambda statement: statement._move_to("expired"))
        due = self._due("waiting") + [("due_on", "<=", clock.today())]
        self._process_queue(due, lambda request: request._come_due())
        self._process_queue(self._due("ready"), lambda request: request._emit())

    def _come_due(self):
        """Its day has come: it is emitted, or looked at again later."""
        self._reconsider()
        if self.state == "waiting":
            self.next_attempt_at = fields.Datetime.now() + LOOK_AGAIN_AFTER

    def _emit(self):
        """Make the invoice of this statement, post and sign it; or park, with the reason.

        Runs in the transaction of its caller: a queue's, or a person's who pays and emits.
        """
        self.ensure_one()
        # the money may have gone since it was counted
        self.statement_id._settle()
        if self.state != "ready":
            return
        request = self.with_company(self.company_id)
        if obstacle := request._obstacle():
            request._park(obstacle)
            return
        try:
            with self.env.cr.savepoint():
                move = request._make_invoice()
                move.action_post()
        except (UserError, RedirectWarning) as error:
            request._park(Obstacle(error.args[0], request.order_id, "not_legal"))
            return
        request._move_to("done", self.env._("Emitted: %s.", move.name), move_id=move.id)
        request.statement_id._reconcile()

    def _make_invoice(self):
        policy = self.policy_id
        code = policy._codes(self._document())
        pesos = self.statement_id._pesos_on(self._pesos_day())
        move = self.statement_id._invoice(policy, code, pesos)
        self._answer_goods(move)
        return move

    def _park(self, obstacle):
        """Visible, with an owner and a way out; retried when ``obstacle.record`` changes."""
        self._move_to(
            "parked",
            obstacle.text,
            reason_code=obstacle.code,
            reason_text=obstacle.text,
            reason_field=obstacle.field,
            reason_model=obstacle.record._name,
            reason_res_id=obstacle.record.id,
            parked_at=self.parked_at or fields.Datetime.now(),
        )

    def _process_failed(self, error):
        text = unforeseen(self.env, error)
        self._park(Obstacle(text, self.order_id, "unexpected"))
