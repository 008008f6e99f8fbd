"""Published CSV files of the register, read by us and by cl-sii with one result."""

import pytest
from cl_sii.rcv import parse_csv
from cl_sii.rut import Rut

from sii.register.csv_file import RegisterFile

COMPANY = Rut("76354771-K")
FILES = {
    "RCV-compra-no_incluir-rz_leading_trailing_whitespace.csv": (
        "COMPRA_NO_INCLUIR",
        parse_csv.parse_rcv_compra_no_incluir_csv_file,
    ),
    "RCV-compra-reclamado-rz_leading_trailing_whitespace.csv": (
        "COMPRA_RECLAMADO",
        parse_csv.parse_rcv_compra_reclamado_csv_file,
    ),
    "RCV-compra-registro-rz_leading_trailing_whitespace.csv": (
        "COMPRA_REGISTRO",
        parse_csv.parse_rcv_compra_registro_csv_file,
    ),
    "RCV-venta-rz_leading_trailing_whitespace.csv": ("VENTA", parse_csv.parse_rcv_venta_csv_file),
}
# our field, theirs: those that all of their entries have
SAME = (
    ("document_type", "tipo_docto"),
    ("number", "folio"),
    ("date", "fecha_emision_date"),
    ("total_amount", "monto_total"),
)


def read(path):
    with path.open("rb") as stream:
        found = RegisterFile(stream, path.name)
        return found, list(found.rows("2019-06"))


@pytest.mark.parametrize("name", FILES)
def test_as_cl_sii_reads_it(reference, name):
    path = reference / "samples" / "rcv" / name
    listing, theirs = FILES[name]
    found, rows = read(path)
    assert (found.listing.name, found.problems) == (listing, [])
    entries = [entry for entry, *_ in theirs(COMPANY, str(path))]
    assert len(rows) == len(entries) == 2
    for row, entry in zip(rows, entries, strict=True):
        assert {ours: str(getattr(row, ours)) for ours, _ in SAME} == {
            ours: str(int(value) if ours == "document_type" else value)
            for ours, value in ((ours, getattr(entry, their)) for ours, their in SAME)
        }
        parties = {str(getattr(entry, each, "")) for each in ("proveedor_rut", "cliente_rut")}
        assert row.counterpart.rut in {each.replace(".", "") for each in parties}
        assert row.detail["received_at"] == entry.fecha_recepcion_dt
        assert row.counterpart.name == "Fake Company S.A."


def test_a_file_with_a_row_that_misses_its_type(reference):
    path = reference / "samples" / "rcv" / "RCV-venta-missing-required-fields.csv"
    found, rows = read(path)
    assert [(each.code, each.data) for each in found.problems] == [
        ("cell_missing", {"line": 2, "column": "Tipo Doc"})
    ]
    assert [row.number for row in rows] == ["508", "88"]
