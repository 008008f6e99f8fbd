"""Sums over wide integers are returned as the integers that they are of."""

from odoo import models

from .big_integer import BigInteger


class Base(models.AbstractModel):
    """PostgreSQL sums 64 bits as numeric, which reaches Python as a float."""

    _inherit = "base"

    def _read_group_postprocess_aggregate(self, aggregate_spec, raw_values):
        values = super()._read_group_postprocess_aggregate(aggregate_spec, raw_values)
        name, _separator, function = aggregate_spec.partition(":")
        if function in ("sum", "min", "max") and isinstance(self._fields.get(name), BigInteger):
            return (int(value) if value else value for value in values)
        return values
