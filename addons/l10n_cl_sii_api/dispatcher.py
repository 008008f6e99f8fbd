"""Errors of the API: one shape, ``{"error": {type, code, message, param}}``, and one place."""

import logging

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from odoo.addons.fastapi.fastapi_dispatcher import FastApiDispatcher
from odoo.exceptions import AccessError, MissingError, UserError

from .errors import ApiError

_logger = logging.getLogger(__name__)

ROUTING_TYPE = "l10n_cl_sii_api"


class SiiApiDispatcher(FastApiDispatcher):
    """What goes wrong is raised, so that Odoo takes back what the call had begun."""

    routing_type = ROUTING_TYPE

    def handle_error(self, exc):
        error = _as_api_error(exc)
        headers = {"WWW-Authenticate": 'Basic realm="api"'} if error.status == 401 else None
        return self.request.make_json_response(
            {"error": error.as_dict()}, status=error.status, headers=headers
        )


def _as_api_error(exc: Exception) -> ApiError:
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, RequestValidationError):
        return _invalid_body(exc)
    if isinstance(exc, HTTPException):
        return ApiError(exc.status_code, "http_error", str(exc.detail))
    if isinstance(exc, (MissingError, AccessError)):
        return ApiError(404, "not_found", "There is no such resource.")
    if isinstance(exc, UserError):
        return ApiError(400, "refused", str(exc.args[0]))
    _logger.error("the API failed", exc_info=exc)
    return ApiError(500, "internal_error", "Something failed here; nothing was kept.")


def _invalid_body(exc: RequestValidationError) -> ApiError:
    first = exc.errors()[0]
    path = [str(part) for part in first["loc"] if part != "body"]
    if first["type"] == "json_invalid":
        return ApiError(400, "invalid_json", "The body is not JSON.")
    message = f"{'.'.join(path)}: {first['msg']}" if path else first["msg"]
    return ApiError(400, "invalid_parameter", message, ".".join(path) or None)
