"""Our table of obligations has the facts of the manual's, field by field."""

import csv

import pytest

from sii import kinds
from sii.document.obligations import Field, table

FACTURAS = kinds.codes(issued=True, is_boleta=False)
NAMES = {
    "(version)": "@version",
    "RutProvSW": "RUTProvSW",
    "RznSocProvSW": "RznSocProvSW",
    "SistemaReferenciaMadera": "SistemareferenciaMadera",
    "TipoCtaPago": "TpoCtaPago",
}
"""Names of the manual that the schema spells in another way."""
GROUP_WITHOUT_ELEMENT = "CodImpAdic (table)"


@pytest.fixture(scope="module")
def manual(reference) -> list[tuple]:
    path = reference / "tables" / "dte_obligations_v25.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (_name(row["field"]), row["printed"], *(int(row[str(int(kind))]) for kind in FACTURAS))
        for row in rows
        if any(row[str(int(kind))] != "0" for kind in FACTURAS)
        and row["field"] != GROUP_WITHOUT_ELEMENT
    ]


def _name(field: str) -> str:
    return NAMES.get(field) or NAMES.get(field.split()[0], field.split()[0])


def _facts(field: Field) -> tuple:
    name = field.path.rpartition("/")[2]
    return name, field.printed, *(int(field.of[kind]) for kind in FACTURAS)


def test_facts_of_facturas(manual):
    ours = [_facts(field) for field in table() if any(field.of[kind] for kind in FACTURAS)]
    assert ours == manual
