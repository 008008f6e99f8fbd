"""The two status services of boletas (PROTOCOL 4.2)."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from ... import ruts
from ...office import Office
from ...reasons import parts
from ...state.envelopes import GLOSAS, came_by_rest
from ...verdicts import counters, stated
from ..answer import Answer, Shape
from ..envelope_status import received_at
from ..holdings import GLOSAS as DOCUMENT_GLOSAS
from ..holdings import Question, estado, iso_date
from ..rest import RefusedError, as_json
from .tables import DOCUMENT_STATES

# The state that DTEs write PDR.
_IN_PROCESS = {"PDR": "PRD"}


class BoletaStatus:
    def __init__(self, office: Office):
        self._office = office

    def envelope(self, company: str, track_id: int, shape: Shape) -> Answer:
        """State, counters and reasons; 404 while the envelope is not to be seen."""
        row = self._office.envelopes.get(track_id) if came_by_rest(track_id) else None
        now = self._office.clock.instant()
        if not row or row["company"] != company or now < row["visible_at"]:
            raise RefusedError(404, "No encontrado")
        state = _IN_PROCESS.get(row["state"], row["state"])
        documents = self._office.ledger.of_envelope(track_id)
        body = {
            "rut_emisor": row["company"],
            "rut_envia": row["sender"],
            "trackid": track_id,
            "fecha_recepcion": received_at(row["received_at"]),
            "estado": state,
            "estadistica": counters(documents) if state == "EPR" else None,
            "detalle_rep_rech": _details(row, documents) or None,
        }
        return as_json(body, f"{state} TRACKID {track_id}", shape)

    def document(
        self, issuer: str, type_: int, folio: int, query: Mapping[str, str], shape: Shape
    ) -> Answer:
        """What the SII holds, compared with rut_receptor, dv_receptor, monto, fechaEmision."""
        try:
            asked = Question(
                issuer,
                type_,
                folio,
                receiver=ruts.join(query["rut_receptor"], query["dv_receptor"]),
                issued_on=iso_date(query["fechaEmision"]),
                total=query["monto"].strip(),
            )
        except KeyError as missing:
            raise RefusedError(400, "Faltan parametros") from missing
        found = estado(self._office, asked)
        body = {"codigo": found, "descripcion": DOCUMENT_GLOSAS[found][2]}
        return as_json(body, f"{found} {type_} {folio}", shape)


def _details(row: sqlite3.Row, documents: list[sqlite3.Row]) -> list[dict[str, Any]]:
    """An entry per document that is not clean; one of type and folio 0 for the envelope itself."""
    refused = json.loads(row["reasons"])
    if refused:
        return [_detail(0, 0, row["state"], GLOSAS[row["state"]], refused)]
    return [
        _detail(
            document["type"],
            document["folio"],
            stated(document),
            DOCUMENT_STATES[stated(document)],
            json.loads(document["reasons"]),
        )
        for document in documents
        if document["verdict"] != "accepted"
    ]


def _detail(
    type_: int, folio: int, state: str, description: str, reasons: list[str]
) -> dict[str, Any]:
    return {
        "tipo": type_,
        "folio": folio,
        "estado": state,
        "descripcion": description,
        "error": [_error(reason) for reason in reasons],
    }


def _error(reason: str) -> dict[str, Any]:
    found = parts(reason)
    return {
        "seccion": found.section,
        "linea": found.line,
        "nivel": found.level,
        "codigo": found.number,
        "descripcion": found.text,
        "detalle": found.detail or None,
    }
