"""The SII's paths: which service answers, and what the script makes of it."""

import re
from collections.abc import Callable

from werkzeug.wrappers import Request, Response

from .. import ruts
from ..office import Office
from ..processing import Processing
from ..state.script import Action
from . import faults, soap, token
from .answer import Answer, Shape
from .document_status import DocumentStatus
from .envelope_status import EnvelopeStatus
from .upload import Upload

PATHS = {
    "/DTEWS/CrSeed.jws": "seed",
    "/DTEWS/GetTokenFromSeed.jws": "token",
    "/DTEWS/QueryEstUp.jws": "envelope_status",
    "/DTEWS/QueryEstDte.jws": "document_status",
    "/cgi_dte/UPL/DTEUpload": "upload",
}
_CALLS = {
    "seed": "getSeed",
    "token": "getToken",
    "envelope_status": "getEstUp",
    "document_status": "getEstDte",
}
# Every service also tells its version; clients use it as a ping.
_PINGS = {
    "getVersion": "1.0 Simulador",
    "getVersionMayor": "1",
    "getVersionMenor": "0",
    "getVersionPatch": "0",
    "getState": "OK",
}
_TOKEN_POSITION = {"envelope_status": 3, "document_status": 10}
_TYPE_AND_FOLIO = re.compile(rb"<TipoDTE>\s*(\d+)\s*</TipoDTE>\s*<Folio>\s*(\d+)\s*</Folio>")


class Doors:
    def __init__(self, office: Office):
        self._office = office
        self._processing = Processing(office)
        self._waiting = faults.Waiting()
        parts = (office.clock, office.sessions, office.companies)
        self._upload = Upload(*parts, office.envelopes, office.schemas)
        envelope_status = EnvelopeStatus(*parts, office.envelopes, office.ledger)
        document_status = DocumentStatus(*parts, office.folios, office.ledger)
        self._services: dict[str, Callable[[soap.Call], soap.Respuesta]] = {
            "seed": self._seed,
            "token": self._token,
            "envelope_status": envelope_status.answer,
            "document_status": document_status.answer,
        }

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._waiting.stop()

    def handle(self, request: Request, operation: str) -> Response:
        """Answer one request, as scripted or as the SII would."""
        body = request.get_data(cache=True, parse_form_data=False)
        self._processing.catch_up()
        action = self._office.script.take(operation, self._documents(operation, body))
        if action and action.name in faults.INSTEAD:
            return self._respond(operation, faults.INSTEAD[action.name])
        if action and action.name in ("timeout", "drop_before"):
            return self._drop(request, operation, action)
        if action and action.name == "delay":
            self._waiting.wait(action.seconds)
        with self._office.store.transaction():
            answer = self._answer(request, operation, body, action)
        if action and action.name == "drop_after_processing":
            self._office.exchanges.add(operation, None, f"answer lost: {answer.outcome}")
            return faults.hang_up(request)
        if action and action.name == "truncate":
            self._office.exchanges.add(
                operation, answer.status, f"answer truncated: {answer.outcome}"
            )
            return faults.truncated(answer)
        return self._respond(operation, answer)

    def _drop(self, request: Request, operation: str, action: Action) -> Response:
        if action.name == "timeout":
            self._waiting.wait(action.seconds)
        self._office.exchanges.add(operation, None, f"scripted: {action}, not processed")
        return faults.hang_up(request)

    def _respond(self, operation: str, answer: Answer) -> Response:
        self._office.exchanges.add(operation, answer.status, answer.outcome)
        return Response(answer.body, answer.status, content_type=answer.content_type)

    def _answer(
        self, request: Request, operation: str, body: bytes, action: Action | None
    ) -> Answer:
        name = action.name if action else ""
        shape = Shape(
            latin1=name == "latin1", swapped=name == "swapped", qualified=name == "qualified"
        )
        if operation == "upload":
            return self._uploaded(request, action, shape)
        try:
            call = soap.read(body)
        except soap.SoapError as fault:
            return soap.fault(str(fault))
        if call.operation in _PINGS:
            return soap.plain(call, _PINGS[call.operation])
        if call.operation != _CALLS[operation]:
            return soap.fault(f"No such operation '{call.operation}'")
        if name == "token_expired":
            self._office.sessions.expire(call.argument(_TOKEN_POSITION[operation]))
        if action and name == "estado":
            forced = soap.Respuesta([("ESTADO", action.value), ("GLOSA", "Respuesta del guión")])
            return soap.answer(call, forced, shape)
        return soap.answer(call, self._services[operation](call), shape)

    def _uploaded(self, request: Request, action: Action | None, shape: Shape) -> Answer:
        if action and action.name == "status":
            return self._upload.forced(request, int(action.value), shape)
        if action and action.name == "duplicate":
            return self._upload.forced(request, 99, shape)
        if action and action.name == "token_expired":
            self._office.sessions.expire(request.cookies.get("TOKEN", ""))
        return self._upload.answer(request, shape)

    def _seed(self, _call: soap.Call) -> soap.Respuesta:
        seed = self._office.sessions.new_seed()
        return soap.Respuesta([("ESTADO", "00")], [("SEMILLA", seed)])

    def _token(self, call: soap.Call) -> soap.Respuesta:
        return token.get_token(
            call.argument(0),
            self._office.sessions,
            self._office.persons.certificate,
            self._office.clock.utc(),
        )

    def _documents(self, operation: str, body: bytes) -> list[tuple[int, int]]:
        """(type, folio) the request is about, for entries of the script that name some."""
        if operation == "upload":
            return [(int(type_), int(folio)) for type_, folio in _TYPE_AND_FOLIO.findall(body)]
        if operation not in _TOKEN_POSITION:
            return []
        try:
            call = soap.read(body)
        except soap.SoapError:
            return []
        if operation == "document_status":
            type_, folio = call.number(6), call.number(7)
            return [] if type_ is None or folio is None else [(type_, folio)]
        track_id = call.number(2)
        envelope = None if track_id is None else self._office.envelopes.get(track_id)
        company = ruts.join(call.argument(0), call.argument(1))
        if not envelope or envelope["company"] != company:
            return []
        found = _TYPE_AND_FOLIO.findall(envelope["content"])
        return [(int(type_), int(folio)) for type_, folio in found]
