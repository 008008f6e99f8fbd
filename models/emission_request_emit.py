from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain

from ..sii import clock
from .emission_obstacle import Reason


class EmissionRequest(models.Model):
    _inherit = "l10n_cl.emission.request"

    @api.model
    def _cron_requests(self):
        """Emit what is ready; what is due becomes ready first."""
        self.env["l10n_cl.statement"]._expire_due()
        waiting = [("state", "=", "waiting"), ("due_on", "<=", clock.today())]
        self.search(waiting)._reconsider()
        self._commit()
        self._process_queue(self._due("ready"), lambda request: request._emit())

    def _emit(self):
        """Make the invoice of this statement, post and sign it; or park, saying why.

        Runs in the transaction of its caller: a queue's, or a person's who pays and emits.
        """
        self.ensure_one()
        request = self.with_company(self.company_id)
        if obstacle := request._obstacle():
            request._park(obstacle)
            return
        try:
            with self.env.cr.savepoint():
                move = request._make_invoice()
                move.action_post()
        except (UserError, RedirectWarning) as error:
            request._park(Reason("not_legal", error.args[0], request.order_id))
            return
        request._move_to("done", self.env._("Emitted: %s.", move.name), move_id=move.id)
        request._reconcile()

    def _make_invoice(self):
        policy = self.policy_id
        code = policy._codes(policy._document_for(self.partner_id))
        pesos = self.statement_id._pesos_on(self._pesos_day())
        return self.statement_id._invoice(policy, code, pesos)

    def _reconcile(self):
        """The invoice is paid by the payments of its statement."""
        payments = self.statement_id.payment_ids.filtered(
            lambda payment: payment.state in ("in_process", "paid")
        )
        lines = (payments.move_id | self.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        for _account, group in lines.grouped("account_id").items():
            if len(group) > 1:
                group.reconcile()

    def _park(self, reason):
        """Visible, with an owner and a way out; retried when ``reason.record`` changes."""
        self._move_to(
            "parked",
            reason.text,
            reason_code=reason.code,
            reason_text=reason.text,
            reason_field=reason.field,
            reason_model=reason.record._name,
            reason_res_id=reason.record.id,
            parked_at=self.parked_at or fields.Datetime.now(),
        )

    def _process_failed(self, error):
        text = self.env._("Unexpected error: %s", type(error).__name__)
        self._park(Reason("unexpected", text, self.order_id))

    @api.model
    def _mended(self, records):
        """Somebody changed ``records``: what was parked because of them is tried again."""
        named = Domain([("reason_model", "=", records._name), ("reason_res_id", "in", records.ids)])
        if records._name == "sale.order":
            named |= Domain("order_id", "in", records.ids)
        for request in self.sudo().search(Domain("state", "=", "parked") & named):
            request._move_to("ready", self.env._("Tried again: what was missing has changed."))
