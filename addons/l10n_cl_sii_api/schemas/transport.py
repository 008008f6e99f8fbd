"""``transport``, ``goods_travel`` and ``confirm``: what travels with a factura (Res. 154/2025)."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from .base import Body, DueDay, Instant, Reference, Text, choice

CONFIRMABLE = "goods_travel_missing"
NOT_KNOWN = ("plate", "trailer_plate", "carrier", "driver", "departure")
DISPATCH = {"by_receiver": "1", "to_receiver": "2", "elsewhere": "3"}


class Party(Body):
    """A carrier or a driver."""

    rut: Text | None = None
    name: Text | None = None

    can_be_emptied = frozenset({"rut", "name"})


class Destination(Body):
    """Where the goods really go."""

    address: Text | None = None
    # looked up, so that whatever is no commune gets the guide's one answer
    commune: Any = None

    can_be_emptied = frozenset({"address", "commune"})


class Transport(Body):
    """Who carries the goods, from where, where to and when.

    Each of plate, carrier, driver and departure is sent, or named in ``not_known``. vehicle: plate
    or id of a vehicle that Odoo knows, which gives plate, carrier and driver unless they are sent
    here. trailer_plate: without it no trailer is stated. origin_branch: its SII code or
    its name, else the goods leave from where the document is issued.
    """

    goods_travel: bool = True
    dispatch: choice("dispatch", *DISPATCH) | None = None
    vehicle: Reference | None = None
    plate: Text | None = None
    trailer_plate: Text | None = None
    carrier: Party | None = None
    driver: Party | None = None
    origin_branch: Reference | None = None
    destination: Destination | None = None
    departs_at: Instant | None = None
    arrives_on: DueDay | None = None
    not_known: Annotated[list[choice("not_known", *NOT_KNOWN)], Field(max_length=20)] | None = None

    can_be_emptied = frozenset(
        {"dispatch", "vehicle", "plate", "trailer_plate", "carrier", "driver", "origin_branch"}
        | {"destination", "departs_at", "arrives_on", "not_known"}
    )

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "plate": "ABCD12",
                "carrier": {"rut": "76192083-9", "name": "Transportes Sur SpA"},
                "driver": {"rut": "12345678-5", "name": "Luis Rojas"},
                "destination": {"address": "Av. Apoquindo 1234", "commune": "Las Condes"},
                "departs_at": "2026-12-01T15:40:00-03:00",
                "not_known": ["trailer_plate"],
            }
        }
    )


class Travels(Body):
    """Whether goods travel with the factura, and how. confirm: goes on without stating it."""

    transport: Transport | None = None
    goods_travel: bool | None = None
    confirm: Annotated[list[choice("confirm", CONFIRMABLE)], Field(max_length=20)] | None = None

    can_be_emptied = Body.can_be_emptied | {"transport", "goods_travel", "confirm"}
