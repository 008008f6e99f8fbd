"""getEstDte: what the SII holds of one document (PROTOCOL 3.3)."""

import re

from .. import ruts
from ..state.clock import Clock
from ..state.companies import Companies
from ..state.folios import Folios
from ..state.ledger import Ledger
from ..state.sessions import Sessions
from .envelope_status import TOKEN_GLOSAS, attention_number
from .soap import Call, Respuesta

_GLOSAS = {
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


class DocumentStatus:
    def __init__(
        self,
        clock: Clock,
        sessions: Sessions,
        companies: Companies,
        folios: Folios,
        ledger: Ledger,
    ):
        self._clock, self._sessions, self._companies = clock, sessions, companies
        self._folios, self._ledger = folios, ledger

    def answer(self, call: Call) -> Respuesta:
        """RutConsultante, RutCompania, RutReceptor (body and digit each), TipoDte, FolioDte,
        FechaEmisionDte, MontoDte, Token, by position."""
        session = self._sessions.session(call.argument(10))
        if session.fault:
            return self._respuesta(session.fault, TOKEN_GLOSAS[session.fault])
        issuer = ruts.join(call.argument(2), call.argument(3))
        type_, folio = call.number(6), call.number(7)
        if not issuer or type_ is None or folio is None:
            return self._respuesta("-3", "ERROR EN PARAMETROS DE ENTRADA")
        estado = self._estado(call, issuer, type_, folio)
        code, glosa, error = _GLOSAS[estado]
        return self._respuesta(estado, glosa, code, error)

    def _estado(self, call: Call, issuer: str, type_: int, folio: int) -> str:
        if not self._companies.get(issuer):
            return "EMP"
        held = self._ledger.held(issuer, type_, folio)
        if not held:
            if self._folios.is_annulled(issuer, type_, folio):
                return "FAN"
            return "FAU" if self._folios.is_authorised(issuer, type_, folio) else "FNA"
        asked = (
            ruts.join(call.argument(4), call.argument(5)),
            _iso_date(call.argument(8)),
            call.argument(9).strip(),
        )
        if asked != (held["receiver"], held["issued_on"], str(held["total"])):
            return "DNK"
        note = self._ledger.modification(issuer, type_, folio)
        if note is None:
            return "DOK"
        note_type, code_ref = note
        return _BY_CODE_REF[code_ref] + ("D" if note_type == _DEBIT_NOTE else "C")

    def _respuesta(self, estado: str, glosa: str, code: str = "", error: str = "") -> Respuesta:
        return Respuesta(
            [
                ("ESTADO", estado),
                ("GLOSA_ESTADO", glosa),
                ("ERR_CODE", code or estado),
                ("GLOSA_ERR", error or glosa),
                ("NUM_ATENCION", attention_number(self._clock)),
            ]
        )


def _iso_date(text: str) -> str:
    """``ddmmaaaa`` or ``dd-mm-aaaa`` as AAAA-MM-DD; '' for anything else."""
    found = re.fullmatch(r"(\d{2})(-?)(\d{2})\2(\d{4})", text.strip())
    return f"{found[4]}-{found[3]}-{found[1]}" if found else ""
