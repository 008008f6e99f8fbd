"""Lines of the register as the portal exports them (PROTOCOL 9.1)."""

from collections.abc import Iterator
from typing import Any

_TAXES = ("codigo", "valor", "tasa")
_PURCHASE = (
    ("Tipo Doc", "detTipoDoc"),
    ("Tipo Compra", "descTipoTransaccion"),
    ("RUT Proveedor", "rut"),
    ("Razon Social", "detRznSoc"),
    ("Folio", "detNroDoc"),
    ("Fecha Docto", "detFchDoc"),
    ("Fecha Recepcion", "detFecRecepcion"),
    ("Fecha Acuse", "detFecAcuse"),
    ("Fecha Reclamo", "detFecReclamado"),
    ("Monto Exento", "detMntExe"),
    ("Monto Neto", "detMntNeto"),
    ("Monto IVA Recuperable", "detMntIVA"),
    ("Monto Iva No Recuperable", "detMntIVANoRec"),
    ("Codigo IVA No Rec.", "detMntCodNoRec"),
    ("Monto Total", "detMntTotal"),
    ("Monto Neto Activo Fijo", "detMntActFijo"),
    ("IVA Activo Fijo", "detMntIVAActFijo"),
    ("IVA uso Comun", "detIVAUsoComun"),
    ("Impto. Sin Derecho a Credito", "detMntSinCredito"),
    ("IVA No Retenido", "detIVANoRetenido"),
    ("Tabacos Puros", "detTabPuros"),
    ("Tabacos Cigarrillos", "detTabCigarrillos"),
    ("Tabacos Elaborados", "detTabElaborado"),
    ("NCE o NDE sobre Fact. de Compra", "detEmisorNota"),
    ("Codigo Otro Impuesto", "codigo"),
    ("Valor Otro Impuesto", "valor"),
    ("Tasa Otro Impuesto", "tasa"),
)
_ABSENT = {
    "REGISTRO": {"Fecha Reclamo"},
    "NO_INCLUIR": {"Fecha Reclamo", "Tabacos Puros", "Tabacos Cigarrillos", "Tabacos Elaborados"},
    "RECLAMADO": {"Fecha Acuse", "Tabacos Puros", "Tabacos Cigarrillos", "Tabacos Elaborados"},
    "PENDIENTE": {
        "Fecha Acuse",
        "Fecha Reclamo",
        "Tabacos Puros",
        "Tabacos Cigarrillos",
        "Tabacos Elaborados",
    },
}
_SALE = (
    ("Tipo Doc", "detTipoDoc"),
    ("Tipo Venta", "descTipoTransaccion"),
    ("Rut cliente", "rut"),
    ("Razon Social", "detRznSoc"),
    ("Folio", "detNroDoc"),
    ("Fecha Docto", "detFchDoc"),
    ("Fecha Recepcion", "detFecRecepcion"),
    ("Fecha Acuse Recibo", "detFecAcuse"),
    ("Fecha Reclamo", "detFecReclamado"),
    ("Monto Exento", "detMntExe"),
    ("Monto Neto", "detMntNeto"),
    ("Monto IVA", "detMntIVA"),
    ("Monto total", "detMntTotal"),
    ("IVA Retenido Total", "detIVARetTotal"),
    ("IVA Retenido Parcial", "detIVARetParcial"),
    ("IVA no retenido", "detIVANoRetenido"),
    ("IVA propio", "detIVAPropio"),
    ("IVA Terceros", "detIVATerceros"),
    ("RUT Emisor Liquid. Factura", "rutLiq"),
    ("Neto Comision Liquid. Factura", "detLiqValComNeto"),
    ("Exento Comision Liquid. Factura", "detLiqValComExe"),
    ("IVA Comision Liquid. Factura", "detLiqValComIVA"),
    ("IVA fuera de plazo", "detIVAFueraPlazo"),
    ("Tipo Docto. Referencia", "detTipoDocRef"),
    ("Folio Docto. Referencia", "detFolioDocRef"),
    ("Num. Ident. Receptor Extranjero", "detExpNumId"),
    ("Nacionalidad Receptor Extranjero", "detExpNacionalidad"),
    ("Credito empresa constructora", "detCredEc"),
    ("Impto. Zona Franca (Ley 18211)", "detLey18211"),
    ("Garantia Dep. Envases", "detDepEnvase"),
    ("Indicador Venta sin Costo", "detIndSinCosto"),
    ("Indicador Servicio Periodico", "detIndServicio"),
    ("Monto No facturable", "detMntNoFact"),
    ("Total Monto Periodo", "detMntPeriodo"),
    ("Venta Pasajes Transporte Nacional", "detPsjNac"),
    ("Venta Pasajes Transporte Internacional", "detPsjInt"),
    ("Numero Interno", "detNumInt"),
    ("Codigo Sucursal", "detCdgSIISucur"),
    ("NCE o NDE sobre Fact. de Compra", "detEmisorNota"),
    ("Codigo Otro Imp.", "codigo"),
    ("Valor Otro Imp.", "valor"),
    ("Tasa Otro Imp.", "tasa"),
)


def lines(operacion: str, estado: str, documents: list[dict[str, Any]]) -> list[str]:
    """Header and rows; a document with several further taxes takes several."""
    columns = _SALE if operacion == "VENTA" else _PURCHASE
    if operacion == "COMPRA":
        columns = [column for column in columns if column[0] not in _ABSENT[estado]]
    header = ";".join(["Nro", *(name for name, _key in columns)])
    return [header, *_rows(columns, documents)]


def _rows(columns: Any, documents: list[dict[str, Any]]) -> Iterator[str]:
    for number, document in enumerate(documents, start=1):
        taxes = document.get("otros") or [{}]
        rut = f"{document.get('detRutDoc', '')}-{document.get('detDvDoc', '')}"
        whole = {**document, **taxes[0], "rut": rut, "rutLiq": "-"}
        yield _row(str(number), [whole.get(key) for _name, key in columns])
        for tax in taxes[1:]:
            yield _row("", [tax.get(key) if key in _TAXES else None for _name, key in columns])


def _row(number: str, values: list[Any]) -> str:
    return ";".join([number, *("" if value is None else str(value) for value in values), ""])
