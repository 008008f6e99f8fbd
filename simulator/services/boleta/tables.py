"""The code tables that the boleta service publishes (PROTOCOL 4.1, 4.2)."""

from ...state.envelopes import GLOSAS as ENVELOPE_GLOSAS
from ..answer import Answer, Shape
from ..holdings import GLOSAS as DOCUMENT_GLOSAS
from ..rest import RefusedError, as_json

DOCUMENT_STATES = {
    "DOK": "DTE Recibido",
    "RPR": "DTE Aceptado con Reparos",
    "RLV": "DTE Aceptado con Reparos Leves",
    "RCH": "DTE Rechazado",
}
_SECTIONS = {
    "ENV": "Envio",
    "CRT": "Caratula",
    "CAF": "Codigo de autorizacion de folios",
    "DTE": "Documento",
    "TED": "Timbre",
    "HED": "Encabezado",
    "DET": "Detalle",
    "DSC": "Descuentos y recargos",
    "REF": "Referencias",
}
_TABLES = {
    "envio.estado": {
        "PRD" if code == "PDR" else code: g for code, g in ENVELOPE_GLOSAS.items() if code[0] != "L"
    },
    "estado": {code: glosas[2] for code, glosas in DOCUMENT_GLOSAS.items()} | DOCUMENT_STATES,
    "nivel": {"1": "Reparo leve", "2": "Reparo", "3": "Rechazo"},
    "seccion": _SECTIONS,
    "tipo": {"39": "Boleta Electronica", "41": "Boleta Exenta Electronica"},
}


def answer(table: str, shape: Shape) -> Answer:
    """One table as a list of codes and descriptions."""
    if table not in _TABLES:
        raise RefusedError(404, "No encontrado")
    rows = [{"codigo": code, "descripcion": text} for code, text in _TABLES[table].items()]
    return as_json(rows, f"table {table}", shape)
