from datetime import UTC

from odoo import models
from odoo.addons.l10n_cl_sii.models.transport.mixin import TRANSPORT_FIELDS, UNKNOWN
from odoo.addons.l10n_cl_sii.sii import rut

from ...refused import Refused
from ...schemas.transport import DISPATCH

_DISPATCH = {code: name for name, code in DISPATCH.items()}


class Statement(models.Model):
    """How the goods of statements travel, as programs send and get it."""

    _inherit = "l10n_cl.statement"

    def _l10n_cl_write_transport(self, given):
        """Write what was sent of these. given: what routers/transport.py looked up, or None.

        Raises Refused when a document is there already.
        """
        if given is None:
            return
        if emitted := self.filtered("move_id"):
            text = f"Statement {emitted[0].uuid} has its document already: it cannot be changed."
            raise Refused("already_emitted", text)
        values = {
            **dict.fromkeys((*TRANSPORT_FIELDS, "l10n_cl_destination_id"), False),
            "l10n_cl_goods_travel": given["goods_travel"],
        }
        for statement in self.sudo():
            if given["goods_travel"] == "yes":
                values |= statement._l10n_cl_transport_values(given)
            statement.write(values)

    def _l10n_cl_transport_values(self, given):
        partners, buyer = self.env["res.partner"], self.order_id.partner_id
        unknown = {field: name in given["not_known"] for field, (name, _f) in UNKNOWN.items()}
        return unknown | {
            "l10n_cl_dispatch": given["dispatch"],
            "l10n_cl_vehicle_id": given["vehicle"].id,
            "l10n_cl_plate": given["plate"],
            "l10n_cl_trailer_plate": given["trailer_plate"],
            "l10n_cl_carrier_id": partners._l10n_cl_party(self.company_id, given["carrier"], True),
            "l10n_cl_driver_id": partners._l10n_cl_party(self.company_id, given["driver"], False),
            "l10n_cl_origin_id": given["origin"].id,
            "l10n_cl_departs_at": given["departs_at"],
            "l10n_cl_arrives_on": given["arrives_on"],
            "l10n_cl_destination_id": buyer._l10n_cl_place(given["address"], given["commune"]),
        }

    def _l10n_cl_transport_answer(self):
        """``goods_travel`` and ``transport`` of an answer, where something is stated."""
        statement = self.sudo()
        if not statement.l10n_cl_goods_travel:
            return {}
        if statement.l10n_cl_goods_travel == "no":
            return {"goods_travel": False}
        departs_at, place = statement.l10n_cl_departs_at, statement._transport_destination()
        arrives_on, origin = statement.l10n_cl_arrives_on, statement.l10n_cl_origin_id
        transport = {
            "dispatch": _DISPATCH.get(statement.l10n_cl_dispatch),
            "plate": statement.l10n_cl_plate or None,
            "trailer_plate": statement.l10n_cl_trailer_plate or None,
            "carrier": statement.l10n_cl_carrier_id._l10n_cl_party_answer(),
            "driver": statement.l10n_cl_driver_id._l10n_cl_party_answer(),
            "origin_branch": origin and (str(origin.code or "") or origin.name) or None,
            "destination": {"address": place.street or None, "commune": place.city_id.name or None},
            "departs_at": departs_at and departs_at.replace(tzinfo=UTC).isoformat() or None,
            "arrives_on": arrives_on.isoformat() if arrives_on else None,
            "not_known": [name for field, (name, _field) in UNKNOWN.items() if statement[field]],
        }
        return {"goods_travel": True, "transport": transport}


class ResPartner(models.Model):
    """Carriers, drivers and places that a program names; no contact that is there is changed."""

    _inherit = "res.partner"

    def _l10n_cl_party(self, company, party, is_company):
        """The id of the contact of this RUT and name, made when there is none; False: nobody."""
        number, name = rut.canonical_or_text((party.rut or "").strip()), (party.name or "").strip()
        if not number:
            return False
        same = [("vat", "=", number), ("company_id", "in", [False, company.id])]
        known = self.sudo().search(same, order="id")
        # of a carrier documents have the RUT alone
        if name and not is_company:
            known = known.filtered(lambda each: (each.name or "").casefold() == name.casefold())
        return (known[:1] or self._l10n_cl_make_party(company, number, name, is_company)).id

    def _l10n_cl_make_party(self, company, number, name, is_company):
        return self.sudo().create(
            {
                "name": name or number,
                "vat": number,
                "is_company": is_company,
                "company_id": company.id,
                "country_id": self.env.ref("base.cl").id,
                "l10n_latam_identification_type_id": self.env.ref("l10n_cl.it_RUT").id,
                "l10n_cl_uuid": False,
            }
        )

    def _l10n_cl_party_answer(self):
        if not self:
            return None
        return {"rut": self._l10n_cl_rut() or None, "name": self.name or None}

    def _l10n_cl_place(self, address, commune):
        """The id of this buyer's delivery address there, made when there is none."""
        for place in self.child_ids.filtered(lambda each: each.type == "delivery"):
            if (place.street, place.city_id) == (address, commune):
                return place.id
        values = {
            "type": "delivery",
            "parent_id": self.id,
            "company_id": self.company_id.id,
            "street": address,
            "city_id": commune.id,
            "country_id": self.env.ref("base.cl").id,
            "l10n_cl_uuid": False,
        }
        return self.sudo().create(values).id
