from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...sii import clock, kinds
from ...sii.document import Transport
from ..base.obstacle import Obstacle
from .mixin import TRANSPORT_FIELDS, place_values


class AccountMove(models.Model):
    """Whether goods travel with an invoice; who carries them, and where to (PROTOCOL 5.3)."""

    _name = "account.move"
    _inherit = ["account.move", "l10n_cl.transport.mixin"]

    l10n_cl_goods_asked = fields.Boolean(
        "Whether goods travel is asked", compute="_compute_l10n_cl_goods_asked"
    )

    @api.depends(
        "l10n_latam_document_type_id",
        "invoice_line_ids.product_id",
        "l10n_cl_reference_ids.l10n_cl_reference_doc_type_selection",
    )
    def _compute_l10n_cl_goods_asked(self):
        for move in self:
            move.l10n_cl_goods_asked = move._l10n_cl_sells_goods()

    def _l10n_cl_sells_goods(self):
        """Whether it may have to accompany goods: it sells some, and no guía goes with them."""
        return (
            kinds.of(self.l10n_latam_document_type_id.code).carries_goods
            and any(line.product_id.type == "consu" for line in self.invoice_line_ids)
            and not self._l10n_cl_guide_goes_along()
        )

    def _l10n_cl_guide_goes_along(self):
        """Whether the goods travel with a guía of their own."""
        return any(
            kinds.of(reference.l10n_cl_reference_doc_type_selection).is_guide
            for reference in self.l10n_cl_reference_ids
        )

    def _get_fields_to_copy_recurring_entries(self, values):
        """What recurs by itself is not asked again. When the goods of a later month really leave
        nobody knows yet: it is stated, until somebody fills it in on the draft."""
        if self.l10n_cl_goods_travel:
            kept = {name: self[name] for name in TRANSPORT_FIELDS}
            values.update(self._convert_to_write(kept), l10n_cl_departs_at=False)
            values.update(l10n_cl_arrives_on=False)
            values["l10n_cl_departure_unknown"] = self.l10n_cl_goods_travel == "yes"
        return super()._get_fields_to_copy_recurring_entries(values)

    def _l10n_cl_transport(self, kind):
        """None when nothing is carried, or to the customer's own address by nobody named."""
        if kinds.of(kind).is_note or kinds.of(kind).is_boleta:
            return None
        if self.l10n_cl_goods_travel == "yes":
            place, origin = self._l10n_cl_goods_destination(), self._l10n_cl_goods_origin()
            return self._l10n_cl_carriage(place, origin)
        place = self.partner_shipping_id
        if not place.street or place == self.partner_id:
            place = place.browse()
        if self.l10n_cl_goods_travel == "no":
            return Transport(**place_values(place)) if place else None
        transport = self._l10n_cl_carriage(place, self.l10n_cl_origin_id)
        return transport if place or transport.accompanies else None

    def _l10n_cl_goods_destination(self):
        """Where the goods go: to our own place when we buy them."""
        if self._l10n_cl_is_own_purchase():
            return self._l10n_cl_branch() or self.company_id.partner_id
        places = (self.partner_shipping_id, self.partner_id, self.commercial_partner_id)
        return next((place for place in places if place.street), self.partner_id)

    def _l10n_cl_goods_origin(self):
        """Where the goods leave from, when it is not where the document is issued."""
        origin = self.l10n_cl_origin_id.sudo()
        if not origin and self._l10n_cl_is_own_purchase():
            return self.partner_id if self.partner_id.street else self.commercial_partner_id
        return origin

    def _l10n_cl_goods_obstacles(self):
        """What Res. 154/2025 wants to be asked before a document is there.

        Of people: what posts as system (a script, the scheduled action of recurring invoices) has
        nobody who could answer, and its document states nothing of goods, as before.
        """
        asked = not self.env.su and not self.l10n_cl_goods_travel
        if asked and self._l10n_cl_sells_goods():
            return [Obstacle(self._l10n_cl_goods_text(), self)]
        departure = self._l10n_cl_departure()
        if self.l10n_cl_goods_travel != "yes" or departure is None or self.posted_before:
            # whoever corrects a document keeps the day on which the goods left with the first
            return []
        # of one before the day of the document the rules speak
        if (self.invoice_date or clock.today()) <= departure.date() < clock.today():
            text = self.env._(
                "Transport, departure: the goods would have left on %s, before the document was "
                "there. Correct the day.",
                format_date(self.env, departure.date()),
            )
            return [Obstacle(text, self)]
        return []

    def _l10n_cl_goods_text(self):
        return self.env._(
            "Say whether its goods travel with this document: under “Goods”, beside the document "
            "type. They do not when a guía goes with them; then cite it."
        )
