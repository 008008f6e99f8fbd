"""The DTE family: five SOAP services and the upload (PROTOCOL 1 to 3)."""

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request

from .. import ruts
from ..office import Office
from ..state.script import Action, Documents
from ..verify.xmltext import types_and_folios
from . import soap, token
from .answer import Answer, Shape
from .document_status import DocumentStatus
from .envelope_status import EnvelopeStatus
from .signature_status import SignatureStatus
from .upload import Upload

ROUTES = (
    ("POST", "/DTEWS/CrSeed.jws", "seed"),
    ("POST", "/DTEWS/GetTokenFromSeed.jws", "token"),
    ("POST", "/DTEWS/QueryEstUp.jws", "envelope_status"),
    ("POST", "/DTEWS/QueryEstDte.jws", "document_status"),
    ("POST", "/DTEWS/services/QueryEstDteAv", "signature_status"),
    ("POST", "/cgi_dte/UPL/DTEUpload", "upload"),
)
_CALLS = {
    "seed": "getSeed",
    "token": "getToken",
    "envelope_status": "getEstUp",
    "document_status": "getEstDte",
    "signature_status": "getEstDteAv",
}
# Every service also answers its version; clients use it as a ping.
_PINGS = {
    "getVersion": "1.0 Simulador",
    "getVersionMayor": "1",
    "getVersionMenor": "0",
    "getVersionPatch": "0",
    "getState": "OK",
}
_TOKEN_POSITION = {"envelope_status": 3, "document_status": 10, "signature_status": 9}
_FOLIO_POSITION = {"document_status": 7, "signature_status": 5}


class DteChannel:
    """In: an upload or a SOAP call. Out: the answer of the SII, or that of a script.

    Invalid SOAP gets a fault, never an exception.
    """

    def __init__(self, office: Office):
        self._office = office
        self._upload = Upload(office)
        self._services: dict[str, Callable[[soap.Call], soap.Respuesta]] = {
            "seed": self._seed,
            "token": self._token,
            "envelope_status": EnvelopeStatus(office).answer,
            "document_status": DocumentStatus(office).answer,
            "signature_status": SignatureStatus(office).answer,
        }

    def answer(
        self, request: Request, operation: str, _arguments: dict[str, Any], action: Action | None
    ) -> Answer:
        name = action.name if action else ""
        shape = Shape.scripted(name)
        if operation == "upload":
            return self._uploaded(request, action, shape)
        try:
            call = soap.read(request.get_data())
        except soap.SoapError as fault:
            return soap.fault(str(fault))
        if call.operation in _PINGS:
            return soap.plain(call, _PINGS[call.operation])
        if call.operation != _CALLS[operation]:
            return soap.fault(f"No such operation '{call.operation}'")
        if name == "token_expired":
            self._office.sessions.expire(call.argument(_TOKEN_POSITION[operation]))
        if action and name == "estado":
            return soap.answer(call, soap.scripted(action.value), shape)
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
        return token.get_seed(self._office.sessions)

    def _token(self, call: soap.Call) -> soap.Respuesta:
        office = self._office
        return token.get_token(
            call.argument(0), office.sessions, office.persons.certificate, office.clock.utc()
        )

    def documents(self, operation: str, body: bytes, _arguments: dict[str, Any]) -> Documents:
        """(type, folio) the request is about, for entries of the script that name some."""
        if operation == "upload":
            return types_and_folios(body)
        if operation not in _TOKEN_POSITION:
            return []
        try:
            call = soap.read(body)
        except soap.SoapError:
            return []
        if operation in _FOLIO_POSITION:
            position = _FOLIO_POSITION[operation]
            type_, folio = call.number(position - 1), call.number(position)
            return [] if type_ is None or folio is None else [(type_, folio)]
        track_id = call.number(2)
        company = ruts.join(call.argument(0), call.argument(1))
        return self._office.envelope_documents(company, track_id)
