"""What follows the Encabezado: Detalle, DscRcgGlobal and Referencia, in schema order (5.3)."""

from collections.abc import Iterable

from ..codes import IndExe
from ..document import Adjustment, ForeignLine, GlobalAdjustment, Line, Reference, limits
from .writer import group, leaf


def detail(number: int, line: Line) -> str:
    """Detalle."""
    return group(
        "Detalle",
        leaf("NroLinDet", number),
        *(
            group(
                "CdgItem",
                leaf("TpoCodigo", code.kind, limits.ITEM_CODE_KIND),
                leaf("VlrCodigo", code.value, limits.ITEM_CODE),
            )
            for code in line.codes
        ),
        leaf("IndExe", line.exempt),
        group("Retenedor", leaf("IndAgente", "R" if line.withheld else None)),
        leaf("NmbItem", line.name, limits.ITEM_NAME),
        leaf("DscItem", line.description, limits.DESCRIPTION),
        leaf("QtyItem", line.quantity),
        leaf("UnmdItem", line.unit, limits.UNIT),
        leaf("PrcItem", line.unit_price),
        _foreign(line.foreign),
        *_line_adjustment("Descuento", line.discount),
        *_line_adjustment("Recargo", line.surcharge),
        *(leaf("CodImpAdic", code) for code in line.additional_taxes),
        leaf("MontoItem", line.amount),
    )


def adjustment(number: int, values: GlobalAdjustment) -> str:
    """DscRcgGlobal."""
    in_percent = values.percent is not None
    return group(
        "DscRcgGlobal",
        leaf("NroLinDR", number),
        leaf("TpoMov", values.movement),
        leaf("GlosaDR", values.reason, limits.ADJUSTMENT_REASON),
        leaf("TpoValor", "%" if in_percent else "$"),
        leaf("ValorDR", values.percent if in_percent else values.amount),
        leaf("IndExeDR", IndExe.EXEMPT if values.exempt else None),
    )


def reference(number: int, values: Reference) -> str:
    """Referencia."""
    return group(
        "Referencia",
        leaf("NroLinRef", number),
        leaf("TpoDocRef", values.document_type),
        leaf("IndGlobal", 1 if values.is_global else None),
        leaf("FolioRef", values.folio),
        leaf("FchRef", values.issued_on),
        leaf("CodRef", values.code),
        leaf("RazonRef", values.reason, limits.REFERENCE_REASON),
    )


def _foreign(values: ForeignLine | None) -> str:
    if values is None:
        return ""
    return group(
        "OtrMnda",
        leaf("PrcOtrMon", values.price),
        leaf("Moneda", values.currency),
        leaf("FctConv", values.rate),
        leaf("MontoItemOtrMnda", values.amount),
    )


def _line_adjustment(name: str, values: Adjustment | None) -> Iterable[str]:
    if values is None:
        return ()
    return leaf(f"{name}Pct", values.percent), leaf(f"{name}Monto", values.amount)
