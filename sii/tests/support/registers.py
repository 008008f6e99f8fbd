"""CSV files of the register in the SII's own shape, made for the tests that read them."""

SUPPLIER = "96790240-3"

_REGISTRO = (
    "Nro;Tipo Doc;Tipo Compra;RUT Proveedor;Razon Social;Folio;Fecha Docto;Fecha Recepcion;"
    "Fecha Acuse;Monto Exento;Monto Neto;Monto IVA Recuperable;Monto Iva No Recuperable;"
    "Codigo IVA No Rec.;Monto Total;Monto Neto Activo Fijo;IVA Activo Fijo;IVA uso Comun;"
    "Impto. Sin Derecho a Credito;IVA No Retenido;Tabacos Puros;Tabacos Cigarrillos;"
    "Tabacos Elaborados;NCE o NDE sobre Fact. de Compra;Codigo Otro Impuesto;"
    "Valor Otro Impuesto;Tasa Otro Impuesto"
)
_NO_INCLUIR = _REGISTRO.replace("Tabacos Puros;Tabacos Cigarrillos;Tabacos Elaborados;", "")
HEADERS = {
    "COMPRA_REGISTRO": _REGISTRO,
    "COMPRA_NO_INCLUIR": _NO_INCLUIR,
    "COMPRA_RECLAMADO": _NO_INCLUIR.replace("Fecha Acuse", "Fecha Reclamo"),
    "COMPRA_PENDIENTE": _NO_INCLUIR.replace("Fecha Acuse;", ""),
    "VENTA": (
        "Nro;Tipo Doc;Tipo Venta;Rut cliente;Razon Social;Folio;Fecha Docto;Fecha Recepcion;"
        "Fecha Acuse Recibo;Fecha Reclamo;Monto Exento;Monto Neto;Monto IVA;Monto total;"
        "IVA Retenido Total;IVA Retenido Parcial;IVA no retenido;IVA propio;IVA Terceros;"
        "RUT Emisor Liquid. Factura;Neto Comision Liquid. Factura;"
        "Exento Comision Liquid. Factura;IVA Comision Liquid. Factura;IVA fuera de plazo;"
        "Tipo Docto. Referencia;Folio Docto. Referencia;Num. Ident. Receptor Extranjero;"
        "Nacionalidad Receptor Extranjero;Credito empresa constructora;"
        "Impto. Zona Franca (Ley 18211);Garantia Dep. Envases;Indicador Venta sin Costo;"
        "Indicador Servicio Periodico;Monto No facturable;Total Monto Periodo;"
        "Venta Pasajes Transporte Nacional;Venta Pasajes Transporte Internacional;Numero Interno;"
        "Codigo Sucursal;NCE o NDE sobre Fact. de Compra;Codigo Otro Imp.;Valor Otro Imp.;"
        "Tasa Otro Imp."
    ),
    "RESUMEN": "Tipo Documento;Total Documentos;Monto Exento;Monto Neto;Monto IVA;Monto Total",
}
"""As the published files have them."""


def columns(listing: str) -> list[str]:
    """The names of a list's columns, as the SII writes them."""
    return HEADERS[listing].split(";")


_COMMON = {
    "Tipo Doc": "33",
    "Tipo Compra": "Del Giro",
    "Tipo Venta": "Del Giro",
    "RUT Proveedor": SUPPLIER,
    "Rut cliente": SUPPLIER,
    "Razon Social": "Distribuidora Peñalolén Ltda.",
    "Fecha Docto": "05/06/2026",
    "Fecha Recepcion": "06/06/2026 09:30:15",
    "Monto Exento": "0",
    "Monto Neto": "10000",
    "Monto IVA": "1900",
    "Monto IVA Recuperable": "1900",
    "Monto Total": "11900",
    "Monto total": "11900",
}


def line(listing: str, number: int = 1, **cells: str) -> str:
    """One document; ``cells`` by the column's name."""
    values = {**_COMMON, "Nro": str(number), "Folio": str(1000 + number), **cells}
    # data rows end with one delimiter more than the header
    return ";".join(values.get(name, "") for name in columns(listing)) + ";"


def file(listing: str, *lines: str, encoding: str = "utf-8") -> bytes:
    """A file of the portal, with one document unless lines are given."""
    text = "\r\n".join([";".join(columns(listing)), *(lines or [line(listing)]), ""])
    return text.encode(encoding)
