"""The door of wsRegistroReclamoDTE: rpc/literal, token in a cookie (PROTOCOL 8.4)."""

import sqlite3
from typing import Any
from xml.sax.saxutils import escape

from werkzeug.wrappers import Request

from ...office import Office
from ...state.clock import local
from ...state.script import Action, Documents
from .. import soap
from ..answer import Answer
from .answers import Claims
from .table import DESCRIPTIONS, GLOSAS

OPERATION = "claims"
ROUTES = tuple(
    ("POST", f"/{path}/registroreclamodteservice", OPERATION)
    for path in ("WSREGISTRORECLAMODTECERT", "WSREGISTRORECLAMODTE")
)
_NAMESPACE = "http://ws.registroreclamodte.diii.sdi.sii.cl"


class ClaimsChannel:
    def __init__(self, office: Office):
        self._office = office
        self._claims = Claims(office)

    def answer(
        self, request: Request, _operation: str, _arguments: dict[str, Any], action: Action | None
    ) -> Answer:
        try:
            call = soap.read(request.get_data())
        except soap.SoapError as fault:
            return soap.fault(str(fault))
        if call.namespace != _NAMESPACE:
            return soap.fault(f"Cannot find dispatch method for {{{call.namespace}}}")
        if call.operation == "getVersion":
            return _answer(call.operation, "1.0 Simulador", "getVersion")
        token = request.cookies.get("TOKEN", "")
        if action and action.name == "token_expired":
            self._office.sessions.expire(token)
        session = self._office.sessions.session(token)
        if session.fault:
            return soap.fault("Exception: TOKEN inexistente o expirado")
        if call.operation == "consultarFechaRecepcionSii":
            held = self._claims.reception(call, session)
            found = _instant(self._claims.received_at(held)) if held else ""
            return _answer(call.operation, found, f"recepción {found}")
        if call.operation == "ingresarAceptacionReclamoDoc":
            return _respuesta(call.operation, *self._claims.act(call, session))
        if call.operation == "listarEventosHistDoc":
            return _respuesta(call.operation, *self._claims.history(call, session))
        return soap.fault(f"Cannot find dispatch method for {call.operation}")

    def documents(self, _operation: str, body: bytes, _arguments: dict[str, Any]) -> Documents:
        """(type, folio) the request is about."""
        try:
            call = soap.read(body)
        except soap.SoapError:
            return []
        type_, folio = call.number(2), call.number(3)
        return [] if type_ is None or folio is None else [(type_, folio)]


def _respuesta(operation: str, code: int, events: list[sqlite3.Row]) -> Answer:
    rows = "".join(
        "<listaEventosDoc>"
        f"<codEvento>{event['code']}</codEvento>"
        f"<descEvento>{escape(DESCRIPTIONS[event['code']])}</descEvento>"
        f"<rutResponsable>{event['responsible'].split('-')[0]}</rutResponsable>"
        f"<dvResponsable>{event['responsible'].split('-')[1]}</dvResponsable>"
        f"<fechaEvento>{_instant(event['at'])}</fechaEvento>"
        "</listaEventosDoc>"
        for event in events
    )
    content = f"<codResp>{code}</codResp><descResp>{escape(GLOSAS[code])}</descResp>{rows}"
    return _answer(operation, content, f"codResp {code} {GLOSAS[code]}")


def _answer(operation: str, content: str, outcome: str) -> Answer:
    body = (
        "<?xml version='1.0' encoding='UTF-8'?>"
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        f'<ns2:{operation}Response xmlns:ns2="{_NAMESPACE}"><return>{content}</return>'
        f"</ns2:{operation}Response></S:Body></S:Envelope>"
    )
    return Answer(body.encode(), f"{operation}: {outcome}")


def _instant(seconds: float) -> str:
    return local(seconds).strftime("%d-%m-%Y %H:%M:%S")
