"""The SII's answer about an envelope, in its codes, and what each means (PROTOCOL 3.1, 3.2)."""

import re

from ..errors import Busy, Refused
from .replies import EnvelopeStatus, EnvelopeVerdict, TypeCount
from .respuesta import Respuesta
from .token import NotAuthenticated

NOT_AUTHENTICATED = frozenset({"001", "002", "003"})

_VERDICTS = {
    EnvelopeVerdict.PENDING: "REC SOK SDK CRT FOK PDR PRD LSO 005 007 106 107 -8 -11",
    EnvelopeVerdict.PROCESSED: "EPR RPR RLV LOK LTC",
    EnvelopeVerdict.REFUSED: "RSC RFR RCT RPT RCO VOF RCH LRH LRS LNC LRC LRF",
}
VERDICT_OF = {code: verdict for verdict, codes in _VERDICTS.items() for code in codes.split()}

# The user behind the certificate, not the envelope: asking again changes nothing.
USER_CODES = frozenset({"-3", "-6", "-10", "-13"})

_WHOLE = re.compile("[0-9]{1,9}")
_COUNTERS = ("INFORMADOS", "ACEPTADOS", "RECHAZADOS", "REPAROS")
_DETAILS = ("ERR_CODE", "SQL_CODE", "SRV_CODE")


def read_envelope_status(answer: Respuesta) -> EnvelopeStatus:
    """The answer of ``getEstUp``, typed.

    A state that we do not know leaves the envelope pending: neither accepted nor lost.
    Raises NotAuthenticated, Refused when the user may not ask, Busy when the SII failed.
    """
    code = answer.estado
    if code in NOT_AUTHENTICATED:
        raise NotAuthenticated(code, _text(answer))
    if code in USER_CODES:
        raise Refused("user_not_allowed", sii_code=code, text=_text(answer))
    if code not in VERDICT_OF and (not code or code.startswith("-")):
        raise Busy("status_failed", sii_code=code, text=_text(answer))
    return EnvelopeStatus(
        verdict=VERDICT_OF.get(code, EnvelopeVerdict.PENDING),
        sii_code=code,
        text=_text(answer),
        counts=_counts(answer),
        raw=answer.raw,
    )


def _text(answer: Respuesta) -> str:
    """``GLOSA``; -11 comes without and gives the reason in three codes."""
    details = (f"{name} {answer.get(name)}" for name in _DETAILS if answer.get(name))
    return answer.get("GLOSA") or ", ".join(details)


def _count(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("no number")
    return int(text)


def _counts(answer: Respuesta) -> tuple[TypeCount, ...]:
    """Counters come flat, as siblings: each ``TIPO_DOCTO`` begins the next group."""
    groups: list[dict[str, int]] = []
    try:
        for name, text in answer.leaves:
            if name == "TIPO_DOCTO":
                groups.append({name: _count(text)})
            elif name in _COUNTERS and groups:
                groups[-1][name] = _count(text)
    except ValueError as error:
        raise Busy("answer_unreadable", reason="counter") from error
    return tuple(
        TypeCount(group["TIPO_DOCTO"], *(group.get(name, 0) for name in _COUNTERS))
        for group in groups
    )
