"""getEstDte: what the SII holds of one document (PROTOCOL 3.3)."""

from .. import ruts
from ..office import Office
from .envelope_status import TOKEN_GLOSAS, attention_number
from .holdings import GLOSAS, Question, estado, iso_date
from .soap import Call, Respuesta


class DocumentStatus:
    def __init__(self, office: Office):
        self._office = office

    def answer(self, call: Call) -> Respuesta:
        """RutConsultante, RutCompania, RutReceptor (body and digit each), TipoDte, FolioDte,
        FechaEmisionDte, MontoDte, Token, by position."""
        session = self._office.sessions.session(call.argument(10))
        if session.fault:
            return self._respuesta(session.fault, TOKEN_GLOSAS[session.fault])
        issuer = ruts.join(call.argument(2), call.argument(3))
        type_, folio = call.number(6), call.number(7)
        if not issuer or type_ is None or folio is None:
            return self._respuesta("-3", "ERROR EN PARAMETROS DE ENTRADA")
        asked = Question(
            issuer,
            type_,
            folio,
            receiver=ruts.join(call.argument(4), call.argument(5)),
            issued_on=iso_date(call.argument(8)),
            total=call.argument(9).strip(),
        )
        found = estado(self._office, asked)
        code, glosa, error = GLOSAS[found]
        return self._respuesta(found, glosa, code, error)

    def _respuesta(self, estado: str, glosa: str, code: str = "", error: str = "") -> Respuesta:
        return Respuesta(
            [
                ("ESTADO", estado),
                ("GLOSA_ESTADO", glosa),
                ("ERR_CODE", code or estado),
                ("GLOSA_ERR", error or glosa),
                ("NUM_ATENCION", attention_number(self._office.clock)),
            ]
        )
