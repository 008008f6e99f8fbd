"""The REST services of boletas: how they are asked and how they refuse (PROTOCOL 4.1, 4.3)."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from ...errors import Busy, OutcomeUnknown, Refused
from .. import respuesta
from ..endpoints import Endpoints
from ..http import Answer, Http
from ..token import NotAuthenticated
from ..upload import BUSY_HTTP

RATE_LIMITED = BUSY_HTTP | {405}
"""These services answer 405, too, when they were asked too often (PROTOCOL 4.3)."""


class Rest:
    """Questions to the services of one environment; they change nothing and may be repeated."""

    def __init__(self, endpoints: Endpoints, http: Http):
        self._base = endpoints.boletas
        self._http = http

    def seed(self) -> respuesta.Respuesta:
        """A seed to sign."""
        answer = self._http.get(
            "boleta.semilla",
            f"{self._base}/boleta.electronica.semilla",
            {"Accept": "application/xml"},
        )
        return _xml(answer)

    def token(self, request: bytes) -> respuesta.Respuesta:
        """The token for a signed seed."""
        headers = {"Accept": "application/xml", "Content-Type": "application/xml"}
        address = f"{self._base}/boleta.electronica.token"
        try:
            answer = self._http.post("boleta.token", address, request, headers)
        except OutcomeUnknown as lost:
            raise Busy(lost.code, **lost.data) from lost
        return _xml(answer)

    def ask(
        self, operation: str, path: str, token: str, query: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to a question that needs a token: its status is 200 or 404.

        Raises NotSent, Busy, NotAuthenticated and Refused.
        """
        address = f"{self._base}/{path}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Accept": "application/json", "Cookie": f"TOKEN={token}"}
        answer = self._http.get(operation, address, headers)
        if answer.status == 401:
            raise NotAuthenticated("401", answer.text[:200])
        check_busy(answer)
        if answer.is_html:
            raise Busy("html_page", retry_after=answer.retry_after)
        if 400 <= answer.status < 500 and answer.status != 404:
            raise Refused("http_status", sii_code=str(answer.status), text=answer.text[:200])
        if answer.status not in (200, 404):
            raise Busy("http_status", http_status=answer.status)
        return answer


def check_busy(answer: Answer) -> None:
    """Raises Busy when the service asks to come back later."""
    if answer.status in RATE_LIMITED:
        raise Busy("http_status", retry_after=answer.retry_after, http_status=answer.status)


def read_json(text: str) -> dict[str, Any]:
    """The object in an answer. Raises ValueError when there is none."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _xml(answer: Answer) -> respuesta.Respuesta:
    check_busy(answer)
    if answer.is_html:
        raise Busy("html_page", retry_after=answer.retry_after)
    if answer.status != 200:
        raise Busy("http_status", http_status=answer.status)
    return respuesta.read(answer.text)
