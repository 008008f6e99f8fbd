"""Scripted troubles of the wire (PROTOCOL 1.6, 2.2)."""

import socket
import threading

from werkzeug.wrappers import Request, Response

from ..state.script import Action
from .answer import Answer

UNAVAILABLE = Answer(
    b"<html><head><title>503 Service Temporarily Unavailable</title></head>"
    b"<body><h1>Service Temporarily Unavailable</h1></body></html>",
    "scripted: 503",
    "text/html",
    503,
)
MAINTENANCE = Answer(
    "<html><head><title>SII</title></head><body><h2>Sitio en mantención</h2></body></html>".encode(
        "iso-8859-1"
    ),
    "scripted: HTML page",
    "text/html; charset=iso-8859-1",
)
ERROR_500 = Answer(b"Error 500", "scripted: Error 500", "text/plain")
# The boleta hosts' answer to what belongs on the other host (PROTOCOL 4.1).
DENIED = Answer(
    b'<?xml version="1.0"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<env:Body><env:Fault><faultcode>env:Client</faultcode>"
    b"<faultstring>Acceso Denegado (from client)</faultstring></env:Fault></env:Body>"
    b"</env:Envelope>",
    "scripted: Acceso Denegado",
    status=500,
)
_INSTEAD = {"503": UNAVAILABLE, "html": MAINTENANCE, "error_500": ERROR_500, "denied": DENIED}
_LIMITS = ("405", "429", "503")


def instead(action: Action) -> Answer | None:
    """What is answered in place of the service's own answer, if anything."""
    if action.name in _LIMITS and action.value:
        return Answer(
            b"Limite de consultas excedido",
            f"scripted: {action}",
            "text/plain",
            int(action.name),
            {"Retry-After": action.value, "X-Retry-After": action.value},
        )
    return _INSTEAD.get(action.name)


class Waiting:
    """Makes a client wait in real seconds, until the simulator stops at the latest."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def wait(self, seconds: float) -> None:
        self._stopped.wait(seconds)

    def stop(self) -> None:
        self._stopped.set()


def hang_up(request: Request) -> Response:
    """Close the connection; what is returned cannot be written any more."""
    connection = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)
    return Response(status=204)


def truncated(answer: Answer) -> Response:
    """Half the body under the whole one's Content-Length."""
    response = Response(answer.body[: len(answer.body) // 2], answer.status)
    response.headers["Content-Type"] = answer.content_type
    response.automatically_set_content_length = False
    response.headers["Content-Length"] = str(len(answer.body))
    response.headers["Connection"] = "close"
    return response
