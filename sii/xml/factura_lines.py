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


def adjustment(number: int, said: GlobalAdjustment) -> str:
    """DscRcgGlobal."""
    in_percent = said.percent is not None
    return group(
        "DscRcgGlobal",
        leaf("NroLinDR", number),
        leaf("TpoMov", said.movement),
        leaf("GlosaDR", said.reason, limits.ADJUSTMENT_REASON),
        leaf("TpoValor", "%" if in_percent else "$"),
        leaf("ValorDR", said.percent if in_percent else said.amount),
        leaf("IndExeDR", IndExe.EXEMPT if said.exempt else None),
    )


def reference(number: int, said: Reference) -> str:
    """Referencia."""
    return group(
        "Referencia",
        leaf("NroLinRef", number),
        leaf("TpoDocRef", said.document_type),
        leaf("IndGlobal", 1 if said.is_global else None),
        leaf("FolioRef", said.folio),
        leaf("FchRef", said.issued_on),
        leaf("CodRef", said.code),
        leaf("RazonRef", said.reason, limits.REFERENCE_REASON),
    )


def _foreign(said: ForeignLine | None) -> str:
    if said is None:
        return ""
    return group(
        "OtrMnda",
        leaf("PrcOtrMon", said.price),
        leaf("Moneda", said.currency),
        leaf("FctConv", said.rate),
        leaf("MontoItemOtrMnda", said.amount),
    )


def _line_adjustment(name: str, said: Adjustment | None) -> Iterable[str]:
    if said is None:
        return ()
    return leaf(f"{name}Pct", said.percent), leaf(f"{name}Monto", said.amount)
