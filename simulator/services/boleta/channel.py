"""The boleta family: REST, with tokens of its own (PROTOCOL 4)."""

import re
from typing import Any

from werkzeug.wrappers import Request

from ... import ruts
from ...office import Office
from ...state.script import Action, Documents
from ...verify.xmltext import types_and_folios
from .. import rest, soap, token
from ..answer import Answer, Shape
from . import tables as boleta_tables
from .status import BoletaStatus
from .upload import BoletaUpload

_BASE = "/recursos/v1/boleta.electronica"
ROUTES = (
    ("GET", f"{_BASE}.semilla", "boleta_seed"),
    ("POST", f"{_BASE}.token", "boleta_token"),
    ("POST", f"{_BASE}.envio", "boleta_upload"),
    ("GET", f"{_BASE}.envio/<key>", "boleta_envelope_status"),
    ("GET", f"{_BASE}/<key>/estado", "boleta_document_status"),
    ("GET", "/recursos/v1/globales/boleta.electronica.<table>", "boleta_tables"),
)
_ENVELOPE_KEY = re.compile(r"(\d{1,8})-([\dkK])-(\d{1,15})")
_DOCUMENT_KEY = re.compile(r"(\d{1,8})-([\dkK])-(\d{1,3})-(\d{1,10})")


class BoletaChannel:
    """In: a REST call about boletas. Out: the answer of the SII, or that of a script.

    A token of the other services is never valid here.
    """

    def __init__(self, office: Office):
        self._office = office
        self._upload = BoletaUpload(office)
        self._status = BoletaStatus(office)

    def answer(
        self, request: Request, operation: str, arguments: dict[str, Any], action: Action | None
    ) -> Answer:
        shape = Shape.scripted(action.name if action else "")
        if action and action.name == "estado":
            return rest.as_xml(soap.scripted(action.value), shape)
        if action and action.name == "token_expired":
            self._office.boleta_sessions.expire(request.cookies.get("TOKEN", ""))
        try:
            return self._service(request, operation, arguments.get("key", ""), arguments, shape)
        except rest.RefusedError as refused:
            return refused.answer()

    def _service(
        self, request: Request, operation: str, key: str, arguments: dict[str, Any], shape: Shape
    ) -> Answer:
        if operation == "boleta_seed":
            return rest.as_xml(token.get_seed(self._office.boleta_sessions), shape)
        if operation == "boleta_token":
            return self._token(request, shape)
        if operation == "boleta_tables":
            return boleta_tables.answer(arguments["table"], shape)
        if operation == "boleta_upload":
            return self._upload.answer(request, shape)
        self._authenticate(request)
        if operation == "boleta_envelope_status":
            company, digit, track_id = _read(_ENVELOPE_KEY, key)
            return self._status.envelope(ruts.join(company, digit), int(track_id), shape)
        company, digit, type_, folio = _read(_DOCUMENT_KEY, key)
        issuer = ruts.join(company, digit)
        return self._status.document(issuer, int(type_), int(folio), request.args, shape)

    def _token(self, request: Request, shape: Shape) -> Answer:
        office = self._office
        signed = request.get_data().decode("iso-8859-1")
        respuesta = token.get_token(
            signed, office.boleta_sessions, office.persons.certificate, office.clock.utc()
        )
        return rest.as_xml(respuesta, shape)

    def _authenticate(self, request: Request) -> None:
        if self._office.boleta_sessions.session(request.cookies.get("TOKEN", "")).fault:
            raise rest.RefusedError(401, "NO ESTA AUTENTICADO")

    def documents(self, operation: str, body: bytes, arguments: dict[str, Any]) -> Documents:
        """(type, folio) the request is about, for entries of the script that name some."""
        if operation == "boleta_upload":
            return types_and_folios(body)
        key = arguments.get("key", "")
        document = _DOCUMENT_KEY.fullmatch(key)
        if document:
            return [(int(document[3]), int(document[4]))]
        envelope = _ENVELOPE_KEY.fullmatch(key)
        if not envelope:
            return []
        company = ruts.join(envelope[1], envelope[2])
        return self._office.envelope_documents(company, int(envelope[3]))


def _read(shape: re.Pattern[str], key: str) -> tuple[str, ...]:
    found = shape.fullmatch(key)
    if not found:
        raise rest.RefusedError(404, "No encontrado")
    return found.groups()
