"""What a document states, in our words: its contents, the SII's arithmetic over them, and what the
formats make obligatory.

Knows only the ground floor (codes, errors, clock, text, rut). Neither XML nor keys.
"""

from .contents import (
    Adjustment,
    Document,
    ForeignLine,
    ForeignTax,
    ForeignTotals,
    GlobalAdjustment,
    Instalment,
    Issuer,
    ItemCode,
    Line,
    Receiver,
    Reference,
    TaxTotal,
    Totals,
    Transport,
)

__all__ = [
    "Adjustment",
    "Document",
    "ForeignLine",
    "ForeignTax",
    "ForeignTotals",
    "GlobalAdjustment",
    "Instalment",
    "Issuer",
    "ItemCode",
    "Line",
    "Receiver",
    "Reference",
    "TaxTotal",
    "Totals",
    "Transport",
]
