"""ConsumoFolios: the folios and the sums of a day (PROTOCOL 4.5)."""

from collections.abc import Iterator

from lxml import etree

from ...reasons import Reason
from ...verify.xmltext import find_all, text


def consistency(root: etree._Element) -> Iterator[Reason]:
    """RCO: one day, folios that add up to their ranges, totals that add up."""
    caratula = "DocumentoConsumoFolios/Caratula"
    if text(root, f"{caratula}/FchInicio") != text(root, f"{caratula}/FchFinal"):
        yield Reason("RCF-3-901")
    for part in find_all(root, "DocumentoConsumoFolios/Resumen"):
        kind = text(part, "TipoDocumento")
        used, voided = _count(part, "RangoUtilizados"), _count(part, "RangoAnulados")
        emitted, annulled = _number(part, "FoliosEmitidos"), _number(part, "FoliosAnulados")
        if _number(part, "FoliosUtilizados") != emitted + annulled:
            yield Reason("RCF-3-902", kind)
        if (used, voided) != (emitted, annulled):
            yield Reason("RCF-3-903", f"{kind} [{emitted}, {annulled}] <> [{used}, {voided}]")
        expected = sum(_number(part, tag) for tag in ("MntNeto", "MntIva", "MntExento"))
        if _number(part, "MntTotal") != expected:
            yield Reason("RCF-3-904", f"{kind} [{_number(part, 'MntTotal')}] <> [{expected}]")


def _count(part: etree._Element, tag: str) -> int:
    """Folios in the ranges; a range without an end is one folio."""
    return sum(
        _number(span, "Final") - _number(span, "Inicial") + 1 if text(span, "Final") else 1
        for span in find_all(part, tag)
    )


def _number(part: etree._Element, tag: str) -> int:
    return int(text(part, tag) or 0)
