"""CSV files of the register in the SII's own shape, made for the tests that read them."""

from sii.rcv_columns import LISTINGS

SUPPLIER = "96790240-3"


def columns(listing: str) -> list[str]:
    """The names of a list's columns, as the SII writes them."""
    found = next(each for each in LISTINGS if each.name == listing)
    return [column.name for column in found.columns]


_COMMON = {
    "Tipo Doc": "33",
    "Tipo Compra": "Del Giro",
    "Tipo Venta": "Del Giro",
    "RUT Proveedor": SUPPLIER,
    "Rut cliente": SUPPLIER,
    "Razon Social": "Distribuidora Peñalolén Ltda.",
    "Fecha Docto": "05/06/2026",
    "Fecha Recepcion": "06/06/2026 09:30:15",
    "Monto Exento": "0",
    "Monto Neto": "10000",
    "Monto IVA": "1900",
    "Monto IVA Recuperable": "1900",
    "Monto Total": "11900",
    "Monto total": "11900",
}


def line(listing: str, number: int = 1, **cells: str) -> str:
    """One document; ``cells`` by the column's name."""
    values = {**_COMMON, "Nro": str(number), "Folio": str(1000 + number), **cells}
    # data rows end with one delimiter more than the header
    return ";".join(values.get(name, "") for name in columns(listing)) + ";"


def file(listing: str, *lines: str, encoding: str = "utf-8") -> bytes:
    """A file of the portal, with one document unless lines are given."""
    text = "\r\n".join([";".join(columns(listing)), *(lines or [line(listing)]), ""])
    return text.encode(encoding)
