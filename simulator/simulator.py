"""The simulator: a strict SII on one port of this machine."""

from pathlib import Path
from typing import Self

from .office import Office
from .operations import Operations
from .processing import Processing
from .server import Server
from .services.doors import Doors
from .web.application import Application


class Simulator(Operations):
    """A strict SII for the DTE channel (PROTOCOL 13), and the operations that drive it.

    >>> with Simulator() as sii:                                    # doctest: +SKIP
    ...     sii.register_company({"rut": "76354771-K", ...})

    :param data: folder that keeps everything between runs; None forgets it at the end.
    :param port: 0 takes a free one; it listens on 127.0.0.1 only.
    :param schemas: folder of newer official XSD files, which take precedence.
    :param environment: certification or production.

    What it can be asked to do is in ``Operations``.
    """

    def __init__(
        self,
        data: str | Path | None = None,
        port: int = 0,
        schemas: str | Path | None = None,
        environment: str = "certification",
    ):
        office = Office(
            Path(data) if data is not None else None,
            Path(schemas) if schemas is not None else None,
            environment,
        )
        super().__init__(office, Processing(office))
        self._doors = Doors(office, self._processing)
        self._server = Server(Application(self, self._doors), port)

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT`` while it runs."""
        return self._server.url

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        """Stop serving and close the data; the object cannot be started again."""
        self._doors.stop()
        self._server.stop()
        self._office.store.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
