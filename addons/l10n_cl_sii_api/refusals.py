"""Whatever goes wrong, as one kind of error: ``{"error": {type, code, message, param}}``."""

import logging

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from werkzeug.exceptions import HTTPException as WerkzeugHTTPException

from odoo.exceptions import AccessError, MissingError, UserError

from .errors import ApiError

_logger = logging.getLogger(__name__)

_NOT_JSON = ("invalid_json", "The body is not JSON in UTF-8.")
# What FastAPI and Odoo refuse before a route is reached, by HTTP status
_OF_STATUS = {
    400: _NOT_JSON,
    404: ("not_found", "There is no such path."),
    405: ("method_not_allowed", "This path does not know that method."),
}
# Pydantic's type of error -> what the field must be
_MUST_BE = {
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "bool_type": "must be true or false",
    "int_type": "must be an integer",
    "int_parsing": "must be an integer",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
_TOLD_WHOLE = "choice"


def as_api_error(exc: Exception) -> ApiError:
    """What a program is told; a fault of ours is logged and told as such."""
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, RequestValidationError):
        return _invalid_body(exc)
    if isinstance(exc, HTTPException):
        return _of_status(exc.status_code, str(exc.detail))
    if isinstance(exc, WerkzeugHTTPException):
        return _of_status(exc.code, str(exc.description))
    if isinstance(exc, (MissingError, AccessError)):
        return ApiError(404, "not_found", "There is no such resource.")
    if isinstance(exc, UserError):
        return ApiError(400, "refused", str(exc.args[0]))
    _logger.error("the API failed", exc_info=exc)
    return ApiError(500, "internal_error", "Something failed here; nothing was kept.")


def _of_status(status: int, said: str) -> ApiError:
    code, message = _OF_STATUS.get(status, ("http_error", said))
    return ApiError(status, code, message)


def _invalid_body(exc: RequestValidationError) -> ApiError:
    first = exc.errors()[0]
    kind, message = first["type"], first["msg"]
    param = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
    if kind == "json_invalid" or (kind == "missing" and not param):
        return ApiError(400, *_NOT_JSON)
    if kind == "missing":
        return ApiError(400, "missing_parameter", f"{param} is required", param)
    if kind in _MUST_BE:
        message = f"{param or 'The body'} {_MUST_BE[kind]}"
    elif kind != _TOLD_WHOLE:
        message = f"{param}: {message}"
    return ApiError(400, "invalid_parameter", message, param or None)
