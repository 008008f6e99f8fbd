"""Which path leads where."""

from collections.abc import Callable, Iterable
from io import BytesIO

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from ..operations import Operations
from ..services.doors import ROUTES, Doors
from . import admin, api


class _Request(Request):
    """Keeps uploads in memory: a broken form would leave a temporary file open."""

    max_content_length = 64 * 1024 * 1024

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return BytesIO()


class Application:
    """The WSGI application of one simulator."""

    def __init__(self, operations: Operations, doors: Doors):
        self._operations, self._doors = operations, doors
        self._routes = Map(
            [
                Rule(path, endpoint=("sii", operation), methods=[method])
                for method, path, operation in ROUTES
            ]
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
        try:
            response = self._respond(_Request(environ))
        except HTTPException as error:
            response = error.get_response(environ)
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        (kind, target), arguments = self._routes.bind_to_environ(request.environ).match()
        if kind == "sii":
            return self._doors.handle(request, target, arguments)
        if kind == "api":
            return api.answer(target, self._operations, request, arguments)
        return target(self._operations, request)
