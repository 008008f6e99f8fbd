"""getEstUp: the state of an envelope (PROTOCOL 3.1)."""

from itertools import count

from .. import ruts
from ..office import Office
from ..state.clock import Clock, local
from ..state.envelopes import GLOSAS, came_by_rest
from ..verdicts import counters
from .soap import Call, Leaves, Respuesta

TOKEN_GLOSAS = {"001": "TOKEN INACTIVO", "003": "TOKEN NO EXISTE"}
_COUNTERS = {
    "tipo": "TIPO_DOCTO",
    "informados": "INFORMADOS",
    "aceptados": "ACEPTADOS",
    "rechazados": "RECHAZADOS",
    "reparos": "REPAROS",
}
_attention = count(1)


def attention_number(clock: Clock) -> str:
    """NUM_ATENCION as the SII writes it: number, blanks, local time in parentheses."""
    return f"{next(_attention)}   ( {clock.now():%Y/%m/%d %H:%M:%S})"


class EnvelopeStatus:
    def __init__(self, office: Office):
        self._clock, self._sessions, self._companies = (
            office.clock,
            office.sessions,
            office.companies,
        )
        self._envelopes, self._ledger = office.envelopes, office.ledger

    def answer(self, call: Call) -> Respuesta:
        """RutCompania, DvCompania, TrackId, Token, by position."""
        session = self._sessions.session(call.argument(3))
        if session.fault:
            return self._header(session.fault, TOKEN_GLOSAS[session.fault])
        company = self._companies.get(ruts.join(call.argument(0), call.argument(1)))
        track_id = call.number(2)
        if not company or track_id is None:
            return self._not_returned(srv_code="1", err_code="1")
        if session.rut not in company.users:
            return self._header("-6", "USUARIO NO AUTORIZADO")
        envelope = self._envelopes.get(track_id)
        if not envelope or envelope["company"] != company.rut or came_by_rest(track_id):
            return self._not_returned(srv_code="0", err_code="1")
        if self._clock.instant() < envelope["visible_at"]:
            return self._not_returned(srv_code="0", err_code="2")
        state = envelope["state"]
        header = [
            ("TRACKID", f"{track_id:010d}"),
            ("ESTADO", state),
            ("GLOSA", GLOSAS[state]),
            ("NUM_ATENCION", attention_number(self._clock)),
        ]
        return Respuesta(header, self._counters(track_id) if state == "EPR" else ())

    def _counters(self, track_id: int) -> Leaves:
        """Five siblings per type, flat, without a wrapper."""
        return [
            (tag, str(found[name]))
            for found in counters(self._ledger.of_envelope(track_id))
            for name, tag in _COUNTERS.items()
        ]

    def _header(self, estado: str, glosa: str) -> Respuesta:
        return Respuesta(
            [
                ("ESTADO", estado),
                ("GLOSA", glosa),
                ("NUM_ATENCION", attention_number(self._clock)),
            ]
        )

    def _not_returned(self, srv_code: str, err_code: str) -> Respuesta:
        """ESTADO -11: ERR_CODE 1 not of this company, 2 not yet visible."""
        return Respuesta(
            [
                ("ESTADO", "-11"),
                ("GLOSA", "ERROR EN LA CONSULTA DEL ENVIO"),
                ("ERR_CODE", err_code),
                ("SQL_CODE", "0"),
                ("SRV_CODE", srv_code),
                ("NUM_ATENCION", attention_number(self._clock)),
            ]
        )


def received_at(instant: float) -> str:
    """AAAA-MM-DD HH:MM:SS in Chile, as upload answers and result mails write it."""
    return f"{local(instant):%Y-%m-%d %H:%M:%S}"
