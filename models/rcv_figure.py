"""A whole number that may be absent: in the SII's register, null is not zero."""

from odoo import fields


class Figure(fields.Integer):
    """An integer whose NULL stays NULL, wide enough for pesos.

    Odoo's own integer reads NULL as 0, and ends at 2,147 million. In Python an absent figure is
    None, to programs and screens it is empty, and SQL sums, sorts and compares it as it is.
    """

    _column_type = ("int8", "int8")
    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return self.convert_to_cache(value, record, validate)

    def convert_to_cache(self, value, record, validate=True):
        return None if value is None or value is False else int(value)

    def convert_to_record(self, value, record):
        return value

    def convert_to_read(self, value, record, use_display_name=True):
        if value is None:
            return False
        return super().convert_to_read(value, record, use_display_name)


class Code(Figure):
    """A code of the SII's: a number that nobody adds up."""

    aggregator = None
