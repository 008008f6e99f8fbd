"""Where documents of ours differ from the table of obligations, and why: path and types, reason."""

INVOICES, FACTURAS, BOLETAS = "33 34 46", "33 34 46 56 61", "39 41"
AGENT = "agents of retention and their consumer prices are not offered"
SECOND = "the law counts in pesos: of another currency the total alone is asked for"
REPRICED = "notes and invoices state quantity, unit and price; what they were before is not written"
COMMISSIONS = "commissions are a liquidación's, which is not offered yet"
EXEMPT = (
    "what is exempt of VAT has neither VAT nor other taxes: rule vat_unexpected, tax_not_for_kind"
)
EVENTS = "tickets of others' events are refused: rule event_ticket_unsupported"
WOOD = "the wood trade's data is not offered; asked for within ManejoMadera alone"
SUBTOTALS = "informative subtotals are not offered; asked for within SubTotInfo alone"

_WOOD = (
    *("ComunaRolOrigen", "MnzRolOrigen", "PrdRolOrigen"),
    *("ComunaRolDestino", "MnzRolDestino", "PrdRolDestino", "CodPlanConaf"),
    *("LatitudOrigenMadera", "LongitudOrigenMadera"),
    *("LatitudDestinoMadera", "LongitudDestinoMadera", "SistemareferenciaMadera"),
)
_TOTALS, _OTHER = "Encabezado/Totales", "Encabezado/OtraMoneda"

UNWRITTEN = {
    ("Comisiones", "46 56 61"): COMMISSIONS,
    (f"{_TOTALS}/Comisiones/ValComNeto", "46 56 61"): COMMISSIONS,
    (f"{_TOTALS}/Comisiones/ValComExe", "46 56 61"): COMMISSIONS,
    (f"{_TOTALS}/Comisiones/ValComIVA", "46 56 61"): COMMISSIONS,
    ("Detalle/CodImpAdic", "34"): EXEMPT,
    (f"{_TOTALS}/IVA", "34"): EXEMPT,
    (f"{_TOTALS}/TasaIVA", "34"): EXEMPT,
    (f"{_TOTALS}/ImptoReten", "34"): EXEMPT,
    (f"{_TOTALS}/ImptoReten/TipoImp", "34"): EXEMPT,
    (f"{_TOTALS}/ImptoReten/TasaImp", "34"): EXEMPT,
    (f"{_TOTALS}/ImptoReten/MontoImp", "34"): EXEMPT,
    (f"{_OTHER}/IVAOtrMnda", "34"): EXEMPT,
    (f"{_OTHER}/ImpRetOtrMnda", "34"): EXEMPT,
    (f"{_OTHER}/ImpRetOtrMnda/TipoImpOtrMnda", "34"): EXEMPT,
    (f"{_OTHER}/ImpRetOtrMnda/TasaImpOtrMnda", "34"): EXEMPT,
    (f"{_OTHER}/ImpRetOtrMnda/VlrImpOtrMnda", "34"): EXEMPT,
    ("Encabezado/IdDoc/MntBruto", "34 46"): "gross prices are those of sales with VAT",
    ("Detalle/Retenedor/IndAgente", "33 56 61"): AGENT,
    ("Detalle/Retenedor/MntBaseFaena", "33 46 56 61"): AGENT,
    ("Detalle/Retenedor/MntMargComer", "33 46 56 61"): AGENT,
    ("Detalle/Retenedor/PrcConsFinal", "33 56 61"): AGENT,
    (f"{_TOTALS}/MntMargenCom", "33 56 61"): AGENT,
    (f"{_OTHER}/MntMargComOtrMnda", "33 56 61"): AGENT,
    ("Detalle/QtyRef", "33 46 56 61"): REPRICED,
    ("Detalle/UnmdRef", "33 46 56 61"): REPRICED,
    ("Detalle/PrcRef", "33 46 56 61"): REPRICED,
    ("Detalle/ItemEspectaculo", BOLETAS): EVENTS,
    ("Detalle/InfoTicket", BOLETAS): EVENTS,
    ("Detalle/RUTMandante", BOLETAS): EVENTS,
    ("Encabezado/RUTMandante", "33 34 56 61"): "invoicing for a principal is not offered yet",
    ("Encabezado/RUTSolicita", FACTURAS): "invoices asked for by another RUT are not offered yet",
    ("Referencia/RUTOtr", "46 56 61"): "references to documents of other issuers are not offered",
    ("SubTotInfo/NroSTI", f"{FACTURAS} {BOLETAS}"): SUBTOTALS,
    ("SubTotInfo/GlosaSTI", f"{FACTURAS} {BOLETAS}"): SUBTOTALS,
} | {(f"ManejoMadera/{name}", "33"): WOOD for name in _WOOD}
"""No document of the type states it."""

UNKEPT = {
    ("Detalle/IndExe", "34 41"): "their type shows already that all is exempt",
    ("DscRcgGlobal/IndExeDR", "34 41"): "their type shows already that all is exempt",
    ("Detalle/OtrMnda/FctConv", FACTURAS): "the rate is written once, in OtraMoneda",
    ("Detalle/OtrMnda/MontoItemOtrMnda", FACTURAS): "a line in another currency always has it",
    ("Detalle/PrcItem", f"{FACTURAS} {BOLETAS}"): "a line may be nothing but its amount",
    ("Detalle/UnmdItem", "33 46 56 61"): "only who sells knows in what goods are counted",
    ("Detalle/RecargoPct", INVOICES): "a surcharge may be an amount: rule of RecargoMonto",
    (
        "Encabezado/Emisor/CdgSIISucur",
        FACTURAS,
    ): "of who has branches: data of the journal's branch",
    ("Encabezado/IdDoc/FchVenc", "33 34"): "without a day it is due at once",
    ("Encabezado/IdDoc/FmaPago", FACTURAS): "absent is credit: models/move/terms.py",
    ("Encabezado/IdDoc/IndServicio", FACTURAS): "only who sells knows that a service is periodic",
    ("Encabezado/IdDoc/TipoDespacho", INVOICES): "who dispatches may be stated with the rest",
    ("Encabezado/Transporte", FACTURAS): "a person states that goods travel: "
    "models/transport/account_move.py asks, and then its fields are kept one by one",
    ("Encabezado/Transporte/PatenteCarro", INVOICES): "without a trailer none is mentioned",
    (f"{_OTHER}/IVAOtrMnda", "33 46 56 61"): SECOND,
    (f"{_OTHER}/ImpRetOtrMnda", "33 46 56 61"): SECOND,
    (f"{_OTHER}/ImpRetOtrMnda/TasaImpOtrMnda", "33 46 56 61"): SECOND,
    ("Encabezado/RUTProvSW", BOLETAS): "the writer puts the issuer's where none is given",
    ("Referencia", INVOICES): "what an invoice cites is agreed with its buyer",
    ("Referencia/IndGlobal", FACTURAS): "several documents may be cited one by one instead",
}
"""Conditional, and neither a rule nor the schema refuses a document without it."""

UNPRINTED = {
    ("Detalle/OtrMnda/MontoItemOtrMnda", FACTURAS): "lines are printed in pesos, totals in both",
}
"""In the XML, and not in the print."""

UNJUDGED: dict[tuple[str, str], str] = {}
"""Obligatory, and the simulator does not object when it is missing."""
