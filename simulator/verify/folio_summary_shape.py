"""ConsumoFolios, the daily summary of boletas, element by element (PROTOCOL 4.5)."""

from .grammar import Grammar

_PARTS = {
    "ConsumoFolios": "DocumentoConsumoFolios:@DocumentoConsumoFolios Signature:&",
    "DocumentoConsumoFolios": "Caratula:@Caratula Resumen+3:@Resumen",
    "Caratula": (
        "RutEmisor:rut RutEnvia:rut FchResol:date NroResol:n6 FchInicio:date FchFinal:date "
        "Correlativo?:n3 SecEnvio:n3 TmstFirmaEnv:time"
    ),
    "Resumen": (
        "TipoDocumento:{39,41,61} MntNeto?:m MntIva?:m TasaIVA?:p MntExento?:m MntTotal:m "
        "FoliosEmitidos:n10 FoliosAnulados:n10 FoliosUtilizados:n10 RangoUtilizados*1000:@Rango "
        "RangoAnulados*1000:@RangoAnulados"
    ),
    "Rango": "Inicial:n10 Final:n10",
    "RangoAnulados": "Inicial:n10 Final?:n10",
}
CONSUMO_FOLIOS = Grammar(
    _PARTS,
    {
        "ConsumoFolios": {"version": "1.0"},
        "DocumentoConsumoFolios": {"ID": ""},
        "Caratula": {"version": "1.0"},
    },
)
