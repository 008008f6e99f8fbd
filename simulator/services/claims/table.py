"""Codes of wsRegistroReclamoDTE, and what may follow what (PROTOCOL 8.4)."""

TYPES = (33, 34, 43)
DESCRIPTIONS = {
    "ACD": "Acepta Contenido del Documento",
    "ERM": "Otorga Recibo de Mercaderías o Servicios",
    "RCD": "Reclamo al Contenido del Documento",
    "RFP": "Reclamo por Falta Parcial de Mercaderías",
    "RFT": "Reclamo por Falta Total de Mercaderías",
}
GLOSAS = {
    0: "Acción Completada OK",
    1: "RUT emisor erróneo",
    2: "Folio erróneo",
    3: "Tipo de documento no corresponde",
    4: "Acción inválida",
    6: "No se puede otorgar recibo: el documento fue reclamado anteriormente",
    7: "Evento registrado previamente",
    8: "Pasados 8 días después de la recepción no es posible registrar reclamos o eventos",
    11: "No se puede reclamar: el documento fue aceptado anteriormente",
    12: "No se puede aceptar: el documento fue reclamado anteriormente",
    13: "No se puede reclamar: ya se otorgó recibo de mercaderías o servicios",
    14: "Sólo la empresa emisora o receptora puede consultar",
    15: "Listado de eventos del documento",
    16: "Documento no tiene eventos de reclamo o acuse de recibo",
    17: "Sólo la empresa receptora puede realizar esta acción",
    18: "Documento no ha sido recibido",
}
_CLAIMS = {"RCD", "RFP", "RFT"}


def verdict(action: str, registered: set[str], late: bool) -> int:
    """codResp of an action over a document with these events; 0 registers it."""
    if late:
        return 8
    if action in registered:
        return 7
    if registered & _CLAIMS:
        return {"ACD": 12, "ERM": 6}.get(action, 0)
    if action in _CLAIMS and "ERM" in registered:
        return 13
    if action in _CLAIMS and "ACD" in registered:
        return 11
    return 0
