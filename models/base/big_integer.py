"""Whole numbers of 64 bits: pesos, folios, codes and numbers that strangers gave."""

from odoo import fields
from odoo.exceptions import ValidationError

# Every amount of the SII's schemas has at most 18 digits (MontoType); int8 holds them all.
LARGEST = 10**18 - 1


class BigInteger(fields.Integer):
    """An integer of up to 18 digits. Odoo's own ends at 2,147,483,647.

    A larger one raises ValidationError when it is written. Programs read integers, where Odoo's
    own field makes floats of large ones; XML-RPC, which cannot carry them, still gets floats
    (``controllers/xmlrpc_integers.py``).
    """

    _column_type = ("int8", "int8")

    def convert_to_column(self, value, record, values=None, validate=True):
        try:
            column = super().convert_to_column(value, record, values, validate)
        except (OverflowError, TypeError, ValueError) as error:
            raise self._no_number(record) from error
        return self._within(column, record)

    def convert_to_cache(self, value, record, validate=True):
        try:
            return super().convert_to_cache(value, record, validate)
        except (OverflowError, TypeError, ValueError) as error:
            raise self._no_number(record) from error

    def _no_number(self, record):
        """JSON has NaN and Infinity too, and whoever calls may send anything else."""
        label = self._description_string(record.env)
        return ValidationError(record.env._("“%s” is a whole number: write one.", label))

    def convert_to_read(self, value, record, use_display_name=True):
        return value

    def _within(self, value, record):
        if value is not None and not -LARGEST <= value <= LARGEST:
            raise ValidationError(
                record.env._(
                    "“%s” holds at most 18 digits, as amounts do at the SII: write fewer.",
                    self._description_string(record.env),
                )
            )
        return value
