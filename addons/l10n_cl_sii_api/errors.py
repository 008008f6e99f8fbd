"""Whatever goes wrong, as one kind of error: ``{"error": {type, code, message, param}}``.

The one place that knows which HTTP status and which body what is raised becomes.
"""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from werkzeug.exceptions import HTTPException as WerkzeugHTTPException

from odoo.addons.l10n_cl_sii.models.access.unforeseen import is_of_this_server
from odoo.exceptions import AccessError, MissingError, UserError

from .refused import Refused

_logger = logging.getLogger(__name__)

# Code of a Refused -> HTTP status; of all others it is 400
_STATUS = {
    "already_annulled": 409,
    "body_too_large": 413,
    "document_not_valid": 409,
    "exceeds_what_is_left": 409,
    "external_id_taken": 409,
    "idempotency_key_reused": 409,
    "invalid_credentials": 401,
    "length_required": 411,
    "missing_credentials": 401,
    "not_found": 404,
    "not_permitted": 403,
    "note_late": 409,
    "note_not_possible": 409,
    "payment_differs": 409,
}
_BAD_REQUEST = 400
# Code, else HTTP status -> type; of all others it is invalid_request_error
_TYPES = {
    "invalid_link_token": "link_error",
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
    503: "api_error",
}
# A question: the program asks a person, and repeats the call with its code in ``confirm``
_CONFIRMABLE = frozenset({"note_late"})
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
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} elements",
    "too_long": "must have at most {max_length} elements",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be one of: {expected}",
    "int_from_float": "must be an integer",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
_UNPROCESSABLE = (
    "This call could not be processed, and nothing of it was kept. Repeating it does not help: "
    "tell who runs this server when it was."
)
_UNAVAILABLE = (
    "This server cannot work at the moment, and nothing of the call was kept. Repeat it later; "
    "if that does not help, tell who runs this server: its disk or its database may be full."
)
_WHOLE = "choice"
# Those that our schemas raise, in words of our own (schemas/base.py)
_OURS = frozenset({"amount", "day", "extra", "text"})


class ApiError(Exception):
    """An answer that is no: its HTTP status, its body and the headers that it has of its own."""

    loglevel = Refused.loglevel

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        param: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param
        self.headers = headers or {}

    def as_dict(self) -> dict[str, Any]:
        kind = _TYPES.get(self.code) or _TYPES.get(self.status, "invalid_request_error")
        body = {"type": kind, "code": self.code, "message": self.message, "param": self.param}
        if self.code in _CONFIRMABLE:
            body["confirmable"] = True
        return body


def as_api_error(exc: Exception) -> ApiError:
    """The answer to what was raised. What is unforeseen is logged, and comes last."""
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, Refused):
        return ApiError(_STATUS.get(exc.code, _BAD_REQUEST), exc.code, exc.text, exc.param)
    if isinstance(exc, RequestValidationError):
        return _invalid_body(exc)
    if isinstance(exc, HTTPException):
        return _of_status(exc.status_code, str(exc.detail), exc.headers)
    if isinstance(exc, WerkzeugHTTPException):
        return _of_status(exc.code, str(exc.description), _allow(exc))
    if isinstance(exc, (MissingError, AccessError)):
        return ApiError(404, "not_found", "There is no such resource.")
    if isinstance(exc, UserError):
        return ApiError(_BAD_REQUEST, "refused", str(exc.args[0]))
    _logger.error("the API failed", exc_info=exc)
    if is_of_this_server(exc):
        return ApiError(503, "unavailable", _UNAVAILABLE, headers={"Retry-After": "60"})
    return ApiError(422, "unprocessable", _UNPROCESSABLE)


def too_many_failures(seconds: int) -> ApiError:
    """For who sent wrong credentials too often; right ones always pass."""
    text = f"Too many wrong keys or secrets: wait {seconds} seconds."
    return ApiError(429, "too_many_failures", text, headers={"Retry-After": str(seconds)})


def _of_status(status: int | None, text: str, headers: Mapping[str, str] | None = None) -> ApiError:
    code, message = _OF_STATUS.get(status, ("http_error", text))
    return ApiError(status or _BAD_REQUEST, code, message, headers=dict(headers or {}))


def _allow(exc: WerkzeugHTTPException) -> dict[str, str]:
    methods = getattr(exc, "valid_methods", None)
    return {"Allow": ", ".join(sorted(methods))} if methods else {}


def _invalid_body(exc: RequestValidationError) -> ApiError:
    first = exc.errors()[0]
    kind, message = first["type"], first["msg"]
    param = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
    if kind == "json_invalid" or (kind == "missing" and not param):
        return ApiError(_BAD_REQUEST, *_NOT_JSON)
    if kind == "missing":
        return ApiError(_BAD_REQUEST, "missing_parameter", f"{param} is required", param)
    if kind in _MUST_BE:
        must = _MUST_BE[kind].format_map(first.get("ctx") or {})
        message = f"{param or 'The body'} {must}"
    elif kind in _OURS:
        message = f"{param}: {message}"
    elif kind != _WHOLE:
        message = f"{param} is not valid"
    return ApiError(_BAD_REQUEST, "invalid_parameter", message, param or None)
