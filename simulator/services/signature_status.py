"""getEstDteAv: whether the SII holds a document with this very signature (PROTOCOL 3.4)."""

from .. import ruts
from ..checks.dte import Dte
from ..office import Office
from ..verify import xmltext
from .envelope_status import attention_number
from .holdings import GLOSAS, Question, estado, iso_date
from .soap import Call, Respuesta

_TOKEN_FAULTS = {
    "001": ("1", "Token expirado o no valido"),
    "003": ("2", "Token no existe"),
}
_BAD_PARAMETERS = ("5", "Error en parametros de entrada")
_NOT_RECEIVED = frozenset({"FAU", "FNA", "FAN", "EMP"})


class SignatureStatus:
    def __init__(self, office: Office):
        self._office = office

    def answer(self, call: Call) -> Respuesta:
        """RutEmpresa, RutReceptor (body and digit each), TipoDte, FolioDte, FechaEmisionDte,
        MontoDte, FirmaDte, Token, by position."""
        session = self._office.sessions.session(call.argument(9))
        if session.fault:
            return _header(*_TOKEN_FAULTS[session.fault])
        issuer = ruts.join(call.argument(0), call.argument(1))
        type_, folio = call.number(4), call.number(5)
        signature = _compact(call.argument(8))
        if not issuer or type_ is None or folio is None or not signature:
            return _header(*_BAD_PARAMETERS)
        asked = Question(
            issuer,
            type_,
            folio,
            receiver=ruts.join(call.argument(2), call.argument(3)),
            issued_on=iso_date(call.argument(6)),
            total=call.argument(7).strip(),
        )
        found = estado(self._office, asked)
        track_id, held = self._held(issuer, type_, folio)
        if found not in _NOT_RECEIVED and signature != held:
            found = "DNK"
        body = [
            ("RECIBIDO", "NO" if found in _NOT_RECEIVED else "SI"),
            ("ESTADO", found),
            ("GLOSA", GLOSAS[found][2]),
            ("TRACKID", track_id),
            ("NUMATENCION", attention_number(self._office.clock)),
        ]
        return Respuesta([("ESTADO", "0"), ("GLOSA", "")], body)

    def _held(self, issuer: str, type_: int, folio: int) -> tuple[str, str]:
        """Envelope and SignatureValue of the document that is held; empty without one."""
        row = self._office.ledger.held(issuer, type_, folio)
        envelope = self._office.envelopes.get(row["track_id"]) if row else None
        if envelope:
            for dte in map(Dte, xmltext.fragments(envelope["content"])):
                if (dte.issuer, dte.type, dte.folio) == (issuer, type_, folio):
                    value = xmltext.text(dte.root, "Signature/SignatureValue")
                    return str(row["track_id"]), _compact(value)
        return "", ""


def _compact(text: str) -> str:
    return "".join(text.split())


def _header(estado: str, glosa: str) -> Respuesta:
    return Respuesta([("ESTADO", estado), ("GLOSA", glosa)])
