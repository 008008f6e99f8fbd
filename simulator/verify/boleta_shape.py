"""EnvioBOLETA and its boletas, element by element (PROTOCOL 4.4, 6.1)."""

from .grammar import Grammar

_PARTS = {
    "EnvioBOLETA": "SetDTE:@SetDTE Signature:&",
    "SetDTE": "Caratula:@Caratula DTE+500:@DTE",
    "Caratula": (
        "RutEmisor:rut RutEnvia:rut RutReceptor:rut FchResol:date NroResol:n6 TmstFirmaEnv:time "
        "SubTotDTE+2:@SubTotDTE"
    ),
    "SubTotDTE": "TpoDTE:{39,41} NroDTE:n10",
    "DTE": "Documento:@Documento Signature:&",
    "Documento": (
        "Encabezado:@Encabezado Detalle*1000:@Detalle SubTotInfo*20:# "
        "DscRcgGlobal*20:@DscRcgGlobal Referencia*40:@Referencia "
        "GeoRefEmision?:@GeoRefEmision TED:@TED TmstFirma:time"
    ),
    "Encabezado": (
        "IdDoc:@IdDoc Emisor:@Emisor Receptor:@Receptor RUTProvSW?:rut Totales:@Totales"
    ),
    "IdDoc": (
        "TipoDTE:{39,41} Folio:n10 FchEmis:date IndServicio:{1,2,3,4} IndMntNeto?:{2} "
        "PeriodoDesde?:date PeriodoHasta?:date FchVenc?:date MedioPago?:{1,2,3,4,5}"
    ),
    "Emisor": (
        "RUTEmisor:rut RznSocEmisor?:a100 GiroEmisor?:a80 CdgSIISucur?:n9 DirOrigen?:a70 "
        "CmnaOrigen?:a20 CiudadOrigen?:a20"
    ),
    "Receptor": (
        "RUTRecep:rut CdgIntRecep?:a20 RznSocRecep?:a100 Contacto?:a80 CorreoRecep?:a80 "
        "TelefonoRecep?:a20 DirRecep?:a70 CmnaRecep?:a20 CiudadRecep?:a20 DirPostal?:a70 "
        "CmnaPostal?:a20 CiudadPostal?:a20"
    ),
    "Totales": (
        "MntNeto?:m MntExe?:m IVA?:m MntTotal:m MontoNF?:v TotalPeriodo?:v SaldoAnterior?:v "
        "VlrPagar?:v"
    ),
    "Detalle": (
        "NroLinDet:n4 CdgItem*5:@CdgItem IndExe?:{1,2,6} ItemEspectaculo?:# RUTMandante?:rut "
        "NmbItem:a80 InfoTicket?:# DscItem?:a1000 QtyItem?:d12.6 UnmdItem?:a4 PrcItem?:d12.6 "
        "DescuentoPct?:p DescuentoMonto?:m RecargoPct?:p RecargoMonto?:m MontoItem:m"
    ),
    "CdgItem": "TpoCodigo:a10 VlrCodigo:a35",
    "DscRcgGlobal": (
        "NroLinDR:n2 TpoMov:{D,R} GlosaDR?:a45 TpoValor:{%,$} ValorDR:d16.2 IndExeDR?:{1,2}"
    ),
    "Referencia": (
        "NroLinRef:n2 TpoDocRef?:a3 FolioRef?:a18 CodRef?:a18 RazonRef?:a90 CodVndor?:a8 "
        "CodCaja?:a8"
    ),
    "GeoRefEmision": "LatitudEmision:a30 LongitudEmision:a30 SistemaReferencia:n1",
    "TED": "DD:@DD FRMT:b64",
    "DD": ("RE:rut TD:{39,41} F:n10 FE:date RR:rut RSR:a40 MNT:m IT1:a40 CAF:@CAF TSTED:time"),
    "CAF": "DA:@DA FRMA:b64",
    "DA": "RE:rut RS:a40 TD:{39,41} RNG:@RNG FA:date RSAPK:@RSAPK IDK:n10",
    "RNG": "D:n10 H:n10",
    "RSAPK": "M:b64 E:b64",
}
_VERSION = {"version": "1.0"}
_SIGNED = {"ID": ""}
ENVIO_BOLETA = Grammar(
    _PARTS,
    {
        "EnvioBOLETA": _VERSION,
        "SetDTE": _SIGNED,
        "Caratula": _VERSION,
        "DTE": _VERSION,
        "Documento": _SIGNED,
        "TED": _VERSION,
        "CAF": _VERSION,
    },
)
