"""What a receiver may answer to a document, and until when (PROTOCOL 8.1, 8.4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..clock import CHILE

TERM = timedelta(days=8)
"""Calendar days after the SII received the document; silence accepts it."""


class ClaimAction(StrEnum):
    """accionDoc of ingresarAceptacionReclamoDoc."""

    ACCEPT = "ACD"
    RECEIVE_GOODS = "ERM"
    CLAIM_CONTENT = "RCD"
    CLAIM_PARTIAL = "RFP"
    CLAIM_TOTAL = "RFT"


CLAIMS = frozenset({ClaimAction.CLAIM_CONTENT, ClaimAction.CLAIM_PARTIAL, ClaimAction.CLAIM_TOTAL})
"""The actions that reject a document."""


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """The register's answer: its code and its words. raw: the answer as it came."""

    code: int
    text: str
    raw: str

    @property
    def is_registered(self) -> bool:
        """Whether the register holds the action now, by this call or an earlier one."""
        return self.code in (0, 7)


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """Something that was registered about a document. at: aware, Chilean time, or None."""

    code: str
    text: str
    responsible_rut: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """All events of a document. code: 15 with events, 16 without, others give the reason."""

    code: int
    text: str
    events: tuple[ClaimEvent, ...]
    raw: str


def deadline(received_at: datetime) -> datetime:
    """Until when a document can be claimed. received_at: aware, by the SII's clock.

    The days are Chile's: one of 23 or 25 hours is a day all the same.
    """
    return received_at.astimezone(CHILE) + TERM
