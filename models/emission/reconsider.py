from datetime import UTC, datetime

from odoo import models
from odoo.fields import Domain

from ..base.today import today

# What must be done about a request that is in one of these states
OPEN = ("waiting", "ready", "parked")


class EmissionRequest(models.Model):
    """When to emit: what the money, the calendar and the policy require, whatever came first."""

    _inherit = "l10n_cl.emission.request"

    def _reconsider(self, retry_text=""):
        """After a payment, a change of date or of policy: is it time to emit?

        retry_text: what was missing has changed, so what is parked goes on too; else it stays.
        """
        for request in self.filtered(lambda each: each.state != "done" and not each.given_up):
            wanted = request._state_wanted()
            if wanted == "parked":
                request._park_once(request._policy_obstacle())
            elif request.state == "parked" and wanted == "ready" and not retry_text:
                continue
            elif wanted != request.state:
                request._move_to(
                    wanted, retry_text or request._state_text(wanted), **request._times(wanted)
                )

    def _state_wanted(self):
        """The same whatever came first."""
        statement, order = self.statement_id, self.order_id
        paid = statement.state == "paid"
        unwanted = statement.state == "canceled" or (order.state == "cancel" and not paid)
        if statement.state == "refunded" or unwanted or not order.l10n_cl_emit_document:
            return "cancelled"
        if not self.policy_id:
            return "parked"
        if self.asked_for:
            return "ready"
        if self.policy_id.emit_at == "due_date":
            due = statement.due_date <= today(self.company_id)
            return "ready" if due and (paid or self.policy_id.emit_unpaid) else "waiting"
        return "ready" if paid else "waiting"

    def _state_text(self, state):
        return {
            "ready": self.env._("It is time to emit."),
            "waiting": self.env._("Waits."),
            "cancelled": self.env._("Nothing is to be emitted: paid back, cancelled or off."),
        }[state]

    def _times(self, state):
        """A ready request keeps the place that its payment gave it, also when parked meanwhile."""
        if state == "ready":
            now = datetime.now(UTC).replace(tzinfo=None)  # to the microsecond
            return {"ready_at": self.ready_at or now, "next_attempt_at": False}
        return {"ready_at": False, "parked_at": False, "next_attempt_at": False}

    def _park_once(self, obstacle):
        if self.state != "parked" or self.reason_code != obstacle.code:
            self._park(obstacle)

    def _state_changed(self, before):
        if self.filtered(lambda request: request.state == "ready"):
            self._call_workers()
        for request in self:
            if request.state == "parked":
                request._call_a_person()
            elif before == "parked":
                request.activity_unlink(["l10n_cl_sii.activity_emission"])

    def _retry_fixed(self, records):
        """Somebody changed ``records``: what was parked because of them is tried again."""
        named = Domain([("reason_model", "=", records._name), ("reason_res_id", "in", records.ids)])
        parked = self.sudo().search(Domain("state", "=", "parked") & (named | self._near(records)))
        fixed = parked.filtered(lambda request: not request._is_still_missing())
        fixed._reconsider(self.env._("Tried again: what was missing has changed."))

    def _is_still_missing(self):
        """Whether the same obstacle keeps it back, as far as that can be known without trying."""
        if self.reason_code in ("not_legal", "unexpected"):
            return False
        obstacle = self._obstacle()
        return bool(obstacle) and (obstacle.code, obstacle.field) == (
            self.reason_code,
            self.reason_field or "",
        )

    def _near(self, records):
        """Domain of the requests in which the records have a part, named or not."""
        if records._name == "sale.order":
            return Domain("order_id", "in", records.ids)
        if records._name == "res.partner":
            families = records.commercial_partner_id.ids
            return Domain("partner_id.commercial_partner_id", "in", families)
        if records._name == "l10n_cl.statement":
            return Domain("statement_id", "in", records.ids)
        if records._name == "res.company":
            return Domain("company_id", "child_of", records.ids)
        return Domain.FALSE


class EmissionPolicy(models.Model):
    """Another policy, or none: what is not emitted yet is judged anew."""

    _inherit = "l10n_cl.emission.policy"

    def write(self, vals):
        result = super().write(vals)
        self._reconsider_open(self.company_id)
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self._reconsider_open(companies)
        return result

    def _reconsider_open(self, companies):
        domain = [("state", "in", OPEN), ("company_id", "child_of", companies.ids)]
        requests = self.env["l10n_cl.emission.request"].sudo().search(domain)
        requests._reconsider(self.env._("The emission policy has changed."))
