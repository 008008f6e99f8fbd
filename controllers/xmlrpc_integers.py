"""Integers beyond 32 bits over XML-RPC, which has none: floats, as Odoo sends its own."""

from xmlrpc.client import MAXINT, MININT

from odoo.addons.rpc.controllers.xmlrpc import OdooMarshaller


def _dump(marshaller, value, write):
    if MININT <= value <= MAXINT:
        marshaller.dump_long(value, write)
    else:
        marshaller.dump_double(float(value), write)


# The table is there to be extended; without this entry such a number ends the whole answer.
OdooMarshaller.dispatch[int] = _dump
