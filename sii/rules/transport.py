"""Transporte (PROTOCOL 5.3, 5.4). Names and addresses are clipped by the writer."""

from ..codes import NOTE_KINDS
from ..document import Document, Transport
from ..errors import Problem
from .values import Problems, taxpayer, text

PLATE_LIMIT = 8
COMUNA_LIMIT = 20


def check(document: Document) -> Problems:
    """Rules of who carries the goods; notes carry none, so they name no vehicle."""
    transport = document.transport
    if transport is None:
        return
    for name in ("plate", "carrier_rut", "dispatch"):
        if document.kind in NOTE_KINDS and getattr(transport, name):
            yield Problem("transport_unexpected", f"transport.{name}")
    yield from text(transport.plate, "transport.plate", PLATE_LIMIT)
    yield from text(transport.comuna, "transport.comuna", COMUNA_LIMIT)
    for name in ("address", "city"):
        yield from text(getattr(transport, name), f"transport.{name}")
    if transport.carrier_rut:
        yield from taxpayer(
            transport.carrier_rut, "transport.carrier_rut", "transport_carrier_rut_missing"
        )
    yield from _driver(transport)


def _driver(transport: Transport) -> Problems:
    """A driver has both a RUT and a name, or is not told."""
    if not transport.driver_rut and not transport.driver_name:
        return
    yield from taxpayer(
        transport.driver_rut, "transport.driver_rut", "transport_driver_rut_missing"
    )
    yield from text(
        transport.driver_name, "transport.driver_name", missing="transport_driver_name_missing"
    )
