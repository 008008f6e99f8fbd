"""What a document is to who sells, and to who buys, by which the registers of the SII know it."""

from ...sii import kinds
from ...sii.codes import TpoTranCompra, TpoTranVenta

# What the account of a line means for the whole, when nobody states more.
_FIXED_ASSET = "asset_fixed"


def sale_of(move, kind):
    """The TpoTranVenta; None in what a buyer issues."""
    if not kinds.of(kind).states_sale or move.is_purchase_document():
        return None
    chosen = move.l10n_cl_sale_kind
    return TpoTranVenta(int(chosen)) if chosen else proposed_sale(move)


def purchase_of(move, kind):
    """The TpoTranCompra; None where nobody chose one, but in what a buyer issues."""
    if not kinds.of(kind).states_purchase:
        return None
    if move.l10n_cl_purchase_kind:
        return TpoTranCompra(int(move.l10n_cl_purchase_kind))
    return proposed_purchase(move) if kinds.of(kind).is_purchase else None


def proposed_sale(move):
    asset = _has_fixed_assets(move)
    return TpoTranVenta.FIXED_ASSET if asset else TpoTranVenta.BUSINESS


def proposed_purchase(move):
    asset = _has_fixed_assets(move)
    return TpoTranCompra.FIXED_ASSET if asset else TpoTranCompra.BUSINESS


def _has_fixed_assets(move):
    types = move.invoice_line_ids.account_id.mapped("account_type")
    return _FIXED_ASSET in types
