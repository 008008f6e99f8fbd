"""Which path leads where."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request

from ..services.doors import PATHS, Doors
from . import admin, api

if TYPE_CHECKING:
    from ..simulator import Simulator


class Application:
    """The WSGI application of one simulator."""

    def __init__(self, simulator: "Simulator", doors: Doors):
        self._simulator, self._doors = simulator, doors
        self._routes = Map(
            [Rule(path, endpoint=("sii", name), methods=["POST"]) for path, name in PATHS.items()]
            + [
                Rule(path, endpoint=("api", handler), methods=[method])
                for method, path, handler in api.ROUTES
            ]
            + [
                Rule(path, endpoint=("admin", handler), methods=[method])
                for method, path, handler in admin.ROUTES
            ]
        )

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        request = Request(environ)
        try:
            (kind, target), arguments = self._routes.bind_to_environ(environ).match()
            if kind == "sii":
                response = self._doors.handle(request, target)
            elif kind == "api":
                response = api.answer(target, self._simulator, request, arguments)
            else:
                response = target(self._simulator, request)
        except HTTPException as error:
            response = error.get_response(environ)
        return response(environ, start_response)
