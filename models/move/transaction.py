from odoo import api, fields, models

from ...sii import kinds
from ...sii.codes import TpoTranCompra, TpoTranVenta

# What the account of a line says of the whole, when nobody says more.
_FIXED_ASSET = "asset_fixed"


class AccountMove(models.Model):
    """What it is to who sells, and to who buys, by which the registers of the SII know it."""

    _inherit = "account.move"

    l10n_cl_sale_kind = fields.Selection(
        [
            (str(TpoTranVenta.BUSINESS.value), "Line of business"),
            (str(TpoTranVenta.FIXED_ASSET.value), "Fixed asset"),
            (str(TpoTranVenta.REAL_ESTATE.value), "Real estate"),
        ],
        "Kind of Sale",
        help="TpoTranVenta, by which the SII's register of sales knows what was sold. Empty: as "
        "proposed by the accounts of the lines.",
    )
    l10n_cl_purchase_kind = fields.Selection(
        [
            (str(TpoTranCompra.BUSINESS.value), "Line of business"),
            (str(TpoTranCompra.SUPERMARKET.value), "Supermarkets and the like"),
            (str(TpoTranCompra.REAL_ESTATE.value), "Real estate"),
            (str(TpoTranCompra.FIXED_ASSET.value), "Fixed asset"),
            (str(TpoTranCompra.COMMON_USE.value), "VAT of common use"),
            (str(TpoTranCompra.NO_CREDIT.value), "No right to the credit"),
            (str(TpoTranCompra.NOT_INCLUDED.value), "Not to be included"),
        ],
        "Kind of Purchase",
        help="TpoTranCompra, by which the buyer's register knows what was bought. Empty: nothing "
        "is told; in a purchase invoice, as proposed by the accounts of the lines.",
    )
    l10n_cl_transaction_text = fields.Char(
        "Proposed Kind", compute="_compute_l10n_cl_transaction_text"
    )

    @api.depends("invoice_line_ids.account_id", "move_type")
    @api.depends_context("lang")
    def _compute_l10n_cl_transaction_text(self):
        for move in self:
            name, kind = (
                ("l10n_cl_purchase_kind", move._l10n_cl_proposed_purchase())
                if move.is_purchase_document()
                else ("l10n_cl_sale_kind", move._l10n_cl_proposed_sale())
            )
            labels = dict(move._fields[name]._description_selection(move.env))
            move.l10n_cl_transaction_text = labels[str(kind.value)]

    def _l10n_cl_sale(self, kind):
        """The TpoTranVenta; None in what a buyer issues."""
        if not kinds.of(kind).states_sale or self.is_purchase_document():
            return None
        chosen = self.l10n_cl_sale_kind
        return TpoTranVenta(int(chosen)) if chosen else self._l10n_cl_proposed_sale()

    def _l10n_cl_purchase(self, kind):
        """The TpoTranCompra; None where nobody chose one, but in what a buyer issues."""
        if not kinds.of(kind).states_purchase:
            return None
        if self.l10n_cl_purchase_kind:
            return TpoTranCompra(int(self.l10n_cl_purchase_kind))
        return self._l10n_cl_proposed_purchase() if kinds.of(kind).is_purchase else None

    def _l10n_cl_proposed_sale(self):
        asset = self._l10n_cl_has_fixed_assets()
        return TpoTranVenta.FIXED_ASSET if asset else TpoTranVenta.BUSINESS

    def _l10n_cl_proposed_purchase(self):
        asset = self._l10n_cl_has_fixed_assets()
        return TpoTranCompra.FIXED_ASSET if asset else TpoTranCompra.BUSINESS

    def _l10n_cl_has_fixed_assets(self):
        types = self.invoice_line_ids.account_id.mapped("account_type")
        return _FIXED_ASSET in types
