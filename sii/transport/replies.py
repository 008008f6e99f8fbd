"""What the SII answers, typed (PROTOCOL 2.2, 3.1, 3.3, 4.2)."""

from dataclasses import dataclass
from enum import StrEnum

from .result_mail import DocumentResult


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that the SII took. raw: the answer as it came, for the history."""

    track_id: str
    received_at: str
    raw: str


class EnvelopeVerdict(StrEnum):
    """What an envelope status means to us (PROTOCOL 3.2)."""

    PENDING = "pending"
    PROCESSED = "processed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TypeCount:
    """Counters of one document type in a processed envelope."""

    document_type: int
    informed: int
    accepted: int
    rejected: int
    objected: int


@dataclass(frozen=True, slots=True)
class EnvelopeStatus:
    """State of an envelope. PROCESSED is not yet accepted: read ``counts``.

    details: the documents that were rejected or objected to, with the reasons. Only boletas come
    with them (PROTOCOL 4.2); of other documents a mail gives them.
    """

    verdict: EnvelopeVerdict
    sii_code: str
    text: str
    counts: tuple[TypeCount, ...]
    raw: str
    details: tuple[DocumentResult, ...] = ()

    @property
    def words(self) -> str:
        """Code and text as the SII gave them."""
        return f"{self.sii_code} {self.text}".strip()


class DocumentVerdict(StrEnum):
    """What the SII holds of one document (PROTOCOL 3.3)."""

    MATCHES = "matches"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    NOT_AUTHORISED = "not_authorised"


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """State of one document. ``sii_code`` keeps the letters (DOK, FAU, ANC...).

    signature_asked: whether the document's signature was compared as well.
    """

    verdict: DocumentVerdict
    sii_code: str
    text: str
    raw: str
    signature_asked: bool = False

    @property
    def words(self) -> str:
        """Code and text as the SII gave them."""
        return f"{self.sii_code} {self.text}".strip()

    @property
    def is_held(self) -> bool:
        """Whether the SII holds a document with these data: this one, as far as it answers."""
        return self.verdict is DocumentVerdict.MATCHES

    @property
    def is_ours(self) -> bool:
        """Whether the SII holds this very document: its data and its signature."""
        return self.is_held and self.signature_asked

    @property
    def is_foreign(self) -> bool:
        """Whether the SII holds another document under this folio: never ours."""
        return self.verdict is DocumentVerdict.DIFFERS
