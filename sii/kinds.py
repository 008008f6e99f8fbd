"""The types of tax documents: one row a type, with all that is particular to it.

What a type is, may or must is asked of its row: ``kinds.of(33).claimable``; the types of a trait
are ``kinds.codes(claimable=True)``. To issue one more: ``issued`` on its row and its name in
``codes.TipoDte``; what its header has that no other has, in ``document/contents.py`` and ``xml/``;
for a new ``Body`` a writer in ``dte/issue.py``; in Odoo a source of its own
(``models/dte/source_mixin.py``). There is no other set of types. The table holds all types of
PROTOCOL 5.1, those too that we do not issue and those that exist on paper alone. A code that is
none of them (801, ``HES``) has no row: ``of`` answers ``UNKNOWN``, to which every question is no.
"""

from typing import Any

from .codes import CodRef
from .kind import Body, Book, Channel, Family, Kind

__all__ = [
    "TABLE",
    "UNKNOWN",
    "Body",
    "Book",
    "Channel",
    "Family",
    "Kind",
    "codes",
    "of",
    "texts",
    "where",
]

UNKNOWN = Kind(0, "")

_OWED = frozenset(
    {Family.FACTURA, Family.LIQUIDACION, Family.BOLETA, Family.PURCHASE, Family.DEBIT_NOTE}
)
_CREDIT = frozenset({Family.CREDIT_NOTE})
_BY_CREDIT_NOTE = dict.fromkeys(CodRef, _OWED)
# A debit note annuls credit notes alone, and corrects no text.
_BY_DEBIT_NOTE = {
    CodRef.ANNULS: _CREDIT,
    CodRef.CORRECTS_TEXT: frozenset[Family](),
    CodRef.CORRECTS_AMOUNTS: _OWED | _CREDIT,
}

_SALES: dict[str, Any] = {"book": Book.SALES}
_PAPER: dict[str, Any] = {**_SALES, "changeable": True}
_BY_DTE: dict[str, Any] = {"body": Body.DOCUMENTO, "stamped": True}
_FACTURA: dict[str, Any] = {
    **_BY_DTE,
    **_SALES,
    "family": Family.FACTURA,
    "issued": True,
    "changeable": True,
    "states_sale": True,
    "states_purchase": True,
    "carries_goods": True,
    "claimable": True,
    "cedible": True,
    "receipt": True,
    "exchanged": True,
    "billed": True,
}
_BOLETA: dict[str, Any] = {
    **_SALES,
    "family": Family.BOLETA,
    "body": Body.BOLETA,
    "issued": True,
    "changeable": True,
    "max_lines": 1000,
    "summed": True,
    "only_summed": True,
    "daily_summary": True,
}
_NOTE: dict[str, Any] = {
    **_BY_DTE,
    **_SALES,
    "issued": True,
    "construction_credit": True,
    "changeable": True,
    "receipt": True,
    "exchanged": True,
    "billed": True,
    "folio_months": 6,
}
_EXPORT: dict[str, Any] = {**_SALES, "exempt": True, "export": True}
_EXPORT_DTE: dict[str, Any] = {**_EXPORT, "body": Body.EXPORTACIONES, "stamped": True}
_MONTHLY: dict[str, Any] = {"summed": True, "only_summed": True}

_ROWS = (
    # Electronic (PROTOCOL 5.1).
    Kind(
        33,
        "Factura Electrónica",
        "FAC",
        twin=34,
        vat_always=True,
        construction_credit=True,
        folio_months=6,
        **_FACTURA,
    ),
    Kind(34, "Factura no Afecta o Exenta Electrónica", "FNA", exempt=True, twin=33, **_FACTURA),
    Kind(39, "Boleta Electrónica", "BEL", twin=41, **_BOLETA),
    Kind(41, "Boleta no Afecta o Exenta Electrónica", "BXE", exempt=True, twin=39, **_BOLETA),
    Kind(
        43,
        "Liquidación Factura Electrónica",
        "FAL",
        Family.LIQUIDACION,
        Body.LIQUIDACION,
        book=Book.SALES,
        changeable=True,
        states_sale=True,
        states_purchase=True,
        claimable=True,
        cedible=True,
        exchanged=True,
        stamped=True,
        folio_months=6,
    ),
    Kind(
        46,
        "Factura de Compra Electrónica",
        "FAC",
        Family.PURCHASE,
        issued=True,
        book=Book.PURCHASES,
        changeable=True,
        states_sale=True,
        states_purchase=True,
        carries_goods=True,
        cedible=True,
        receipt=True,
        folio_months=6,
        **_BY_DTE,
    ),
    Kind(
        52,
        "Guía de Despacho Electrónica",
        "GDE",
        Family.GUIDE,
        book=Book.GUIDES,
        construction_credit=True,
        states_sale=True,
        states_purchase=True,
        carries_goods=True,
        receipt=True,
        exchanged=True,
        **_BY_DTE,
    ),
    Kind(
        56,
        "Nota de Débito Electrónica",
        "N/D",
        Family.DEBIT_NOTE,
        changes=_BY_DEBIT_NOTE,
        **_NOTE,
    ),
    Kind(
        61,
        "Nota de Crédito Electrónica",
        "N/C",
        Family.CREDIT_NOTE,
        changes=_BY_CREDIT_NOTE,
        states_sale=True,
        daily_summary=True,
        **_NOTE,
    ),
    # Abroad: no note of ours changes them, 111 and 112 do (LAW_2026 8).
    Kind(110, "Factura de Exportación Electrónica", "FCXE", Family.FACTURA, **_EXPORT_DTE),
    Kind(
        111, "Nota de Débito de Exportación Electrónica", "NDXE", Family.DEBIT_NOTE, **_EXPORT_DTE
    ),
    Kind(
        112, "Nota de Crédito de Exportación Electrónica", "NCXE", Family.CREDIT_NOTE, **_EXPORT_DTE
    ),
    # On paper, still named in notes and references.
    Kind(29, "Factura de Inicio", "FAI", Family.FACTURA, **_SALES),
    Kind(30, "Factura", "FAC", Family.FACTURA, twin=32, **_PAPER),
    Kind(32, "Factura Exenta", "FNA", Family.FACTURA, exempt=True, twin=30, **_PAPER),
    Kind(35, "Boleta", "BOL", Family.BOLETA, twin=38, **_PAPER, **_MONTHLY),
    Kind(38, "Boleta Exenta", "BEX", Family.BOLETA, exempt=True, twin=35, **_PAPER, **_MONTHLY),
    Kind(40, "Liquidación Factura", "FAL", Family.LIQUIDACION, **_PAPER),
    Kind(45, "Factura de Compra", "FAC", Family.PURCHASE, book=Book.PURCHASES, changeable=True),
    Kind(50, "Guía de Despacho", "GD", Family.GUIDE, book=Book.GUIDES),
    Kind(55, "Nota de Débito", "N/D", Family.DEBIT_NOTE, **_PAPER),
    Kind(60, "Nota de Crédito", "N/C", Family.CREDIT_NOTE, **_PAPER),
    Kind(101, "Factura de Exportación", "", Family.FACTURA, **_EXPORT),
    Kind(102, "Factura de Venta Exenta a Zona Franca Primaria", "", Family.FACTURA, exempt=True),
    Kind(103, "Liquidación", "LIQ"),
    Kind(104, "Nota de Débito de Exportación", "", Family.DEBIT_NOTE, **_EXPORT),
    Kind(105, "Boleta Liquidación", only_summed=True),
    Kind(106, "Nota de Crédito de Exportación", "", Family.CREDIT_NOTE, **_EXPORT),
    Kind(108, "Solicitud de Registro de Factura", "REG"),
    Kind(109, "Factura a Turista", "", Family.FACTURA),
    # Receipts of machines and of cards, which count as boletas and are none.
    Kind(47, "Vale Electrónico", "VEL", **_MONTHLY),
    Kind(48, "Comprobante de Pago Electrónico", "CPE", **_MONTHLY),
    # Of professionals, issued on the SII's site alone (NEXT_TYPES 5).
    Kind(70, "Boleta de Honorarios", "BHO", Family.FEES),
    Kind(71, "Boleta de Honorarios Electrónica", "BHE", Family.FEES),
    # Of the registers alone, to which only the names of their columns are known (PROTOCOL 9.1).
    Kind(906, "Boletas Venta Módulos Zona Franca", "BZF", only_summed=True),
    Kind(914, "Declaración de Ingreso (DIN)", "DIN", book=Book.PURCHASES),
    Kind(919, "Resumen Ventas de Nacionales Pasajes sin Factura", "PASJ", only_summed=True),
    Kind(920, "Otros Registros no Documentados, Aumenta Débito", only_summed=True),
    Kind(922, "Otros Registros, Disminuye Débito", only_summed=True),
    Kind(924, "Resumen Ventas de Internacionales Pasajes sin Factura", only_summed=True),
)
TABLE = {kind.text: kind for kind in _ROWS}


def of(code: object) -> Kind:
    """The row of a code, a number or its text; ``UNKNOWN`` of what is no type of tax document.

    >>> of(33).name, of("61").is_credit_note, of("801").is_note, of(False).is_note
    ('Factura Electrónica', True, False, False)
    """
    return TABLE.get(str(code), UNKNOWN)


def where(**traits: object) -> tuple[Kind, ...]:
    """The types that have all of these traits, in the order of the table.

    >>> [kind.code for kind in where(is_boleta=True, exempt=False)]
    [39]
    """
    return tuple(
        kind
        for kind in TABLE.values()
        if all(getattr(kind, name) == wanted for name, wanted in traits.items())
    )


def codes(**traits: object) -> tuple[int, ...]:
    """Their codes as numbers."""
    return tuple(kind.code for kind in where(**traits))


def texts(**traits: object) -> tuple[str, ...]:
    """Their codes as text, which references and Odoo's document types have."""
    return tuple(kind.text for kind in where(**traits))
