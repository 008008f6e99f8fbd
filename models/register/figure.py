"""A whole number that may be absent: in the SII's register, null is not zero."""

from ..base.big_integer import BigInteger


class Figure(BigInteger):
    """An integer whose NULL stays NULL, wide enough for pesos.

    Odoo's own integer reads NULL as 0. In Python an absent figure is None, to programs and screens
    it is empty, and SQL sums, sorts and compares it as it is.
    """

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return self._within(self.convert_to_cache(value, record, validate), record)

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
