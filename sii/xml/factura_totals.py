"""Totales and OtraMoneda, in schema order (PROTOCOL 5.3)."""

from ..document import ForeignTotals, Totals
from .writer import group, leaf


def totals(values: Totals) -> str:
    """Totales. MontoPeriodo is written where something adds to the total, as it follows from it."""
    unbilled = values.not_billable is not None
    period = values.total + (values.not_billable or 0)
    return group(
        "Totales",
        leaf("MntNeto", values.net),
        leaf("MntExe", values.exempt),
        leaf("MntBase", values.slaughter_base),
        leaf("TasaIVA", values.vat_rate),
        leaf("IVA", values.vat),
        *(
            group(
                "ImptoReten",
                leaf("TipoImp", tax.code),
                leaf("TasaImp", tax.rate),
                leaf("MontoImp", tax.amount),
            )
            for tax in values.taxes
        ),
        leaf("IVANoRet", values.vat_not_withheld),
        leaf("CredEC", values.construction_credit),
        leaf("GrntDep", values.deposits),
        leaf("MntTotal", values.total),
        leaf("MontoNF", values.not_billable),
        leaf("MontoPeriodo", period if unbilled or values.payable is not None else None),
        leaf("SaldoAnterior", values.previous_balance),
        leaf("VlrPagar", values.payable),
    )


def foreign(values: ForeignTotals | None) -> str:
    """OtraMoneda, or nothing."""
    if values is None:
        return ""
    return group(
        "OtraMoneda",
        leaf("TpoMoneda", values.currency),
        leaf("TpoCambio", values.rate),
        leaf("MntNetoOtrMnda", values.net),
        leaf("MntExeOtrMnda", values.exempt),
        leaf("IVAOtrMnda", values.vat),
        *(
            group(
                "ImpRetOtrMnda",
                leaf("TipoImpOtrMnda", tax.code),
                leaf("TasaImpOtrMnda", tax.rate),
                leaf("VlrImpOtrMnda", tax.amount),
            )
            for tax in values.taxes
        ),
        leaf("MntTotOtrMnda", values.total),
    )
