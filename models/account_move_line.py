from odoo import models


class AccountMoveLine(models.Model):
    """What l10n_cl prints of a line."""

    _inherit = "account.move.line"

    def _l10n_cl_get_line_amounts(self):
        """Facturas with gross lines print them gross; of boletas l10n_cl knows it already."""
        values = super()._l10n_cl_get_line_amounts()
        move = self.move_id
        if (
            not self.price_subtotal
            or move.l10n_latam_document_type_id._is_doc_type_electronic_ticket()
            or not (move._l10n_cl_is_electronic() and move._l10n_cl_is_gross())
        ):
            return values
        with_vat = self.price_total / self.price_subtotal
        names = ("price_item_document", "price_line_document", "total_discount")
        return {**values, **{name: values[name] * with_vat for name in names}}
