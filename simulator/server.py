"""The HTTP server: 127.0.0.1, one thread a request."""

import threading

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

_HOST = "127.0.0.1"
_CLIENT_SECONDS = 30


class _Handler(WSGIRequestHandler):
    """Writes no log: paths and cookies of requests are nobody's business.

    A client that announces more bytes than it sends is dropped after a while.
    """

    timeout = _CLIENT_SECONDS

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        return


class Server:
    """Serves a WSGI application in a thread of its own."""

    def __init__(self, application: object, port: int):
        self._application, self._port = application, port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError("the simulator is not running")
        return f"http://{_HOST}:{self._server.server_port}"

    def start(self) -> None:
        self._server = make_server(
            _HOST, self._port, self._application, threaded=True, request_handler=_Handler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server = self._thread = None
