"""boleta.electronica.envio: takes the file, looks into it later (PROTOCOL 4.1 to 4.3)."""

from werkzeug.wrappers import Request

from ...office import Office
from ..answer import Answer, Shape
from ..envelope_status import received_at
from ..rest import RefusedError, as_json
from ..upload import MAX_BYTES, Form, read_form

# Of a chunked body only the first block is read.
_FIRST_BLOCK = 4096


class BoletaUpload:
    def __init__(self, office: Office):
        self._office = office

    def answer(self, request: Request, shape: Shape) -> Answer:
        """Receive an envelope; raises RefusedError."""
        sent = self._authorised(request)
        content = sent.content
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            content = content[:_FIRST_BLOCK]
        if not 0 < len(content) <= MAX_BYTES:
            raise RefusedError(400, "Tamano de archivo invalido")
        track_id = self._office.envelopes.receive(
            sent.company, sent.sender, sent.filename, content, by_rest=True
        )
        received = {
            "rut_emisor": sent.company,
            "rut_envia": sent.sender,
            "trackid": track_id,
            "fecha_recepcion": received_at(self._office.clock.instant()),
            "estado": "REC",
            "file": sent.filename,
        }
        return as_json(received, f"REC TRACKID {track_id} company {sent.company}", shape)

    def _authorised(self, request: Request) -> Form:
        """What was sent, by who may send it."""
        token = request.cookies.get("TOKEN", "")
        if not token:
            raise RefusedError(400, "No trae TOKEN")
        session = self._office.boleta_sessions.session(token)
        if session.fault or "PROG 1.0" not in request.user_agent.string:
            raise RefusedError(401, "NO ESTA AUTENTICADO")
        sent = read_form(request)
        if sent is None:
            raise RefusedError(400, "Faltan parametros")
        company = self._office.companies.get(sent.company)
        if sent.sender != session.rut or not company or sent.sender not in company.users:
            raise RefusedError(401, "No autorizado")
        return sent
