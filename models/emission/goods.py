"""Goods that are paid for: whether they travel with their factura is stated by the order or by the
emission policy. Who emits by itself asks nobody, so without either it waits for a person."""

from odoo import fields, models

from ...sii import kinds
from ..access.entry import EMITTER, entry
from ..base.obstacle import Obstacle
from ..transport.mixin import UNKNOWN

TRAVEL = [("yes", "They travel with the invoice"), ("no", "They do not travel with it")]
_UNKNOWN = (
    *("l10n_cl_plate_unknown", "l10n_cl_carrier_unknown", "l10n_cl_driver_unknown"),
    "l10n_cl_departure_unknown",
)

# Where one of them is filled in, the policy's vehicle is not the one that carries
_WHO = (
    *("l10n_cl_vehicle_id", "l10n_cl_plate", "l10n_cl_carrier_id", "l10n_cl_driver_id"),
    *("l10n_cl_plate_unknown", "l10n_cl_carrier_unknown", "l10n_cl_driver_unknown"),
)


def answer_goods(move, travel, policy):
    """What nobody is there to answer: what neither the invoice nor the policy's vehicle states
    is written as not known."""
    if not travel or not move._l10n_cl_sells_goods():
        return
    move.l10n_cl_goods_travel = travel
    if travel == "yes":
        if not any(move[field] for field in _WHO):
            move.l10n_cl_vehicle_id = policy.vehicle_id
        for unknown in _UNKNOWN:
            _name, stated = UNKNOWN[unknown]
            move[unknown] = not any(move[field] for field in stated)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    l10n_cl_goods_travel = fields.Selection(
        TRAVEL,
        "Goods",
        copy=False,
        help="Whether the goods of this order travel with its invoice. Empty: the invoice asks; "
        "what is emitted on payment goes by its policy.",
    )

    def _l10n_cl_leave_goods_open(self, move):
        """Orders with different answers leave the question open on their invoice."""
        if len(set(self.mapped("l10n_cl_goods_travel"))) > 1:
            move.l10n_cl_goods_travel = False


class EmissionPolicy(models.Model):
    _inherit = "l10n_cl.emission.policy"

    goods_travel = fields.Selection(
        TRAVEL,
        "Goods",
        help="Of a factura that is emitted by itself, when the order does not say. Empty: it waits "
        "for a person.",
    )
    vehicle_id = fields.Many2one(
        "l10n_cl.vehicle",
        check_company=True,
        domain=[("is_trailer", "=", False)],
        help="That carries them; what it does not tell is stated as not known, as the hour of "
        "departure is.",
    )


class EmissionRequest(models.Model):
    _inherit = "l10n_cl.emission.request"

    def _goods_obstacle(self):
        """An Obstacle while nobody has stated whether goods travel with their factura."""
        if not self._may_accompany() or self._goods_travel():
            return None
        if not any(line.product_id.type == "consu" for line in self.statement_id._covered_lines()):
            return None
        text = self.env._(
            "Nobody has said whether the goods of %s travel with their invoice: say it with the "
            "buttons above, on the order, or once for all on the emission policy.",
            self.order_id.name,
        )
        return Obstacle(text, self.order_id, "goods_travel_missing", "goods_travel")

    def _may_accompany(self):
        """Whether it becomes a document that goods can travel with."""
        return kinds.of(self.policy_id._codes(self._document())).carries_goods

    def _goods_travel(self):
        """The answer for this statement, for its order, or once for all."""
        stated = (self.statement_id, self.order_id)
        answer = next(
            (each.l10n_cl_goods_travel for each in stated if each.l10n_cl_goods_travel), ""
        )
        return answer or self.policy_id.goods_travel

    def _answer_goods(self, move):
        """State on the invoice how its goods travel, as the statement, order or policy has it."""
        if self.statement_id.l10n_cl_goods_travel and self._may_accompany():
            move.write(self.statement_id._transport_values())
        else:
            answer_goods(move, self._goods_travel(), self.policy_id)

    @entry("read", EMITTER)
    def action_goods_travel(self):
        """Button: the goods travel with the invoice; go on."""
        self._set_goods_travel("yes")

    @entry("read", EMITTER)
    def action_goods_stay(self):
        """Button: they do not travel with it; go on."""
        self._set_goods_travel("no")

    def _set_goods_travel(self, travel):
        self.sudo().order_id.l10n_cl_goods_travel = travel
        self.action_retry()
