"""What the SII answers it holds of one document (PROTOCOL 3.3, 4.2)."""

import re
from dataclasses import dataclass

from ..office import Office

GLOSAS = {
    "DOK": ("0", "DTE Recibido", "Documento Recibido por el SII. Datos Coinciden"),
    "DNK": ("1", "DTE Recibido", "Documento Recibido por el SII pero Datos NO Coinciden"),
    "FAU": ("3", "Documento No Recibido por el SII", "Documento No Recibido por el SII"),
    "FNA": ("4", "Folio No Autorizado", "Folio No Autorizado por el SII"),
    "FAN": ("5", "Folio Anulado", "Folio Anulado en el SII"),
    "EMP": ("6", "Empresa No Autorizada", "Empresa no autorizada a emitir DTE"),
    "TMD": ("10", "Nota de Debito modifica texto", "Existe Nota de Debito que modifica texto"),
    "TMC": ("11", "Nota de Credito modifica texto", "Existe Nota de Credito que modifica texto"),
    "MMD": ("12", "Nota de Debito modifica montos", "Existe Nota de Debito que modifica montos"),
    "MMC": ("13", "Nota de Credito modifica montos", "Existe Nota de Credito que modifica montos"),
    "AND": ("14", "Nota de Debito anula", "Existe Nota de Debito que anula el documento"),
    "ANC": ("15", "Nota de Credito anula", "Existe Nota de Credito que anula el documento"),
}
_BY_CODE_REF = {1: "AN", 2: "TM", 3: "MM"}
_DEBIT_NOTE = 56


@dataclass(frozen=True, slots=True)
class Question:
    """Of whom, which document, and what the asker believes it states."""

    issuer: str
    type: int
    folio: int
    receiver: str
    issued_on: str
    total: str


def estado(office: Office, asked: Question) -> str:
    """DOK, DNK, FAU, FNA, FAN, EMP, or what notes did to the document."""
    folio = (asked.issuer, asked.type, asked.folio)
    if not office.companies.get(asked.issuer):
        return "EMP"
    held = office.ledger.held(*folio)
    if not held:
        if office.folios.is_annulled(*folio):
            return "FAN"
        return "FAU" if office.folios.is_authorised(*folio) else "FNA"
    if (asked.receiver, asked.issued_on, asked.total) != (
        held["receiver"],
        held["issued_on"],
        str(held["total"]),
    ):
        return "DNK"
    note = office.ledger.modification(*folio)
    if note is None:
        return "DOK"
    note_type, code_ref = note
    return _BY_CODE_REF[code_ref] + ("D" if note_type == _DEBIT_NOTE else "C")


def iso_date(text: str) -> str:
    """``ddmmaaaa`` or ``dd-mm-aaaa`` as AAAA-MM-DD; '' for anything else."""
    found = re.fullmatch(r"(\d{2})(-?)(\d{2})\2(\d{4})", text.strip())
    return f"{found[4]}-{found[3]}-{found[1]}" if found else ""
