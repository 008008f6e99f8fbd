"""SOAP services of the SII: zeep builds the request from bundled descriptions, ours is the rest."""

from pathlib import Path
from typing import Any

from lxml import etree

from .. import libraries
from ..errors import Busy, OutcomeUnknown
from . import respuesta
from .endpoints import Endpoints
from .http import Answer, Http

_DESCRIPTIONS = Path(__file__).parent.parent / "wsdl"


class Soap:
    """Calls to the services of one environment.

    Every operation here only asks, so an answer that is lost costs nothing: whatever goes wrong
    once the request left is Busy, never OutcomeUnknown.
    """

    def __init__(self, endpoints: Endpoints, http: Http):
        self._endpoints = endpoints
        self._http = http
        self._clients: dict[str, Any] = {}

    def call(self, service: str, operation: str, *arguments: str) -> respuesta.Respuesta:
        """Ask, and read the ``RESPUESTA`` inside. Arguments in the order of the description.

        Raises NotSent and Busy.
        """
        return respuesta.read(self.text(service, operation, *arguments))

    def text(self, service: str, operation: str, *arguments: str) -> str:
        """The bare text an operation returns; raises as ``call`` does."""
        message = self.message(service, operation, *arguments)
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        address = self._endpoints.service(service)
        try:
            answer = self._http.post(operation, address, message, headers)
        except OutcomeUnknown as lost:
            raise Busy(lost.code, **lost.data) from lost
        return _returned(answer, operation)

    def message(self, service: str, operation: str, *arguments: str) -> bytes:
        """The request for an operation."""
        client = self._client(service)
        return etree.tostring(client.create_message(client.service, operation, *arguments))

    def seed(self) -> respuesta.Respuesta:
        """A seed to sign (PROTOCOL 1.3)."""
        return self.call("CrSeed", "getSeed")

    def token(self, request: bytes) -> respuesta.Respuesta:
        """The token for a signed seed (PROTOCOL 1.5)."""
        return self.call("GetTokenFromSeed", "getToken", request.decode("ascii"))

    def _client(self, service: str) -> Any:
        """zeep's client. Raises MissingLibrary."""
        if service not in self._clients:
            zeep = libraries.load("zeep")
            transport = zeep.Transport()
            # the descriptions in this package and nothing else, over no network
            transport.load = _read
            self._clients[service] = zeep.Client(
                str(_DESCRIPTIONS / f"{service}.wsdl"), transport=transport
            )
        return self._clients[service]


def _read(url: str) -> bytes:
    return Path(url).read_bytes()


def _returned(answer: Answer, operation: str) -> str:
    if answer.is_html or answer.status not in (200, 500):
        code = "html_page" if answer.status == 200 else "http_status"
        raise Busy(code, retry_after=answer.retry_after, http_status=answer.status)
    return respuesta.unwrap(answer.text, operation)
