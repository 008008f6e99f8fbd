"""Whether the SII holds a document with this very signature (PROTOCOL 3.4)."""

import re
from dataclasses import dataclass

from .. import rut
from ..errors import Busy
from .document_status import VERDICT_OF, DocumentQuestion
from .replies import DocumentStatus, DocumentVerdict
from .respuesta import Respuesta
from .token import NotAuthenticated

_HEADER, _BODY = "RESP_HDR", "RESP_BODY"
_PROCESSED = frozenset({"0", "00"})
_NOT_AUTHENTICATED = frozenset({"1", "2", "01", "02", "001", "002", "003"})
_RECEIVED = {
    "SI": frozenset({DocumentVerdict.MATCHES, DocumentVerdict.DIFFERS}),
    "NO": frozenset({DocumentVerdict.UNKNOWN, DocumentVerdict.NOT_AUTHORISED}),
}
# Answers of the service that are neither yes nor no: its names are not documented to the letter.
ODD_ANSWERS = frozenset({"signature_status_odd", "soap_fault", "answer_unreadable"})


@dataclass(frozen=True, slots=True)
class SignatureQuestion:
    """The data that must coincide. signature: base64 of the DTE's ``SignatureValue``."""

    document: DocumentQuestion
    signature: str

    def arguments(self, token: str) -> tuple[str, ...]:
        """Parameters of ``getEstDteAv`` in its order; no asker is named."""
        asked = self.document
        return (
            *rut.split(asked.issuer_rut),
            *rut.split(asked.receiver_rut),
            str(asked.kind),
            str(asked.folio),
            f"{asked.issued_on:%d%m%Y}",
            str(asked.total),
            re.sub(r"\s", "", self.signature),
            token,
        )


def read_signature_status(answer: Respuesta) -> DocumentStatus:
    """The answer of ``getEstDteAv``, typed.

    Raises NotAuthenticated; Busy ``signature_status_odd`` for anything that is not clearly yes or
    no: a bill is made of this answer, so it is not guessed.
    """
    header = answer.within(_HEADER, "ESTADO")
    text = answer.within(_BODY, "GLOSA") or answer.within(_HEADER, "GLOSA")
    if header in _NOT_AUTHENTICATED:
        raise NotAuthenticated(header, text)
    received, code = answer.within(_BODY, "RECIBIDO").upper(), answer.within(_BODY, "ESTADO")
    verdict = VERDICT_OF.get(code)
    if header not in _PROCESSED or verdict not in _RECEIVED.get(received, ()):
        codes = " ".join(filter(None, [header, received, code]))
        raise Busy("signature_status_odd", sii_code=codes, text=text)
    return DocumentStatus(verdict, code, text, answer.raw, signature_asked=True)
