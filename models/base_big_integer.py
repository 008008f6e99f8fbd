"""Whole numbers of 64 bits: pesos, folios, codes and numbers that strangers gave."""

from xmlrpc.client import MAXINT

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.http import request

# Every amount of the SII's schemas has at most 18 digits (MontoType); int8 holds them all.
LARGEST = 10**18 - 1


def told(value):
    """``value`` as the caller's protocol can carry it.

    JSON carries integers of any size. XML-RPC has 32 bits for them, so that larger ones go as
    floats there, as Odoo sends them.
    """
    if isinstance(value, int) and not -MAXINT <= value <= MAXINT and _by_xmlrpc():
        return float(value)
    return value


def _by_xmlrpc():
    return bool(request) and request.httprequest.path.startswith("/xmlrpc/")


class BigInteger(fields.Integer):
    """An integer of up to 18 digits. Odoo's own ends at 2,147,483,647.

    A larger one raises ValidationError when it is written. Read over JSON it is an integer,
    over XML-RPC a float (see ``told``).
    """

    _column_type = ("int8", "int8")

    def convert_to_column(self, value, record, values=None, validate=True):
        return self._within(super().convert_to_column(value, record, values, validate), record)

    def convert_to_read(self, value, record, use_display_name=True):
        return told(value)

    def _within(self, value, record):
        if value is not None and not -LARGEST <= value <= LARGEST:
            raise ValidationError(
                record.env._(
                    "“%s” holds at most 18 digits, as amounts do at the SII: write fewer.",
                    self._description_string(record.env),
                )
            )
        return value
