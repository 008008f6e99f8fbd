"""LibroCompraVenta: rows that add up, and summaries that are their sums (PROTOCOL 9.3)."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ...reasons import Reason
from ...verify.xmltext import find_all, text
from ..retention import RETENTIONS

# Amounts of a row, and what the summary calls their sum.
_SUMMED = {
    "MntExe": "TotMntExe",
    "MntNeto": "TotMntNeto",
    "MntIVA": "TotMntIVA",
    "MntActivoFijo": "TotMntActivoFijo",
    "MntIVAActivoFijo": "TotMntIVAActivoFijo",
    "IVAUsoComun": "TotIVAUsoComun",
    "IVAFueraPlazo": "TotIVAFueraPlazo",
    "Ley18211": "TotLey18211",
    "MntSinCred": "TotImpSinCredito",
    "IVARetTotal": "TotIVARetTotal",
    "IVARetParcial": "TotIVARetParcial",
    "CredEC": "TotCredEC",
    "DepEnvase": "TotDepEnvase",
    "MntTotal": "TotMntTotal",
    "IVANoRetenido": "TotIVANoRetenido",
    "MntNoFact": "TotMntNoFact",
    "MntPeriodo": "TotMntPeriodo",
}
# (group and amount of a row, its key, the same in the summary)
_GROUPS = (
    ("OtrosImp", "CodImp", "MntImp", "TotOtrosImp", "TotMntImp"),
    ("IVANoRec", "CodIVANoRec", "MntIVANoRec", "TotIVANoRec", "TotMntIVANoRec"),
)
_PLUS = ("MntExe", "MntNeto", "MntIVA", "IVAUsoComun", "IVAFueraPlazo", "Ley18211", "MntSinCred")
_MINUS = ("IVARetTotal", "IVARetParcial", "CredEC")
# Kinds that enter a sales book by their totals alone.
_WITHOUT_ROWS = {"35", "38", "39", "41", "47", "48", "105"}


def rows(book: etree._Element) -> list[etree._Element]:
    """What was bought or sold; annulled folios count apart."""
    return [row for row in find_all(book, "EnvioLibro/Detalle") if not text(row, "Anulado")]


def balance(book: etree._Element) -> Iterator[Reason]:
    """LRH: "El Monto Total No Cuadra"."""
    for row in rows(book):
        yield from _row(row)
    summaries = {
        text(part, "TpoDoc"): part
        for part in find_all(book, "EnvioLibro/ResumenPeriodo/TotalesPeriodo")
    }
    by_type: dict[str, list[etree._Element]] = {}
    for row in rows(book):
        by_type.setdefault(text(row, "TpoDoc"), []).append(row)
    for kind in sorted({*summaries, *by_type}):
        if kind not in summaries:
            yield Reason("LIB-3-902", kind)
        elif kind in by_type or kind not in _WITHOUT_ROWS:
            yield from _summary(kind, summaries[kind], by_type.get(kind, []))


def _row(row: etree._Element) -> Iterator[Reason]:
    expected = sum(_pesos(row, tag) for tag in _PLUS) - sum(_pesos(row, tag) for tag in _MINUS)
    expected += _pesos(row, "DepEnvase")
    expected += sum(_pesos(part, "MntIVANoRec") for part in find_all(row, "IVANoRec"))
    for part in find_all(row, "OtrosImp"):
        sign = -1 if int(text(part, "CodImp")) in RETENTIONS else 1
        expected += sign * _pesos(part, "MntImp")
    stated = _pesos(row, "MntTotal")
    if stated != expected:
        where = f"{text(row, 'TpoDoc')} {text(row, 'NroDoc')}"
        yield Reason("LIB-3-901", f"{where} [{stated}] <> [{expected}]")


def _summary(kind: str, part: etree._Element, of_kind: list[etree._Element]) -> Iterator[Reason]:
    pairs = [("TotDoc", _pesos(part, "TotDoc"), len(of_kind))]
    for tag, total in _SUMMED.items():
        pairs.append((total, _pesos(part, total), sum(_pesos(row, tag) for row in of_kind)))
    for group, key, amount, summary, total in _GROUPS:
        expected: Counter[str] = Counter()
        for element in (element for row in of_kind for element in find_all(row, group)):
            expected[text(element, key)] += _pesos(element, amount)
        stated = Counter({text(e, key): _pesos(e, total) for e in find_all(part, summary)})
        for code in sorted({*expected, *stated}):
            pairs.append((f"{summary} {code}", stated[code], expected[code]))
    for name, stated_amount, expected_amount in pairs:
        if stated_amount != expected_amount:
            yield Reason("LIB-3-903", f"{kind} {name} [{stated_amount}] <> [{expected_amount}]")


def _pesos(element: etree._Element, tag: str) -> int:
    return int(text(element, tag) or 0)
