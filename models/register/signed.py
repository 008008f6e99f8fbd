from odoo import api, models
from odoo.tools import SQL

from ...sii import kinds
from .figure import Figure

_SIGNED = {
    "exempt_signed": "exempt_amount",
    "net_signed": "net_amount",
    "vat_signed": "vat_amount",
    "total_signed": "total_amount",
}


class RcvEntry(models.Model):
    """Figures that may be added up: those of credit notes are negative, which the register has in
    positive.

    Computed by the database too, for lists in groups, pivots and graphs.
    """

    _inherit = "l10n_cl.rcv.entry"

    exempt_signed = Figure("Exempt (signed)", compute="_compute_signed")
    net_signed = Figure("Net (signed)", compute="_compute_signed")
    vat_signed = Figure("VAT (signed)", compute="_compute_signed")
    total_signed = Figure("Total (signed)", compute="_compute_signed")

    @api.depends("document_type", *_SIGNED.values())
    def _compute_signed(self):
        for entry in self:
            taken_off = kinds.of(entry.document_type).is_credit_note
            for name, field in _SIGNED.items():
                figure = entry[field]
                entry[name] = -abs(figure) if figure and taken_off else figure

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in _SIGNED:
            return super()._field_to_sql(alias, field_expr, query)
        figure = super()._field_to_sql(alias, _SIGNED[field_expr], query)
        kind = super()._field_to_sql(alias, "document_type", query)
        return SQL(
            "CASE WHEN %(kind)s = ANY(%(refunds)s) THEN -abs(%(figure)s) ELSE %(figure)s END",
            kind=kind,
            refunds=list(kinds.codes(is_credit_note=True)),
            figure=figure,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Sales and purchases are never one sum: where a group has both there is none."""
        selected = super()._read_group_select(aggregate_spec, query)
        name, _colon, aggregator = aggregate_spec.partition(":")
        if aggregator != "sum" or not isinstance(self._fields[name], Figure):
            return selected
        book = self._field_to_sql(self._table, "issue_type", query)
        return SQL(
            "CASE WHEN MIN(%(book)s) = MAX(%(book)s) THEN %(sum)s END", book=book, sum=selected
        )
