"""A document that comes twice: with the same figures it is one, with others it is reported."""

import io

import pytest
import registers

from sii.register.csv_file import RegisterFile
from sii.register.twice import MOST_SHOWN, Watch

SUPPLIER = {"COMPRA_REGISTRO": "received", "COMPRA_PENDIENTE": "received", "VENTA": "issued"}


def watched(listing, *lines, name="f.csv", before=None):
    watch = Watch(name, before)
    file = RegisterFile(io.BytesIO(registers.file(listing, *lines)))
    rows = list(watch.passing(file.rows("2026-06")))
    assert not file.problems
    return watch, rows


@pytest.mark.parametrize("listing", [*SUPPLIER, "COMPRA_NO_INCLUIR", "COMPRA_RECLAMADO"])
def test_other_totals_are_found(listing):
    total = "Monto total" if listing == "VENTA" else "Monto Total"
    once = registers.line(listing, 1)
    again = registers.line(listing, 1, **{total: "12000", "Nro": "3"})
    watch, rows = watched(listing, once, registers.line(listing, 2), again)
    [found] = watch.found
    assert found.figures == {"total_amount": (11_900, 12_000)}
    assert found.places == (("f.csv", 2), ("f.csv", 4))
    assert found.row is rows[-1]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, 0),
        ({"Nro": "9"}, 0),
        ({"Folio": "0001001"}, 0),
        ({"RUT Proveedor": "96.790.240-3"}, 0),
        ({"Monto Exento": ""}, 0),
        ({"Razon Social": "Otra"}, 0),
        ({"Fecha Docto": "06/06/2026"}, 1),
        ({"Monto Neto": "10001"}, 1),
        ({"Monto IVA Recuperable": "1901"}, 1),
        ({"Monto Exento": "1"}, 1),
        ({"Tipo Doc": "34", "Monto Total": "1"}, 0),
        ({"RUT Proveedor": "76354771-K", "Monto Total": "1"}, 0),
        ({"Folio": "1002", "Monto Total": "1"}, 0),
    ],
)
def test_what_is_the_same_document_with_other_figures(cells, found):
    first = registers.line("COMPRA_REGISTRO", 1)
    watch, _rows = watched("COMPRA_REGISTRO", first, registers.line("COMPRA_REGISTRO", 1, **cells))
    assert watch.count == len(watch.found) == found


def test_a_further_tax_is_no_repetition():
    tax = {"Codigo Otro Impuesto": "27", "Valor Otro Impuesto": "5", "Tasa Otro Impuesto": "10"}
    first = registers.line("COMPRA_REGISTRO", 1, **tax)
    names = registers.columns("COMPRA_REGISTRO")
    more = ";".join(tax.get(name, "") for name in names) + ";"
    watch, rows = watched("COMPRA_REGISTRO", first, more)
    assert (len(rows), watch.count) == (1, 0)


def test_files_before_it_count():
    before, _rows = watched("COMPRA_PENDIENTE", registers.line("COMPRA_PENDIENTE", 1), name="a.csv")
    line = registers.line("COMPRA_REGISTRO", 1, **{"Monto Total": "12000"})
    watch, _rows = watched("COMPRA_REGISTRO", line, name="b.csv", before=before)
    [found] = watch.found
    assert found.places == (("a.csv", 2), ("b.csv", 2))


def test_a_file_of_contradictions_alone_is_shown_in_part():
    lines = [registers.line("COMPRA_REGISTRO", 1, **{"Monto Total": str(n)}) for n in range(1, 300)]
    watch, _rows = watched("COMPRA_REGISTRO", *lines)
    assert (len(watch.found), watch.count) == (MOST_SHOWN, 298)
