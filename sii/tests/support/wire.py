"""A socket that answers what it is given, to the byte, and keeps what it was sent."""

import socket
import threading
import warnings
from collections.abc import Callable
from html import escape

with warnings.catch_warnings():
    # It imports the old cgi module, which a run that takes warnings for errors would not survive.
    warnings.simplefilter("ignore", DeprecationWarning)
    import zeep  # noqa: F401

from sii.codes import Environment
from sii.transport.endpoints import Endpoints

Step = bytes | Callable[["RawServer", socket.socket], None]
"""Bytes to answer a request with, or a whole conversation with a fresh connection."""


class RawServer:
    """Takes one connection after the other, one step of the script each.

    requests: what came, head and body, in order.
    """

    def __init__(self, *script: Step):
        self.requests: list[bytes] = []
        self.released = threading.Event()
        self._script = list(script)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> "RawServer":
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.released.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def endpoints(self) -> Endpoints:
        """This server in place of the SII, with hardly any patience."""
        return Endpoints(Environment.CERTIFICATION, self.url, connect_timeout=1, read_timeout=1)

    def read_request(self, connection: socket.socket) -> bytes:
        """The next request, whole by its Content-Length."""
        data = b""
        while b"\r\n\r\n" not in data and (chunk := connection.recv(65536)):
            data += chunk
        head, _, body = data.partition(b"\r\n\r\n")
        while len(body) < _content_length(head) and (chunk := connection.recv(65536)):
            body += chunk
        request = head + b"\r\n\r\n" + body
        self.requests.append(request)
        return request

    def _serve(self) -> None:
        for step in self._script:
            try:
                connection, _address = self._listener.accept()
            except OSError:  # shut down before the script was over
                return
            with connection:
                if callable(step):
                    step(self, connection)
                else:
                    self.read_request(connection)
                    connection.sendall(step)


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def hold(server: RawServer, connection: socket.socket) -> None:
    """Read the request and answer nothing until the test is over."""
    server.read_request(connection)
    server.released.wait()


def hang_up(server: RawServer, connection: socket.socket) -> None:
    """Read the request and close the connection without a word."""
    server.read_request(connection)


def http(body: bytes | str, status: str = "200 OK", *headers: str) -> bytes:
    """An HTTP answer, its length announced right."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def soap(operation: str, inner: str) -> bytes:
    """A SOAP answer the way the SII's Axis writes it: the inner document as escaped text."""
    return http(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
        f'<ns1:{operation}Response xmlns:ns1="http://DefaultNamespace">'
        f"<ns1:{operation}Return>{escape(inner)}</ns1:{operation}Return>"
        f"</ns1:{operation}Response></soapenv:Body></soapenv:Envelope>"
    )


def respuesta(header: str, body: str = "") -> str:
    """``SII:RESPUESTA`` with these leaves, body first as live answers have it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><SII:RESPUESTA xmlns:SII='
        f'"http://www.sii.cl/XMLSchema"><SII:RESP_BODY>{body}</SII:RESP_BODY>'
        f"<SII:RESP_HDR>{header}</SII:RESP_HDR></SII:RESPUESTA>"
    )


def login(token: str = "TOKEN00000001") -> tuple[bytes, bytes]:
    """The two answers that make a token: seed and token."""
    return (
        soap("getSeed", respuesta("<ESTADO>00</ESTADO>", "<SEMILLA>000012345678</SEMILLA>")),
        soap("getToken", respuesta("<ESTADO>00</ESTADO>", f"<TOKEN>{token}</TOKEN>")),
    )


def receipt(status: str, more: str = "") -> str:
    """The XML answer of an upload."""
    return (
        '<?xml version="1.0"?>\n<RECEPCIONDTE>\n<RUTSENDER>11111111-1</RUTSENDER>\n'
        "<RUTCOMPANY>76086428-5</RUTCOMPANY>\n<FILE>envio.xml</FILE>\n"
        f"<TIMESTAMP>2026-03-09 21:30:05</TIMESTAMP>\n<STATUS>{status}</STATUS>\n{more}"
        "</RECEPCIONDTE>\n"
    )
