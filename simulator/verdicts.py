"""How the SII sums up what became of the documents of an envelope."""

import sqlite3
from collections import Counter

_STATES = {"accepted": "DOK", "rejected": "RCH", "objected": "RPR"}


def stated(row: sqlite3.Row) -> str:
    """DOK, RCH, RPR, or RLV when every objection is a light one."""
    light = row["verdict"] == "objected" and "-2-" not in row["reasons"]
    return "RLV" if light else _STATES[row["verdict"]]


def counters(documents: list[sqlite3.Row]) -> list[dict[str, int]]:
    """Per type of document, ascending: informados, aceptados, rechazados, reparos."""
    verdicts = Counter((row["type"], row["verdict"]) for row in documents)
    return [
        {
            "tipo": type_,
            "informados": sum(row["type"] == type_ for row in documents),
            "aceptados": verdicts[type_, "accepted"],
            "rechazados": verdicts[type_, "rejected"],
            "reparos": verdicts[type_, "objected"],
        }
        for type_ in sorted({row["type"] for row in documents})
    ]
