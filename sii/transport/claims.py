"""The register of acceptance and claims, wsRegistroReclamoDTE (PROTOCOL 8.4)."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from .. import rut
from ..clock import CHILE
from ..errors import Busy, OutcomeUnknown
from ..exchange.claims import ClaimAction, ClaimAnswer, ClaimEvent, ClaimHistory
from ..xml import reader
from . import respuesta
from .http import Answer, Http
from .soap import Soap
from .token import NotAuthenticated

_SERVICE = "RegistroReclamoDte"
_ACT = "ingresarAceptacionReclamoDoc"
_NOT_NOW = (429, 503)
_INTERNAL = -1
# How an unknown token shows is not written anywhere: a fault about it, or the login page.
_LOGIN_PAGE = (301, 302, 303, 401, 403)
_ABOUT_TOKEN = re.compile(r"token|autentic", re.IGNORECASE)
_YEARS = range(2000, 2200)
_WHOLE = re.compile(r"-?\d{1,4}")


@dataclass(frozen=True, slots=True)
class ClaimedDocument:
    """Which document is meant."""

    issuer_rut: str
    kind: int
    folio: int

    def arguments(self) -> tuple[str, ...]:
        """Parameters common to all operations."""
        return (*rut.split(self.issuer_rut), str(self.kind), str(self.folio))


class Claims:
    """Calls to the register. address: of the service."""

    def __init__(self, address: str, soap: Soap, http: Http):
        self._address = address
        self._soap = soap
        self._http = http

    def act(self, document: ClaimedDocument, action: ClaimAction, token: str) -> ClaimAnswer:
        """Register an acceptance or a claim.

        Raises NotSent, Busy and NotAuthenticated (nothing was registered), and OutcomeUnknown:
        ask for the history before doing it again.
        """
        answer = self._post(_ACT, token, *document.arguments(), action.value)
        if answer.status in _NOT_NOW:
            raise Busy("http_status", retry_after=answer.retry_after, http_status=answer.status)
        try:
            found = _returned(answer, _ACT)
            code, text = _code(found), respuesta.text_of(found, "descResp")
        except Busy as unreadable:
            raise OutcomeUnknown(unreadable.code, **unreadable.data) from unreadable
        if code == _INTERNAL:
            raise Busy("sii_internal", sii_code=str(code), text=text)
        return ClaimAnswer(code, text, answer.text)

    def history(self, document: ClaimedDocument, token: str) -> ClaimHistory:
        """The events of a document. Raises NotSent, Busy and NotAuthenticated."""
        answer, found = self._ask("listarEventosHistDoc", document, token)
        events = tuple(_event(each) for each in reader.find_all(found, "listaEventosDoc"))
        return ClaimHistory(_code(found), respuesta.text_of(found, "descResp"), events, answer.text)

    def received_at(self, document: ClaimedDocument, token: str) -> datetime | None:
        """When the SII received it; None when it did not. Raises as ``history`` does."""
        _answer, found = self._ask("consultarFechaRecepcionSii", document, token)
        return _moment("".join(found.itertext()).strip())

    def _ask(
        self, operation: str, document: ClaimedDocument, token: str
    ) -> tuple[Answer, etree._Element]:
        try:
            answer = self._post(operation, token, *document.arguments())
        except OutcomeUnknown as lost:
            raise Busy(lost.code, **lost.data) from lost
        return answer, _returned(answer, operation)

    def _post(self, operation: str, token: str, *arguments: str) -> Answer:
        message = self._soap.message(_SERVICE, operation, *arguments)
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": '""',
            "Cookie": f"TOKEN={token}",
        }
        return self._http.post(operation, self._address, message, headers)


def _returned(answer: Answer, operation: str) -> etree._Element:
    """The ``return`` element. Raises NotAuthenticated, and Busy for whatever is no answer."""
    if answer.status in _LOGIN_PAGE:
        raise NotAuthenticated(str(answer.status))
    if answer.is_html or answer.status not in (200, 500):
        code = "html_page" if answer.status == 200 else "http_status"
        raise Busy(code, retry_after=answer.retry_after, http_status=answer.status)
    root = respuesta.parse(answer.text)
    for element in root.iter(etree.Element):
        name = reader.local_name(element)
        if name == "return":
            return element
        if name == "Fault":
            text = " ".join(" ".join(element.itertext()).split())[:200]
            if _ABOUT_TOKEN.search(text):
                raise NotAuthenticated("fault", text)
            raise Busy("soap_fault", text=text)
    raise Busy("answer_unreadable", operation=operation)


def _code(found: etree._Element) -> int:
    text = respuesta.text_of(found, "codResp")
    if not _WHOLE.fullmatch(text):
        raise Busy("answer_unreadable", text=text[:20])
    return int(text)


def _event(element: etree._Element) -> ClaimEvent:
    body, digit = (respuesta.text_of(element, tag) for tag in ("rutResponsable", "dvResponsable"))
    return ClaimEvent(
        code=respuesta.text_of(element, "codEvento"),
        text=respuesta.text_of(element, "descEvento"),
        responsible_rut=f"{body}-{digit}" if body else "",
        at=_moment(respuesta.text_of(element, "fechaEvento")),
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.strptime(text, "%d-%m-%Y %H:%M:%S").replace(tzinfo=CHILE)
    except ValueError:
        return None
    return found if found.year in _YEARS else None
