"""How the goods of one statement travel, given before its document is made."""

from odoo import fields, models

from ...sii.rules.transport import check_stated
from ..access.guard import ALWAYS
from ..base.obstacle import Obstacle
from ..base.texts.rules import problems_text
from ..base.today import today
from ..transport.mixin import TRANSPORT_FIELDS

# Field of sii.Transport -> where programs give it
_GIVEN = {
    "carrier_rut": "carrier.rut",
    "driver_rut": "driver.rut",
    "driver_name": "driver.name",
    "address": "destination.address",
    "comuna": "destination.commune",
    "origin_address": "origin_branch",
    "origin_comuna": "origin_branch",
}


def given_as(where):
    """Where a program gives what a rule names: ``transport.driver_rut`` is driver.rut of it."""
    part, _dot, name = where.partition(".")
    return f"{part}.{_GIVEN.get(name, name)}"


class Statement(models.Model):
    """Given by a program or a person; else the order or the emission policy decides."""

    _name = "l10n_cl.statement"
    _inherit = ["l10n_cl.statement", "l10n_cl.transport.mixin"]
    _open_to_people = dict.fromkeys((*TRANSPORT_FIELDS, "l10n_cl_destination_id"), ALWAYS)

    l10n_cl_destination_id = fields.Many2one(
        "res.partner",
        "Go To",
        check_company=True,
        copy=False,
        help="Where the goods really go. Empty: the delivery address of the order.",
    )

    def _transport_changed(self, vals):
        """What was parked because of its transport is tried again."""
        if not vals.keys().isdisjoint((*TRANSPORT_FIELDS, "l10n_cl_destination_id")):
            self.env["l10n_cl.emission.request"]._retry_fixed(self)

    def _transport_destination(self):
        order = self.order_id
        places = (self.l10n_cl_destination_id, order.partner_shipping_id, self.partner_id)
        return next((place for place in places if place.street), self.partner_id)

    def _transport_problems(self):
        """What the rules have against its transport, if its document were made today."""
        if self.l10n_cl_goods_travel != "yes":
            return []
        place, origin = self._transport_destination(), self.l10n_cl_origin_id
        return [*check_stated(self._l10n_cl_carriage(place, origin), today(self.company_id))]

    def _transport_values(self):
        """What its invoice states of the transport: values of account.move."""
        stated = {name: self[name] for name in TRANSPORT_FIELDS}
        values = self._convert_to_write(stated)
        if self.l10n_cl_destination_id:
            values["partner_shipping_id"] = self.l10n_cl_destination_id.id
        return values


class EmissionRequest(models.Model):
    _inherit = "l10n_cl.emission.request"

    def _transport_obstacle(self):
        """An Obstacle while what was given of the transport cannot stand on a document of today."""
        problems = self.statement_id._transport_problems() if self._may_accompany() else []
        for problem in problems:
            [text] = problems_text(self.env, [problem])
            return Obstacle(text, self.statement_id, problem.code, given_as(problem.where))
        return None
