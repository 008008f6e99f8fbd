"""What the SII holds of one document (PROTOCOL 3.3)."""

from dataclasses import dataclass
from datetime import date

from .. import rut
from ..errors import Busy
from .envelope_status import NOT_AUTHENTICATED
from .replies import DocumentStatus, DocumentVerdict
from .respuesta import Respuesta
from .token import NotAuthenticated

# T, M, A: a debit (D) or credit (C) note changed its text, its amounts, or annulled it.
_VERDICTS = {
    DocumentVerdict.MATCHES: "DOK TMD TMC MMD MMC AND ANC",
    DocumentVerdict.DIFFERS: "DNK",
    DocumentVerdict.UNKNOWN: "FAU",
    DocumentVerdict.NOT_AUTHORISED: "FNA FAN EMP",
}
VERDICT_OF = {code: verdict for verdict, codes in _VERDICTS.items() for code in codes.split()}


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """The data that must coincide. total: pesos, ``MntTotal``."""

    issuer_rut: str
    receiver_rut: str
    kind: int
    folio: int
    issued_on: date
    total: int

    def arguments(self, asker_rut: str, token: str) -> tuple[str, ...]:
        """Parameters of ``getEstDte`` in its order; the asker is the certificate's holder."""
        return (
            *rut.split(asker_rut),
            *rut.split(self.issuer_rut),
            *rut.split(self.receiver_rut),
            str(self.kind),
            str(self.folio),
            f"{self.issued_on:%d%m%Y}",
            str(self.total),
            token,
        )


def read_document_status(answer: Respuesta) -> DocumentStatus:
    """The answer of ``getEstDte``, typed.

    Raises NotAuthenticated, and Busy for a code we do not know: whether the SII holds the
    document decides if it is sent again, so it is not guessed.
    """
    text = answer.get("GLOSA_ESTADO") or answer.get("GLOSA_ERR") or answer.get("GLOSA")
    return status_of(answer.estado, text, answer.raw)


def status_of(code: str, text: str, raw: str) -> DocumentStatus:
    """What a code means; raises as ``read_document_status`` does."""
    if code in NOT_AUTHENTICATED:
        raise NotAuthenticated(code, text)
    if code not in VERDICT_OF:
        raise Busy("document_status_failed", sii_code=code, text=text)
    return DocumentStatus(
        verdict=VERDICT_OF[code],
        sii_code=code,
        text=text,
        raw=raw,
    )
