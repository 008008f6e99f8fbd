"""ConsumoFolios (RCOF): which folios a day used, and for how much (PROTOCOL 4.5).

No longer obligatory since August 2022; the certification of boletas still asks for it. It is sent
as other documents do, by ``Gateway.upload``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .. import kinds
from ..clock import timestamp
from ..codes import TipoDte
from ..document.vat import VAT_RATE
from ..dte.envelope import Caratula, check_sender, root_tag
from ..errors import InvalidDocument, Problem
from ..rut import canonical
from ..signature import xmldsig
from ..signature.signer import Signer
from ..xml.schema import SchemaSet
from ..xml.writer import DECLARATION, group, leaf

MAX_SEQUENCE = 999

_TAG, _ID = "ConsumoFolios", "ConsumoFolios"


@dataclass(frozen=True, slots=True)
class UsedFolio:
    """A folio that was used up on the day; amounts in pesos.

    voided: it became no document, and its amounts do not count.
    """

    kind: int
    folio: int
    total: int = 0
    net: int = 0
    vat: int = 0
    exempt: int = 0
    voided: bool = False


def write(
    caratula: Caratula,
    day: date,
    folios: Sequence[UsedFolio],
    sequence: int,
    signer: Signer,
    at: datetime,
    schemas: SchemaSet | None = None,
) -> bytes:
    """The signed summary of one day, in which a day without sales shows zeros.

    sequence: 1 for the first of the day, higher for each that replaces it. at: aware. schemas: the
    set to judge it by, the bundled one unless given. The receiver of the caratula does not matter.
    Raises InvalidDocument: ``summary_kind`` {kind}, ``summary_folio_twice`` {kind, folio},
    ``summary_sequence`` {limit, sequence}, ``schema_invalid``; and CertificateProblem.
    """
    _check(folios, sequence)
    check_sender(caratula, signer, at)
    used = sorted({each.kind for each in folios}) or [TipoDte.BOLETA]
    body = group(
        "DocumentoConsumoFolios",
        _cover(caratula, day, sequence, at),
        *(_summary(kind, [each for each in folios if each.kind == kind]) for kind in used),
        attributes=f' ID="{_ID}"',
    )
    start = root_tag(_TAG, "ConsumoFolio_v10.xsd")
    signed = xmldsig.sign(f"{DECLARATION}{start}\n{body}</{_TAG}>", _ID, signer)
    problems = (schemas or SchemaSet.bundled()).validate(signed.root)
    if problems:
        raise InvalidDocument(problems)
    return signed.xml


def _check(folios: Sequence[UsedFolio], sequence: int) -> None:
    problems, seen = [], set()
    if not 1 <= sequence <= MAX_SEQUENCE:
        data = {"limit": MAX_SEQUENCE, "sequence": sequence}
        problems.append(Problem("summary_sequence", "sequence", data))
    for index, each in enumerate(folios):
        where, data = f"folios[{index}]", {"kind": int(each.kind), "folio": each.folio}
        if not kinds.of(each.kind).daily_summary:
            problems.append(Problem("summary_kind", where, data))
        if (each.kind, each.folio) in seen:
            problems.append(Problem("summary_folio_twice", where, data))
        seen.add((each.kind, each.folio))
    if problems:
        raise InvalidDocument(problems)


def _cover(caratula: Caratula, day: date, sequence: int, at: datetime) -> str:
    return group(
        "Caratula",
        leaf("RutEmisor", canonical(caratula.issuer_rut)),
        leaf("RutEnvia", canonical(caratula.sender_rut)),
        leaf("FchResol", caratula.resolution_date),
        leaf("NroResol", caratula.resolution_number),
        leaf("FchInicio", day),
        leaf("FchFinal", day),
        leaf("SecEnvio", sequence),
        leaf("TmstFirmaEnv", timestamp(at)),
        attributes=' version="1.0"',
    )


def _summary(kind: int, folios: Sequence[UsedFolio]) -> str:
    issued = [each for each in folios if not each.voided]
    voided = [each for each in folios if each.voided]
    taxed = not kinds.of(kind).exempt
    return group(
        "Resumen",
        leaf("TipoDocumento", kind),
        leaf("MntNeto", sum(each.net for each in issued) if taxed else None),
        leaf("MntIva", sum(each.vat for each in issued) if taxed else None),
        leaf("TasaIVA", VAT_RATE if taxed else None),
        leaf("MntExento", sum(each.exempt for each in issued)),
        leaf("MntTotal", sum(each.total for each in issued)),
        leaf("FoliosEmitidos", len(issued)),
        leaf("FoliosAnulados", len(voided)),
        leaf("FoliosUtilizados", len(folios)),
        # Programs in use at the SII keep the two apart, though the count above holds both.
        *_ranges("RangoUtilizados", issued),
        *_ranges("RangoAnulados", voided),
    )


def _ranges(tag: str, folios: Iterable[UsedFolio]) -> Iterable[str]:
    for first, last in runs(each.folio for each in folios):
        yield group(tag, leaf("Inicial", first), leaf("Final", last))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each unbroken run.

    >>> runs([7, 1, 2, 3, 9, 8])
    [(1, 3), (7, 9)]
    """
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
