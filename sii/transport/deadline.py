"""A time by which an exchange is over, whatever the other side does.

A timeout of a socket counts from the last byte, so a server that sends one each second, in the head
or body, or takes ours as slowly, is waited for without end. Here the connection itself is shut
when the time is up: whatever waits for it, the handshake of TLS too, wakes with an error.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Deadline:
    """The connections of one session, used by one exchange at a time.

    seconds: of an exchange, from the first look for the other side to the last byte of its answer.
    has_passed: whether the latest exchange was cut off.
    """

    def __init__(self, seconds: float):
        self._seconds = seconds
        self._lock = threading.Lock()
        self._watched: list[tuple[HTTPConnection, socket.socket]] = []
        self.has_passed = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Within, the exchange may take its time and no more."""
        self.has_passed = False
        timer = threading.Timer(self._seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            self._let_go(lambda connection: connection.sock is None)

    def watch(self, connection: HTTPConnection, connected: socket.socket) -> None:
        """Remember a fresh connection by a handle of its own: TLS takes the first one away."""
        with self._lock:
            self._watched.append((connection, connected.dup()))
            if self.has_passed:
                _shut(self._watched[-1][1])

    def close(self) -> None:
        """Release all connections."""
        self._let_go(lambda _connection: True)

    def _shut(self) -> None:
        with self._lock:
            self.has_passed = True
            for _connection, handle in self._watched:
                _shut(handle)

    def _let_go(self, of) -> None:
        with self._lock:
            over = [pair for pair in self._watched if of(pair[0])]
            self._watched = [pair for pair in self._watched if pair not in over]
        for _connection, handle in over:
            handle.close()


class WatchingAdapter(HTTPAdapter):
    """Makes connections that a deadline knows."""

    def __init__(self, deadline: Deadline):
        self._deadline = deadline
        super().__init__()

    def init_poolmanager(self, *arguments, **options) -> None:
        """As the ancestor does, with connections of ours."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._deadline)


def _pools(deadline: Deadline) -> dict[str, type[HTTPConnectionPool]]:
    class Watching:
        def _new_conn(self):
            connected = super()._new_conn()
            deadline.watch(self, connected)
            return connected

    class Plain(Watching, HTTPConnection):
        pass

    class Secure(Watching, HTTPSConnection):
        pass

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # gone already
        handle.shutdown(socket.SHUT_RDWR)
