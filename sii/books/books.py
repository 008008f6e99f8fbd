"""LibroCompraVenta: the books of sales and purchases that certification asks for (PROTOCOL 9.3).

Rows come from ``book_rows``; here they are summed, written, signed and judged by the schema.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ..clock import timestamp
from ..document import limits
from ..document.amounts import half_up
from ..errors import InvalidDocument, Problem
from ..rut import canonical
from ..signature import xmldsig
from ..signature.signer import Signer
from ..xml.schema import SchemaSet
from ..xml.writer import DECLARATION, SII_NAMESPACE, XSI_NAMESPACE, group, leaf

_ROOT = (
    f'<LibroCompraVenta xmlns="{SII_NAMESPACE}" xmlns:xsi="{XSI_NAMESPACE}"'
    f' xsi:schemaLocation="{SII_NAMESPACE} LibroCV_v10.xsd" version="1.0">'
)


class Operation(StrEnum):
    """TipoOperacion."""

    SALES = "VENTA"
    PURCHASES = "COMPRA"


@dataclass(frozen=True, slots=True)
class BookCover:
    """Caratula of a special book. period: any day of its month. notification: FolioNotificacion,
    a fresh one for each attempt (PROTOCOL 11)."""

    operation: Operation
    issuer_rut: str
    sender_rut: str
    resolution_date: date
    resolution_number: int
    period: date
    notification: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """One document in a book, pesos. vat: the VAT that counts, 0 where it gives no credit.

    not_recoverable: (CodIVANoRec, pesos). common_use: VAT of purchases for taxed and exempt
    sales alike. withheld: VAT that the issuer of a purchase invoice retains (code 15).
    """

    kind: int
    folio: int
    issued_on: date
    rut: str
    name: str
    exempt: int
    net: int
    vat: int
    total: int
    not_recoverable: tuple[int, int] | None = None
    common_use: int | None = None
    withheld: int | None = None


def seal_book(
    cover: BookCover,
    rows: Sequence[BookRow],
    signer: Signer,
    at: datetime,
    factor: Decimal | None = None,
    schemas: SchemaSet | None = None,
) -> bytes:
    """The signed book. factor: of the VAT of common use, 0 to 1, when a row has any.

    at: aware. Raises InvalidDocument (``book_total_differs``, ``book_factor_missing``,
    ``schema_invalid``), CertificateProblem and SignatureProblem.
    """
    _check(rows, factor)
    signer.check_validity(at)
    book_id = f"Libro{cover.operation.value.capitalize()}{cover.period:%Y%m}"
    content = group(
        "EnvioLibro",
        _cover(cover),
        _summary(rows, cover, factor),
        *(_detail(row) for row in rows),
        leaf("TmstFirma", timestamp(at)),
        attributes=f' ID="{book_id}"',
    )
    xml = f"{DECLARATION}{_ROOT}\n{content}</LibroCompraVenta>"
    signed = xmldsig.sign(xml, book_id, signer)
    if problems := (schemas or SchemaSet.bundled()).validate(signed.root):
        raise InvalidDocument(problems)
    return signed.xml


def _check(rows: Sequence[BookRow], factor: Decimal | None) -> None:
    problems = []
    for index, row in enumerate(rows):
        lost = row.not_recoverable[1] if row.not_recoverable else 0
        due = row.net + row.exempt + row.vat + lost + (row.common_use or 0) - (row.withheld or 0)
        if due != row.total:
            data = {"expected": due, "found": row.total}
            problems.append(Problem("book_total_differs", f"rows[{index}].total", data))
    if factor is None and any(row.common_use for row in rows):
        problems.append(Problem("book_factor_missing", "factor"))
    if problems:
        raise InvalidDocument(problems)


def _cover(cover: BookCover) -> str:
    return group(
        "Caratula",
        leaf("RutEmisorLibro", canonical(cover.issuer_rut)),
        leaf("RutEnvia", canonical(cover.sender_rut)),
        leaf("PeriodoTributario", f"{cover.period:%Y-%m}"),
        leaf("FchResol", cover.resolution_date),
        leaf("NroResol", cover.resolution_number),
        leaf("TipoOperacion", cover.operation.value),
        leaf("TipoLibro", "ESPECIAL"),
        leaf("TipoEnvio", "TOTAL"),
        leaf("FolioNotificacion", cover.notification),
    )


def _summary(rows: Sequence[BookRow], cover: BookCover, factor: Decimal | None) -> str:
    kinds = dict.fromkeys(row.kind for row in rows)
    return group(
        "ResumenPeriodo",
        *(_totals([row for row in rows if row.kind == kind], cover, factor) for kind in kinds),
    )


def _totals(rows: Sequence[BookRow], cover: BookCover, factor: Decimal | None) -> str:
    buys = cover.operation is Operation.PURCHASES
    shared = [row.common_use for row in rows if row.common_use]
    withheld = _sum(row.withheld for row in rows)
    return group(
        "TotalesPeriodo",
        leaf("TpoDoc", rows[0].kind),
        leaf("TotDoc", len(rows)),
        leaf("TotMntExe", sum(row.exempt for row in rows)),
        leaf("TotMntNeto", sum(row.net for row in rows)),
        leaf("TotOpIVARec", sum(bool(row.vat) for row in rows) if buys else None),
        leaf("TotMntIVA", sum(row.vat for row in rows)),
        _not_recoverable(rows),
        leaf("TotOpIVAUsoComun", len(shared) or None),
        leaf("TotIVAUsoComun", sum(shared) or None),
        leaf("FctProp", factor if shared else None),
        leaf("TotCredIVAUsoComun", half_up(sum(shared) * factor) if shared and factor else None),
        group("TotOtrosImp", leaf("CodImp", 15), leaf("TotMntImp", withheld)) if withheld else "",
        leaf("TotMntTotal", sum(row.total for row in rows)),
    )


def _not_recoverable(rows: Iterable[BookRow]) -> str:
    found = [row.not_recoverable for row in rows if row.not_recoverable]
    codes = dict.fromkeys(code for code, _amount in found)
    return "".join(
        group(
            "TotIVANoRec",
            leaf("CodIVANoRec", code),
            leaf("TotOpIVANoRec", sum(each == code for each, _amount in found)),
            leaf("TotMntIVANoRec", sum(amount for each, amount in found if each == code)),
        )
        for code in codes
    )


def _detail(row: BookRow) -> str:
    code, lost = row.not_recoverable or (None, None)
    return group(
        "Detalle",
        leaf("TpoDoc", row.kind),
        leaf("NroDoc", row.folio),
        leaf("TasaImp", 19 if row.net else None),
        leaf("FchDoc", row.issued_on),
        leaf("RUTDoc", canonical(row.rut)),
        leaf("RznSoc", row.name, limits.BOOK_NAME),
        leaf("MntExe", row.exempt or None),
        leaf("MntNeto", row.net),
        leaf("MntIVA", row.vat),
        group("IVANoRec", leaf("CodIVANoRec", code), leaf("MntIVANoRec", lost)),
        leaf("IVAUsoComun", row.common_use),
        _withheld(row),
        leaf("MntTotal", row.total),
    )


def _withheld(row: BookRow) -> str:
    if not row.withheld:
        return ""
    return group("OtrosImp", leaf("CodImp", 15), leaf("TasaImp", 19), leaf("MntImp", row.withheld))


def _sum(amounts: Iterable[int | None]) -> int:
    return sum(amount or 0 for amount in amounts)
