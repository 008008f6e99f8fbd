"""Transporte (PROTOCOL 5.3, 5.4; Res. Ex. SII 154/2025). Names and addresses are clipped by the
writer."""

from datetime import date

from ..document import Document, Transport, limits
from ..document.goods import NAMES, fold_plate, is_plate, statement
from ..errors import Problem
from .values import Problems, day, taxpayer, text

PLATES = ("plate", "trailer_plate")
_NOT_ON_NOTES = (*PLATES, "carrier_rut", "dispatch", "not_known")
# What a document that accompanies goods states, and the name under which it is stated as unknown
_OBLIGATORY = {
    "plate": "plate",
    "carrier_rut": "carrier",
    "driver_rut": "driver",
    "driver_name": "driver",
    "address": "",
    "comuna": "",
    "departs_at": "departure",
}
_STATED_AS = _OBLIGATORY | {"trailer_plate": "trailer_plate"}


def check(document: Document) -> Problems:
    """Rules of who carries the goods, where to and when; notes name neither vehicle nor carrier."""
    transport = document.transport
    if transport is None:
        return
    for name in _NOT_ON_NOTES:
        if document.traits.is_note and getattr(transport, name):
            yield Problem("transport_unexpected", f"transport.{name}")
    yield from _known(transport, document.issued_on)
    if document.traits.carries_goods and transport.accompanies:
        yield from _complete(transport)
        yield from _stated(document, transport)


def check_stated(transport: Transport, issued_on: date) -> Problems:
    """What is wrong with a transport that is stated before its document exists, if that were
    issued on a day."""
    yield from _known(transport, issued_on)
    yield from _complete(transport)


def _known(transport: Transport, issued_on: date) -> Problems:
    yield from _form(transport)
    yield from _driver(transport)
    yield from _times(transport, issued_on)


def _form(transport: Transport) -> Problems:
    for name in PLATES:
        plate = fold_plate(getattr(transport, name))
        if plate and not is_plate(plate):
            yield Problem("plate_invalid", f"transport.{name}", {"plate": plate})
    for name in ("comuna", "origin_comuna"):
        yield from text(getattr(transport, name), f"transport.{name}", limits.COMUNA)
    for name in ("address", "city", "origin_address"):
        yield from text(getattr(transport, name), f"transport.{name}")
    if transport.carrier_rut:
        yield from taxpayer(
            transport.carrier_rut, "transport.carrier_rut", "transport_carrier_rut_missing"
        )
    if transport.origin_address and not transport.origin_comuna:
        yield Problem("transport_origin_comuna_missing", "transport.origin_comuna")


def _driver(transport: Transport) -> Problems:
    """A driver has both a RUT and a name, or is not stated."""
    if not transport.driver_rut and not transport.driver_name:
        return
    yield from taxpayer(
        transport.driver_rut, "transport.driver_rut", "transport_driver_rut_missing"
    )
    yield from text(
        transport.driver_name, "transport.driver_name", missing="transport_driver_name_missing"
    )


def _times(transport: Transport, issued_on: date) -> Problems:
    """Goods leave when the document is there, and arrive afterwards."""
    arrival = transport.arrives_on
    yield from day(arrival, "transport.arrives_on")
    if transport.departs_at is None:
        return
    departure = transport.departs_at.date()
    yield from day(departure, "transport.departs_at")
    if departure < issued_on:
        yield Problem("departure_before_issue", "transport.departs_at")
    if arrival is not None and arrival < departure:
        yield Problem("arrival_before_departure", "transport.arrives_on")
    # without an arrival a document is good on its own day alone
    if arrival is None and departure > issued_on:
        yield Problem("transport_arrives_on_missing", "transport.arrives_on")


def _complete(transport: Transport) -> Problems:
    """Each thing is given, or stated as not known, and never both."""
    not_known = set(transport.not_known)
    for name in sorted(not_known - NAMES.keys()):
        yield Problem("not_known_unknown", "transport.not_known", {"name": name})
    has_driver = bool(transport.driver_rut or transport.driver_name)
    for name, stated_as in _OBLIGATORY.items():
        # what is missing of a named driver is reported by ``_driver``
        value = getattr(transport, name) or (stated_as == "driver" and has_driver)
        if name in PLATES:
            value = fold_plate(transport.plate)
        if not value and stated_as not in not_known:
            yield Problem(f"transport_{name}_missing", f"transport.{name}")
    for name, stated_as in _STATED_AS.items():
        if stated_as in not_known and getattr(transport, name):
            yield Problem("told_and_not_known", f"transport.{name}")


def _stated(document: Document, transport: Transport) -> Problems:
    """The first line's description leaves room for the statement."""
    stated = statement(transport.not_known)
    if not document.lines or not stated:
        return
    length, limit = len(document.lines[0].description), limits.DESCRIPTION - len(stated) - 1
    if length > limit:
        data = {"limit": limit, "length": length}
        yield Problem("text_too_long", "lines[0].description", data)
