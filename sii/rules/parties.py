"""Emisor and Receptor (PROTOCOL 5.3, 5.4).

Addresses, cities, phones, contacts, branches and sellers are clipped by the writer; what identifies
someone is not.
"""

from .. import kinds
from ..codes import ANONYMOUS_RUT
from ..document import Document, Issuer, Receiver, limits
from ..errors import Problem
from ..kinds import Family
from .references import changed
from .values import Problems, taxpayer, text

MAX_ACTECO = 999_999
MAX_BRANCH_CODE = 999_999_999


def check(document: Document) -> Problems:
    """Rules of issuer and receiver.

    Notes may leave out the giro of their receiver, and boletas whatever their buyer does not give.
    """
    yield from _issuer(document.issuer, document.traits.is_note)
    yield from _receiver(document)


def _issuer(issuer: Issuer, is_note: bool) -> Problems:
    yield from taxpayer(issuer.rut, "issuer.rut", "issuer_rut_missing")
    yield from text(issuer.name, "issuer.name", limits.NAME, "issuer_name_missing")
    yield from text(issuer.giro, "issuer.giro", limits.ISSUER_GIRO, "issuer_giro_missing")
    yield from text(
        issuer.address, "issuer.address", missing="" if is_note else "issuer_address_missing"
    )
    # The manual leaves it open in notes; the SII refuses any document without it (12.2).
    yield from text(issuer.comuna, "issuer.comuna", limits.COMUNA, "issuer_comuna_missing")
    yield from text(issuer.email, "issuer.email", limits.EMAIL)
    yield from _optional(issuer, "issuer", ("city", "phone", "branch", "seller"))
    yield from _registered(issuer)


def _registered(issuer: Issuer) -> Problems:
    if not 1 <= len(issuer.actecos) <= limits.ACTECOS:
        data = {"limit": limits.ACTECOS, "count": len(issuer.actecos)}
        yield Problem("acteco_count", "issuer.actecos", data)
    for index, acteco in enumerate(issuer.actecos):
        if not 0 < acteco <= MAX_ACTECO:
            yield Problem("acteco_invalid", f"issuer.actecos[{index}]", {"acteco": acteco})
    code = issuer.sii_branch_code
    if code is not None and not 0 < code <= MAX_BRANCH_CODE:
        yield Problem("branch_code_invalid", "issuer.sii_branch_code", {"code": code})


def _is_placed(document: Document) -> bool:
    """Whether the SII requires the receiver's address (HED-3-845, HED-3-846; LAW_2026 9).

    It does in notes too, which the manual leaves open, but for those over boletas; a note over
    such a note shows by its anonymous receiver alone what it goes back to.
    """
    if not document.traits.is_note:
        return not document.traits.is_boleta
    originals = {kinds.of(each.document_type).family for _where, each in changed(document)}
    return document.receiver.rut != ANONYMOUS_RUT and originals != {Family.BOLETA}


def _receiver(document: Document) -> Problems:
    receiver, kind = document.receiver, document.traits
    placed = _is_placed(document)
    nameless = "" if kind.is_boleta else "receiver_name_missing"
    giro = "" if kind.is_note or kind.is_boleta else "receiver_giro_missing"
    comuna = "receiver_comuna_missing" if placed else ""
    address = "receiver_address_missing" if placed else ""
    yield from taxpayer(receiver.rut, "receiver.rut", "receiver_rut_missing")
    yield from text(receiver.name, "receiver.name", limits.NAME, nameless)
    yield from text(receiver.giro, "receiver.giro", limits.GIRO, giro)
    yield from text(receiver.address, "receiver.address", missing=address)
    yield from text(receiver.comuna, "receiver.comuna", limits.COMUNA, comuna)
    yield from text(receiver.email, "receiver.email", limits.EMAIL)
    yield from text(receiver.internal_code, "receiver.internal_code", limits.INTERNAL_CODE)
    yield from _optional(receiver, "receiver", ("city", "contact"))


def _optional(party: Issuer | Receiver, where: str, fields: tuple[str, ...]) -> Problems:
    for field in fields:
        yield from text(getattr(party, field), f"{where}.{field}")
