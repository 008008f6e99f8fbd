from datetime import UTC, datetime, timedelta

from odoo import api, fields, models

from ...sii import clock, rut
from ...sii.codes import TipoDespacho
from ...sii.document import Transport
from ...sii.document.goods import fold_plate

# A field that states what is not known, and what it is about
UNKNOWN = {
    "l10n_cl_plate_unknown": ("plate", ["l10n_cl_vehicle_id", "l10n_cl_plate"]),
    "l10n_cl_trailer_unknown": ("trailer_plate", ["l10n_cl_trailer_id", "l10n_cl_trailer_plate"]),
    "l10n_cl_carrier_unknown": ("carrier", ["l10n_cl_carrier_id"]),
    "l10n_cl_driver_unknown": ("driver", ["l10n_cl_driver_id"]),
    "l10n_cl_departure_unknown": ("departure", ["l10n_cl_departs_at"]),
}
TRANSPORT_FIELDS = (
    *("l10n_cl_goods_travel", "l10n_cl_dispatch", "l10n_cl_vehicle_id", "l10n_cl_plate"),
    *("l10n_cl_trailer_id", "l10n_cl_trailer_plate", "l10n_cl_carrier_id", "l10n_cl_driver_id"),
    *("l10n_cl_origin_id", "l10n_cl_departs_at", "l10n_cl_arrives_on", *UNKNOWN),
)
_NOT_KNOWN = "Stated on the document: “No se cuenta con la información de …”."


def place_values(place):
    """The fields of a sii.Transport about where the goods go."""
    streets = (place[name] for name in ("street", "street2") if name in place._fields)
    return {
        "address": ", ".join(filter(None, streets)),
        "comuna": place.city_id.name or "",
        "city": place.city or "",
    }


class TransportMixin(models.AbstractModel):
    """Who carries the goods that a document accompanies, from where and when (Res. 154/2025).

    Where to stands in the document itself.
    """

    _name = "l10n_cl.transport.mixin"
    _description = "Transport of goods"

    l10n_cl_goods_travel = fields.Selection(
        [
            ("yes", "They travel with this document"),
            ("no", "They do not travel with it"),
        ],
        "Goods",
        copy=False,
        help="Since 2026-11-01 a document that accompanies goods tells vehicle, carrier, driver, "
        "destination and departure, or states what is not known. Goods do not travel with it when "
        "a guía goes with them, or when they are there already.",
    )
    l10n_cl_dispatch = fields.Selection(
        [
            (str(TipoDespacho.BY_RECEIVER.value), "By the customer"),
            (str(TipoDespacho.TO_RECEIVER.value), "By us, to the customer"),
            (str(TipoDespacho.ELSEWHERE.value), "By us, elsewhere"),
        ],
        "Dispatch",
        copy=False,
        help="TipoDespacho: who has the goods carried, and where to.",
    )
    l10n_cl_vehicle_id = fields.Many2one(
        "l10n_cl.vehicle",
        "Vehicle",
        ondelete="restrict",
        copy=False,
        check_company=True,
        domain=[("is_trailer", "=", False)],
    )
    l10n_cl_plate = fields.Char(
        "License Plate",
        size=20,
        copy=False,
        compute="_compute_l10n_cl_plate",
        store=True,
        readonly=False,
    )
    l10n_cl_plate_unknown = fields.Boolean("Plate Not Known", copy=False, help=_NOT_KNOWN)
    l10n_cl_trailer_id = fields.Many2one(
        "l10n_cl.vehicle",
        "Trailer",
        ondelete="restrict",
        copy=False,
        check_company=True,
        domain=[("is_trailer", "=", True)],
        help="Empty: there is none, and nothing is said of one.",
    )
    l10n_cl_trailer_plate = fields.Char(
        "Trailer Plate",
        size=20,
        copy=False,
        compute="_compute_l10n_cl_trailer_plate",
        store=True,
        readonly=False,
    )
    l10n_cl_trailer_unknown = fields.Boolean("Trailer Plate Not Known", copy=False, help=_NOT_KNOWN)
    l10n_cl_carrier_id = fields.Many2one(
        "res.partner",
        "Carrier",
        ondelete="restrict",
        copy=False,
        compute="_compute_l10n_cl_carrier_id",
        store=True,
        readonly=False,
        help="The company that carries; its RUT is told.",
    )
    l10n_cl_carrier_unknown = fields.Boolean("Carrier Not Known", copy=False, help=_NOT_KNOWN)
    l10n_cl_driver_id = fields.Many2one(
        "res.partner",
        "Driver",
        ondelete="restrict",
        copy=False,
        compute="_compute_l10n_cl_driver_id",
        store=True,
        readonly=False,
        help="The person who drives; RUT and name are told.",
    )
    l10n_cl_driver_unknown = fields.Boolean("Driver Not Known", copy=False, help=_NOT_KNOWN)
    l10n_cl_origin_id = fields.Many2one(
        "l10n_cl.branch",
        "Leave From",
        ondelete="restrict",
        copy=False,
        check_company=True,
        help="Empty: the address that the document is issued from.",
    )
    l10n_cl_departs_at = fields.Datetime(
        "Departure", copy=False, help="Day and hour on which the goods really leave."
    )
    l10n_cl_departure_unknown = fields.Boolean("Departure Not Known", copy=False, help=_NOT_KNOWN)
    l10n_cl_arrives_on = fields.Date(
        "Arrival",
        copy=False,
        help="Of a trip that takes more than a day, or begins on a later one.",
    )

    # one for each field: who gives one of them gets the others of the vehicle all the same
    @api.depends("l10n_cl_vehicle_id")
    def _compute_l10n_cl_plate(self):
        for record in self.filtered("l10n_cl_vehicle_id"):
            record.l10n_cl_plate = record.l10n_cl_vehicle_id.plate

    @api.depends("l10n_cl_trailer_id")
    def _compute_l10n_cl_trailer_plate(self):
        for record in self.filtered("l10n_cl_trailer_id"):
            record.l10n_cl_trailer_plate = record.l10n_cl_trailer_id.plate

    @api.depends("l10n_cl_vehicle_id")
    def _compute_l10n_cl_carrier_id(self):
        for record in self.filtered("l10n_cl_vehicle_id.carrier_id"):
            record.l10n_cl_carrier_id = record.l10n_cl_vehicle_id.carrier_id

    @api.depends("l10n_cl_vehicle_id")
    def _compute_l10n_cl_driver_id(self):
        for record in self.filtered("l10n_cl_vehicle_id.driver_id"):
            record.l10n_cl_driver_id = record.l10n_cl_vehicle_id.driver_id

    @api.onchange("l10n_cl_plate", "l10n_cl_trailer_plate")
    def _onchange_l10n_cl_plates(self):
        for name in ("l10n_cl_plate", "l10n_cl_trailer_plate"):
            self[name] = fold_plate(self[name] or "")

    @api.onchange(*UNKNOWN)
    def _onchange_l10n_cl_unknown(self):
        """What is not known is not in the document either."""
        for unknown, (_name, names) in UNKNOWN.items():
            for name in names if self[unknown] else ():
                self[name] = False

    @api.onchange(*(name for _key, names in UNKNOWN.values() for name in names))
    def _onchange_l10n_cl_filled_in(self):
        """What is filled in is not stated as unknown."""
        for unknown, (_name, names) in UNKNOWN.items():
            if any(self[name] for name in names):
                self[unknown] = False

    @api.onchange("l10n_cl_goods_travel")
    def _onchange_l10n_cl_goods_travel(self):
        """They leave now, unless somebody enters another hour."""
        if self.l10n_cl_goods_travel == "yes" and not self.l10n_cl_departs_at:
            self.l10n_cl_departs_at = fields.Datetime.now().replace(second=0)

    def _l10n_cl_carriage(self, place, origin):
        """The sii.Transport to ``place``, which has street, city_id and city.

        origin: such a place as well, where it is not the address that the document is issued from.
        """
        carrier, driver = self.l10n_cl_carrier_id, self.l10n_cl_driver_id
        travels = self.l10n_cl_goods_travel == "yes"
        street = origin.street or ""
        return Transport(
            plate=self.l10n_cl_plate or "",
            carrier_rut=rut.canonical_or_text(carrier._l10n_cl_rut() or ""),
            driver_rut=rut.canonical_or_text(driver._l10n_cl_rut() or ""),
            driver_name=driver.name or "",
            **place_values(place),
            dispatch=TipoDespacho(int(self.l10n_cl_dispatch)) if self.l10n_cl_dispatch else None,
            trailer_plate=self.l10n_cl_trailer_plate or "",
            departs_at=self._l10n_cl_departure(),
            arrives_on=self.l10n_cl_arrives_on or None,
            origin_address=street,
            origin_comuna=(origin.city_id.name or "") if street else "",
            goods_travel=travels,
            not_known=tuple(name for field, (name, _names) in UNKNOWN.items() if self[field]),
        )

    def _l10n_cl_departure(self):
        """Day and hour in Chile, as the document has them; None when they are not known."""
        moment = self.l10n_cl_departs_at
        if not moment:
            return None
        # the first hours that a calendar has are not yet there in Chile
        moment = max(moment, datetime.min + timedelta(days=1))
        return (
            moment.replace(tzinfo=UTC).astimezone(clock.CHILE).replace(tzinfo=None, microsecond=0)
        )
