"""RESULTADO_ENVIO: the document that states why, folio by folio (PROTOCOL 3.5)."""

import json
import sqlite3
from collections import Counter
from xml.sax.saxutils import escape

from .services.envelope_status import received_at
from .state.envelopes import GLOSAS
from .verdicts import stated

_DOCUMENT_STATES = {
    "RCH": "DTE Rechazado",
    "RPR": "DTE Aceptado con Reparos",
    "RLV": "DTE Aceptado con Reparos Leves",
}

_COUNTERS = {"RECHAZO": "rejected", "REPARO": "objected", "ACEPTA": "accepted"}


def result_xml(envelope: sqlite3.Row, documents: list[sqlite3.Row]) -> bytes:
    """The result of a processed or refused envelope, in ISO-8859-1."""
    state = envelope["state"]
    lines = [
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
        "<RESULTADO_ENVIO>",
        "<IDENTIFICACION>",
        f"<RUTEMISOR>{envelope['company']}</RUTEMISOR>",
        f"<RUTENVIA>{envelope['sender']}</RUTENVIA>",
        f"<TRACKID>{envelope['track_id']}</TRACKID>",
        f"<TMSTRECEPCION>{received_at(envelope['received_at'])}</TMSTRECEPCION>",
        f"<ESTADO>{state} - {GLOSAS[state]}</ESTADO>",
        "</IDENTIFICACION>",
        *_statistics(documents),
        *_errors(json.loads(envelope["reasons"])),
        *_review(documents),
        "</RESULTADO_ENVIO>\n",
    ]
    return "\n".join(lines).encode("iso-8859-1", "xmlcharrefreplace")


def _statistics(documents: list[sqlite3.Row]) -> list[str]:
    verdicts = Counter((row["type"], row["verdict"]) for row in documents)
    types = sorted({row["type"] for row in documents})
    if not types:
        return []
    lines = ["<ESTADISTICA>"]
    for type_ in types:
        informed = sum(row["type"] == type_ for row in documents)
        lines += ["<SUBTOTAL>", f"<TIPODOC>{type_}</TIPODOC>", f"<INFORMADO>{informed}</INFORMADO>"]
        for tag, verdict in (
            ("RECHAZO", "rejected"),
            ("REPARO", "objected"),
            ("ACEPTA", "accepted"),
        ):
            if verdicts[type_, verdict]:
                lines.append(f"<{tag}>{verdicts[type_, verdict]}</{tag}>")
        lines.append("</SUBTOTAL>")
    return [*lines, "</ESTADISTICA>"]


def _errors(reasons: list[str]) -> list[str]:
    if not reasons:
        return []
    details = [f"<DETERRENVIO>{escape(reason)}</DETERRENVIO>" for reason in reasons]
    return ["<ERRORENVIO>", *details, "</ERRORENVIO>"]


def _review(documents: list[sqlite3.Row]) -> list[str]:
    noted = [row for row in documents if row["verdict"] != "accepted"]
    if not noted:
        return []
    lines = ["<REVISIONENVIO>"]
    for row in noted:
        lines += [
            "<REVISIONDTE>",
            f"<FOLIO>{row['folio']}</FOLIO>",
            f"<TIPODTE>{row['type']}</TIPODTE>",
            f"<ESTADO>{stated(row)} - {_DOCUMENT_STATES[stated(row)]}</ESTADO>",
            *(f"<DETALLE>{escape(reason)}</DETALLE>" for reason in json.loads(row["reasons"])),
            "</REVISIONDTE>",
        ]
    return [*lines, "</REVISIONENVIO>"]
