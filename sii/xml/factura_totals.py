"""Totales and OtraMoneda, in schema order (PROTOCOL 5.3)."""

from ..document import ForeignTotals, Totals
from .writer import group, leaf


def totals(said: Totals) -> str:
    """Totales. MontoPeriodo is written where something adds to the total, as it follows from it."""
    unbilled = said.not_billable is not None
    period = said.total + (said.not_billable or 0)
    return group(
        "Totales",
        leaf("MntNeto", said.net),
        leaf("MntExe", said.exempt),
        leaf("MntBase", said.slaughter_base),
        leaf("TasaIVA", said.vat_rate),
        leaf("IVA", said.vat),
        *(
            group(
                "ImptoReten",
                leaf("TipoImp", tax.code),
                leaf("TasaImp", tax.rate),
                leaf("MontoImp", tax.amount),
            )
            for tax in said.taxes
        ),
        leaf("IVANoRet", said.vat_not_withheld),
        leaf("CredEC", said.construction_credit),
        leaf("GrntDep", said.deposits),
        leaf("MntTotal", said.total),
        leaf("MontoNF", said.not_billable),
        leaf("MontoPeriodo", period if unbilled or said.payable is not None else None),
        leaf("SaldoAnterior", said.previous_balance),
        leaf("VlrPagar", said.payable),
    )


def foreign(said: ForeignTotals | None) -> str:
    """OtraMoneda, or nothing."""
    if said is None:
        return ""
    return group(
        "OtraMoneda",
        leaf("TpoMoneda", said.currency),
        leaf("TpoCambio", said.rate),
        leaf("MntNetoOtrMnda", said.net),
        leaf("MntExeOtrMnda", said.exempt),
        leaf("IVAOtrMnda", said.vat),
        *(
            group(
                "ImpRetOtrMnda",
                leaf("TipoImpOtrMnda", tax.code),
                leaf("TasaImpOtrMnda", tax.rate),
                leaf("VlrImpOtrMnda", tax.amount),
            )
            for tax in said.taxes
        ),
        leaf("MntTotOtrMnda", said.total),
    )
