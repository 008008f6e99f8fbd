from odoo import api, models
from odoo.fields import Domain

# why an obligation stands that nobody meets: the code that programs and people see
PAST = "paid_before"


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    def _leave_past_alone(self):
        """Emission was switched on: what was paid while it was off emits nothing by itself.

        An obligation stands for each, given up: it is seen, and may be taken up by who wants it.
        """
        past = self.filtered(lambda each: each.state == "paid" and not each.move_id)
        past = past.filtered(lambda each: not each.request_id._was_ready())
        past._oblige(given_up=True)
        past.request_ids._give_up_past()


class EmissionRequest(models.Model):
    """What is of the past: owed by nobody unless somebody asks for it."""

    _inherit = "l10n_cl.emission.request"

    def _was_ready(self):
        """Whether it was to be emitted before it was switched off."""
        return "ready" in self.event_ids.mapped("to_state")

    def _give_up_past(self):
        text = self._past_text()
        for request in self.filtered(lambda each: each.state != "done"):
            values = {"given_up": True, "reason_code": PAST, "reason_text": text}
            if request.state == "cancelled":
                request.write(values)
                request._note(text)
            else:
                request._move_to("cancelled", text, **values)

    def _past_text(self):
        return self.env._("Paid while nothing was to be emitted for it.")

    @api.model
    def _of_the_past(self, orders):
        """Obligations of these orders that were left alone when emission was switched on."""
        left = Domain("state", "=", "cancelled") & Domain("reason_code", "=", PAST)
        return self.sudo().search(left & Domain("order_id", "in", orders.ids))

    def _emit_past(self):
        """They are owed like all others."""
        self.write({"given_up": False, "reason_code": False, "reason_text": False})
        self._reconsider(self.env._("Asked for, though it was paid before."))


class EmissionSourceMixin(models.AbstractModel):
    _inherit = "l10n_cl.emission.source.mixin"

    def _l10n_cl_sold(self):
        """The orders that emit by this."""
        return self.env["sale.order"]

    def _l10n_cl_past(self):
        """What was paid while this did not emit."""
        return self.env["l10n_cl.emission.request"]._of_the_past(self._l10n_cl_sold())


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _l10n_cl_sold(self):
        return self
