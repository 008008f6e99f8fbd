"""The portal's CSV files of the register: every list, every encoding, every way to be broken."""

import io
from datetime import UTC, date, datetime

import pytest
from registers import SUPPLIER, columns, file, line

from sii.errors import RegisterProblem
from sii.register.columns import LISTINGS
from sii.register.csv_file import PROBLEM_LIMIT, RegisterFile

REGISTRO, VENTA, RECLAMADO = "COMPRA_REGISTRO", "VENTA", "COMPRA_RECLAMADO"
PERIOD = "2026-06"


def read(content: bytes, name: str = ""):
    found = RegisterFile(io.BytesIO(content), name)
    return found, list(found.rows(PERIOD))


def problems(content: bytes) -> list[tuple[str, int]]:
    """(code, line) of each problem."""
    try:
        found, _rows = read(content)
    except RegisterProblem as error:
        return [(each.code, each.data.get("line", 0)) for each in error.problems]
    return [(each.code, each.data["line"]) for each in found.problems]


def only(content: bytes):
    found, (row,) = read(content)
    assert found.problems == []
    return row


@pytest.mark.parametrize(
    ("listing", "book", "status"),
    [
        (REGISTRO, "received", "registered"),
        ("COMPRA_NO_INCLUIR", "received", "rejected"),
        (RECLAMADO, "received", "cancelled"),
        ("COMPRA_PENDIENTE", "received", "pending"),
        (VENTA, "issued", "registered"),
    ],
)
def test_each_list_is_known_by_its_header(listing, book, status):
    row = only(file(listing))
    assert (row.issue_type, row.detail["invoice_status"], row.period) == (book, status, PERIOD)
    assert (row.document_type, row.number, row.date) == (33, "1001", date(2026, 6, 5))
    assert (row.counterpart.rut, row.counterpart.name) == (
        SUPPLIER,
        "Distribuidora Peñalolén Ltda.",
    )
    assert (row.net_amount, row.total_amount) == (10000, 11900)
    assert row.detail["received_at"] == datetime(2026, 6, 6, 13, 30, 15, tzinfo=UTC)


def test_no_two_lists_have_the_same_columns():
    assert len({frozenset(columns(each.name)) for each in LISTINGS}) == len(LISTINGS)


def test_empty_is_not_zero():
    row = only(file(REGISTRO, line(REGISTRO, **{"IVA No Retenido": "0"})))
    assert row.detail["non_withheld_vat"] == 0
    assert row.detail["common_use_vat"] is None
    assert row.detail["accepted_at"] is None


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("Monto Iva No Recuperable", "1900", "non_refundable_vat_amount", 1900),
        ("Codigo IVA No Rec.", "9", "non_refundable_vat_code", 9),
        ("Monto Neto Activo Fijo", "5", "fixed_assets_net_amount", 5),
        ("IVA Activo Fijo", "6", "fixed_assets_vat_amount", 6),
        ("IVA uso Comun", "7", "common_use_vat", 7),
        ("Impto. Sin Derecho a Credito", "8", "non_credit_tax_amount", 8),
        ("Tabacos Puros", "1", "tobacco_cigars", 1),
        ("Tabacos Cigarrillos", "2", "tobacco_cigarettes", 2),
        ("Tabacos Elaborados", "3", "tobacco_processed_tobacco", 3),
        ("NCE o NDE sobre Fact. de Compra", "1", "has_note", True),
        ("NCE o NDE sobre Fact. de Compra", "0", "has_note", False),
        ("Tipo Compra", "Bien Raíz", "transaction_category", "bien_raiz"),
        ("Tipo Compra", "No Corresp. Incluir", "transaction_category", "no_incluir"),
    ],
)
def test_columns_of_purchases(column, cell, field, value):
    assert only(file(REGISTRO, line(REGISTRO, **{column: cell}))).detail[field] == value


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        ("IVA Retenido Total", "1", "total_vat_withheld", 1),
        ("IVA Retenido Parcial", "2", "partial_vat_withheld", 2),
        ("IVA no retenido", "3", "non_withheld_vat", 3),
        ("IVA propio", "4", "own_vat", 4),
        ("IVA Terceros", "5", "third_party_vat", 5),
        ("RUT Emisor Liquid. Factura", SUPPLIER, "settlement_issuer_id", SUPPLIER),
        ("RUT Emisor Liquid. Factura", "-", "settlement_issuer_id", None),
        ("Neto Comision Liquid. Factura", "6", "net_commissions", 6),
        ("Exento Comision Liquid. Factura", "7", "exempt_commissions", 7),
        ("IVA Comision Liquid. Factura", "8", "vat_commissions", 8),
        ("IVA fuera de plazo", "9", "out_of_time_vat", 9),
        ("Tipo Docto. Referencia", "33", "reference_type_code", 33),
        ("Folio Docto. Referencia", "10370-10371", "reference_number", "10370-10371"),
        ("Credito empresa constructora", "10", "construction_company_credit", 10),
        ("Impto. Zona Franca (Ley 18211)", "11", "free_zone_tax", 11),
        ("Garantia Dep. Envases", "12", "container_deposit_guarantee", 12),
        ("Venta Pasajes Transporte Nacional", "13", "domestic_ticket_sales", 13),
        ("Venta Pasajes Transporte Internacional", "14", "international_ticket_sales", 14),
        ("Numero Interno", "15", "receipt_reference_number", 15),
    ],
)
def test_columns_of_sales(column, cell, field, value):
    assert only(file(VENTA, line(VENTA, **{column: cell}))).detail[field] == value


def test_what_the_object_has_no_place_for_is_kept():
    row = only(file(VENTA, line(VENTA, **{"Codigo Sucursal": "77", "Tipo Venta": "Trueque"})))
    assert row.detail["besides"] == {"branch_code": "77"}
    assert row.unknown == {"transaction_category": "Trueque"}
    assert only(file(VENTA)).detail["besides"] is None


def test_a_claim_has_its_moment():
    row = only(file(RECLAMADO, line(RECLAMADO, **{"Fecha Reclamo": "12/06/2026 09:47:23"})))
    assert row.detail["rejected_at"] == datetime(2026, 6, 12, 13, 47, 23, tzinfo=UTC)
    assert row.detail["confirmation_status"] == "R"


def test_no_claim_is_written_as_null():
    row = only(file(RECLAMADO, line(RECLAMADO, **{"Fecha Reclamo": "null"})))
    assert row.detail["rejected_at"] is None


def _tax(code: str, amount: str, rate: str = "") -> dict[str, str]:
    names = ("Codigo Otro Impuesto", "Valor Otro Impuesto", "Tasa Otro Impuesto")
    return dict(zip(names, (code, amount, rate), strict=True))


def _further(**cells: str) -> str:
    return ";".join(cells.get(name, "") for name in columns(REGISTRO)) + ";"


@pytest.mark.parametrize("listing", [REGISTRO, VENTA])
@pytest.mark.parametrize("blanks", [(1, 7, 1), (7, 1, 0), (0, 4, 3), (2, 2, 2)])
def test_empty_cells_behind_the_last_column_mean_nothing(listing, blanks):
    lines = [line(listing, number).rstrip(";") for number in (1, 2, 3)]
    width = len(columns(listing))
    cells = [[*each.split(";"), *[""] * width][:width] for each in lines]
    lines = [";".join(each) + ";" * count for each, count in zip(cells, blanks, strict=True)]
    found, rows = read(file(listing, *lines))
    assert found.problems == []
    _found, plain = read(file(listing, *(line(listing, number) for number in (1, 2, 3))))
    assert rows == plain


@pytest.mark.parametrize("blank", [";", ";;;;;;", " ; ;\t;", "", ";" * 60])
def test_lines_of_empty_cells_mean_nothing(blank):
    lines = [line(REGISTRO, number) for number in (1, 2)]
    found, rows = read(file(REGISTRO, lines[0], blank, lines[1], blank))
    assert found.problems == []
    assert rows == read(file(REGISTRO, *lines))[1]


@pytest.mark.parametrize("ending", ["", ";", ";;;;"])
def test_further_taxes_beside_the_first_one(ending):
    own = ";".join(line(REGISTRO, **_tax("27", "3000", "10")).split(";")[: len(columns(REGISTRO))])
    row = only(file(REGISTRO, f"{own};271;9000;18;24;500;31,5{ending}"))
    taxes = row.detail["other_taxes"]
    assert [tax["tax_code"] for tax in taxes["other_taxes_detail"]] == [27, 271, 24]
    assert taxes["total_amount"] == 12500
    assert taxes["other_taxes_detail"][2]["tax_rate"] == "31.5"


def test_what_is_no_tax_behind_the_last_column_is_reported():
    own = ";".join(line(REGISTRO).split(";")[: len(columns(REGISTRO))])
    [found] = problems(file(REGISTRO, f"{own};27;mucho;10"))
    assert found[1] == 2


def test_rows_of_further_taxes_belong_to_the_document_above():
    found, rows = read(
        file(
            REGISTRO,
            line(REGISTRO, 1, **_tax("24", "315", "31.5")),
            _further(**_tax("27", "100", "10")),
            _further(**{"Tipo Doc": "33", "Folio": "1001"}, **_tax("271", "18", "18")),
            line(REGISTRO, 2),
        )
    )
    assert found.problems == []
    first, second = rows
    assert first.detail["other_taxes"] == {
        "other_taxes_detail": [
            {"tax_amount": 315, "tax_code": 24, "tax_rate": "31.5"},
            {"tax_amount": 100, "tax_code": 27, "tax_rate": "10"},
            {"tax_amount": 18, "tax_code": 271, "tax_rate": "18"},
        ],
        "total_amount": 433,
    }
    assert second.detail["other_taxes"] is None


def test_a_further_tax_without_document_is_a_problem():
    alone = _further(**_tax("27", "100"))
    assert problems(file(REGISTRO, alone)) == [("tax_without_document", 2)]
    other = _further(Folio="7", **_tax("27", "100"))
    assert problems(file(REGISTRO, line(REGISTRO), other)) == [("tax_without_document", 3)]


def test_totals_of_the_month_have_no_counterpart():
    lines = ["39;1520;0;1000000;190000;1190000", "48;3;0;100;19;119", "33;5;0;10;2;12"]
    found, rows = read(file("RESUMEN", *lines), "RCV_RESUMEN_VENTA_76354771-K_202606.csv")
    assert [(row.document_type, row.detail["total_documents"]) for row in rows] == [
        (39, 1520),
        (48, 3),
    ]
    assert all(row.is_summary and row.date == date(2026, 6, 30) for row in rows)
    assert (rows[0].total_amount, rows[0].counterpart, found.problems) == (1190000, None, [])


def test_the_file_name_gives_company_and_month():
    found, _rows = read(file(REGISTRO), "RCV_COMPRA_REGISTRO_76354771-K_202606 (1).csv")
    assert (found.company_rut, found.period) == ("76354771-K", "2026-06")
    assert (read(file(REGISTRO))[0].company_rut, read(file(REGISTRO))[0].period) == ("", "")


def test_a_name_that_contradicts_the_header_is_refused():
    with pytest.raises(RegisterProblem) as caught:
        read(file(REGISTRO), "RCV_COMPRA_PENDIENTE_76354771-K_202606.csv")
    assert caught.value.problems[0].code == "list_contradicted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252"])
def test_encodings(encoding):
    assert only(file(REGISTRO, encoding=encoding)).counterpart.name.startswith("Distribuidora Peñ")


def test_two_encodings_in_one_file():
    mixed = file(REGISTRO) + line(REGISTRO, 2).encode("iso-8859-1") + b"\r\n"
    assert problems(mixed) == [("encoding_unknown", 3)]


def test_names_with_quotes_and_white_space_and_delimiters():
    plain = line(REGISTRO, **{"Razon Social": '  "EL SOL" S.A. '})
    assert only(file(REGISTRO, plain)).counterpart.name == '"EL SOL" S.A.'
    saved_again = line(REGISTRO, **{"Razon Social": '"SOL; Y ""LUNA"""'})
    assert only(file(REGISTRO, saved_again)).counterpart.name == 'SOL; Y "LUNA"'
    open_quote = line(REGISTRO, 1, **{"Razon Social": '"SOL'})
    found, rows = read(file(REGISTRO, open_quote, line(REGISTRO, 2)))
    assert (len(rows), rows[0].counterpart.name, found.problems) == (2, '"SOL', [])


def test_column_names_in_other_case_and_order():
    names = [name.upper() for name in reversed(columns(REGISTRO))]
    cells = line(REGISTRO).rstrip(";").split(";")
    cells += [""] * (len(names) - len(cells))
    content = "\n".join([";".join(names), ";".join(reversed(cells)), ""]).encode()
    assert only(content).number == "1001"


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("Folio", "", "cell_missing"),
        ("Tipo Doc", "", "cell_missing"),
        ("RUT Proveedor", "", "cell_missing"),
        ("Fecha Docto", "", "cell_missing"),
        ("Monto Neto", "10.000", "cell_not_integer"),
        ("Monto Neto", "diez", "cell_not_integer"),
        ("Monto Neto", "9" * 30, "cell_not_integer"),
        ("Tipo Doc", "factura", "cell_not_integer"),
        ("Fecha Docto", "31/06/2026", "cell_not_date"),
        ("Fecha Docto", "2026-06-05", "cell_not_date"),
        ("Fecha Recepcion", "05/06/2026 25:00:00", "cell_not_date"),
        ("RUT Proveedor", "96790240-4", "cell_not_rut"),
        ("Tasa Otro Impuesto", "mucho", "cell_not_rate"),
        ("Razon Social", "Sol\x00Luna", "file_not_text"),
    ],
)
def test_a_bad_cell_is_reported_with_its_line(column, cell, code):
    content = file(REGISTRO, line(REGISTRO, 1), line(REGISTRO, 2, **{column: cell}))
    assert problems(content) == [(code, 3)]


def test_problems_of_all_lines_are_reported_at_once():
    content = file(
        REGISTRO,
        line(REGISTRO, 1, Folio=""),
        line(REGISTRO, 2),
        line(REGISTRO, 3, **{"Monto Neto": "x", "Fecha Docto": "x"}),
    )
    assert problems(content) == [
        ("cell_missing", 2),
        ("cell_not_date", 4),
        ("cell_not_integer", 4),
    ]


def test_another_kind_of_file_is_given_up():
    content = file(REGISTRO, *[line(REGISTRO, 1, Folio="")] * (PROBLEM_LIMIT * 3))
    found = problems(content)
    assert len(found) == PROBLEM_LIMIT + 1
    assert found[-1][0] == "too_many_problems"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("file_empty", 0)),
        (b"\r\n\r\n", ("file_empty", 0)),
        (file(REGISTRO).replace(b";", b","), ("delimiter_wrong", 1)),
        (file(REGISTRO).replace(b";", b"\t"), ("delimiter_wrong", 1)),
        (b"<html><body>Sesion expirada</body></html>", ("header_unknown", 1)),
        (b"PK\x03\x04\x14\x00\x06\x00", ("file_not_text", 1)),
        (file(REGISTRO).decode().encode("utf-16"), ("encoding_unknown", 1)),
        (b"Nro;" + b"x" * 20_000, ("line_too_long", 1)),
        (file(REGISTRO).replace(b"Folio", b"Numero", 1), ("header_different", 1)),
        (file(REGISTRO).replace(b"Tabacos Puros", b"Folio", 1), ("header_different", 1)),
    ],
)
def test_what_is_no_file_of_the_register(content, expected):
    assert problems(content) == [expected]


def test_a_strange_header_is_reported_with_its_columns():
    with pytest.raises(RegisterProblem) as caught:
        read(file(REGISTRO).replace(b"Folio", b"Numero", 1))
    (problem,) = caught.value.problems
    assert (problem.data["missing"], problem.data["unexpected"]) == (["Folio"], ["numero"])


def test_a_file_cut_at_any_byte_gives_its_whole_documents_or_a_problem():
    whole = file(REGISTRO, *(line(REGISTRO, number) for number in range(1, 4)))
    _found, documents = read(whole)
    cuts = [whole[:end] for end in range(whole.index(b"\r\n") + 2, len(whole))]
    read_of = [read(cut) for cut in cuts]
    assert {each.code for found, _rows in read_of for each in found.problems} == {"file_truncated"}
    for _found, rows in read_of:
        assert rows == documents[: len(rows)]
    silent = [cut for cut, (found, _rows) in zip(cuts, read_of, strict=True) if not found.problems]
    # between two documents; and the last bytes of one, which mean nothing
    assert all(cut.endswith((b"\n", b"\r", b";")) for cut in silent)
    assert len(silent) < 15


def test_a_hundred_thousand_rows_whose_last_is_cut():
    whole = file(REGISTRO, *(line(REGISTRO, number) for number in range(1, 100_001)))
    found = RegisterFile(io.BytesIO(whole[:-40]))
    assert sum(1 for _row in found.rows(PERIOD)) == 99_999
    assert [each.data["line"] for each in found.problems] == [100_001]


def test_the_first_line_may_be_the_last():
    content = file(REGISTRO).rstrip(b"\r\n")
    assert only(content).number == "1001"
