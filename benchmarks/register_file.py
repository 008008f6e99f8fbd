"""A month of purchases as the portal gives it, and those who read it without Odoo."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from .measure import Sample, peak

HEADER = (
    "Nro;Tipo Doc;Tipo Compra;RUT Proveedor;Razon Social;Folio;Fecha Docto;Fecha Recepcion;"
    "Fecha Acuse;Monto Exento;Monto Neto;Monto IVA Recuperable;Monto Iva No Recuperable;"
    "Codigo IVA No Rec.;Monto Total;Monto Neto Activo Fijo;IVA Activo Fijo;IVA uso Comun;"
    "Impto. Sin Derecho a Credito;IVA No Retenido;Tabacos Puros;Tabacos Cigarrillos;"
    "Tabacos Elaborados;NCE o NDE sobre Fact. de Compra;Codigo Otro Impuesto;Valor Otro Impuesto;"
    "Tasa Otro Impuesto"
)
PERIOD, COMPANY = "2026-06", "76354771-K"
_SUPPLIERS = 500
_LARGEST = 1_000_000


def write(path: Path, count: int) -> None:
    """So many facturas of some hundred suppliers, spread over the month."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{HEADER}\r\n")
        file.writelines(_line(number) for number in range(1, count + 1))


def _line(number: int) -> str:
    net = 1000 + number % 90_000
    vat = round(net * 0.19)
    day = f"{number % 28 + 1:02d}/06/2026"
    body = 60_000_000 + number % _SUPPLIERS
    return (
        f"{number};33;Del Giro;{body}-{_digit(body)};Proveedor Ñuñoa N° {number % _SUPPLIERS} SpA;"
        f"{number};{day};{day} 10:11:12;{day} 18:00:00;"
        f"0;{net};{vat};;;{net + vat};;;;;0;;;;0;;;;\r\n"
    )


def _digit(body: int) -> str:
    """Modulo 11, factors 2 to 7 from the right."""
    total = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(str(body))))
    return {10: "K", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def read_with_cl_sii(path: Path) -> int:
    """Documents that cl-sii's own parser reads, nothing done with them."""
    from cl_sii.rcv.parse_csv import parse_rcv_compra_registro_csv_file
    from cl_sii.rut import Rut

    entries = parse_rcv_compra_registro_csv_file(Rut(COMPANY), str(path), 0, _LARGEST)
    return sum(entry is not None for entry, *_rest in entries)


def read_with_library(path: Path) -> int:
    """Documents that our reader reads, nothing done with them."""
    from sii.register.csv_file import RegisterFile

    with path.open("rb") as stream:
        file = RegisterFile(stream, path.name)
        count = sum(1 for _row in file.fetch(COMPANY, PERIOD))
    if file.problems:
        raise RuntimeError(f"Not read: {file.problems[0]}")
    return count


READERS = {"cl-sii's parser": read_with_cl_sii, "our reader": read_with_library}


def _measure_here(reader: str, path: Path) -> Sample:
    start = time.process_time()
    count = READERS[reader](path)
    return Sample(count, time.process_time() - start, peak())


if __name__ == "__main__":
    print(json.dumps(asdict(_measure_here(sys.argv[1], Path(sys.argv[2])))))
