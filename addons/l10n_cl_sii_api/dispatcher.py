"""Errors of the API: one shape, ``{"error": {type, code, message, param}}``, and one place."""

import logging

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from werkzeug.exceptions import HTTPException as WerkzeugHTTPException

from odoo.addons.fastapi.fastapi_dispatcher import FastApiDispatcher
from odoo.exceptions import AccessError, MissingError, UserError

from .errors import ApiError
from .failures import failures
from .routers.auth import client_of

_logger = logging.getLogger(__name__)

ROUTING_TYPE = "l10n_cl_sii_api"
MAX_BODY_BYTES = 1_000_000
_MAX_KEY = 255
_TOLD_WHOLE = ("choice",)


class SiiApiDispatcher(FastApiDispatcher):
    """What goes wrong is raised, so that Odoo takes back what the call had begun."""

    routing_type = ROUTING_TYPE

    def dispatch(self, endpoint, args):
        """A POST with an Idempotency-Key is done once; its answer is kept in its transaction."""
        asked = self.request.httprequest
        if (asked.content_length or 0) > MAX_BODY_BYTES:
            said = f"The body is longer than {MAX_BODY_BYTES} bytes."
            raise ApiError(413, "body_too_large", said)
        key = asked.headers.get("Idempotency-Key")
        if asked.method != "POST" or key is None:
            return self._answer(endpoint, args)
        call = self._call_of(asked, key)
        if not call.status:
            response = self._answer(endpoint, args)
            call.write({"status": response.status_code, "answer": response.get_data(as_text=True)})
            return response
        self.request.params = {}
        headers = [("Content-Type", "application/json"), ("Idempotent-Replayed", "true")]
        return self.request.make_response(call.answer, headers=headers, status=call.status)

    def _answer(self, endpoint, args):
        token = failures.set([])
        try:
            return super().dispatch(endpoint, args)  # pylint: disable=super-method-mismatch
        except (RequestValidationError, HTTPException) as error:
            raise _as_api_error(error) from error
        finally:
            failures.reset(token)

    def _make_response(self, status_mapping, headers_tuple, content):
        result = super()._make_response(status_mapping, headers_tuple, content)
        self.inner_exception = next(iter(failures.get()), None)
        return result

    def _call_of(self, asked, key):
        if not 0 < len(key) <= _MAX_KEY:
            said = f"An Idempotency-Key has 1 to {_MAX_KEY} characters."
            raise ApiError(400, "invalid_parameter", said, "Idempotency-Key")
        client = client_of(self.request.env, asked.headers.get("Authorization", ""))
        body = asked.get_data(cache=True)
        calls = self.request.env["l10n_cl.api.call"]
        return calls._open(client, key, asked.method, asked.full_path, body)

    def handle_error(self, exc):
        error = _as_api_error(exc)
        headers = {"WWW-Authenticate": 'Basic realm="api"'} if error.status == 401 else None
        return self.request.make_json_response(
            {"error": self._described(error)}, status=error.status, headers=headers
        )

    def _described(self, error):
        return error.as_dict()


def _as_api_error(exc: Exception) -> ApiError:
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, RequestValidationError):
        return _invalid_body(exc)
    if isinstance(exc, HTTPException):
        return ApiError(exc.status_code, "http_error", str(exc.detail))
    if isinstance(exc, WerkzeugHTTPException):
        return ApiError(exc.code, "http_error", str(exc.description))
    if isinstance(exc, (MissingError, AccessError)):
        return ApiError(404, "not_found", "There is no such resource.")
    if isinstance(exc, UserError):
        return ApiError(400, "refused", str(exc.args[0]))
    _logger.error("the API failed", exc_info=exc)
    return ApiError(500, "internal_error", "Something failed here; nothing was kept.")


def _invalid_body(exc: RequestValidationError) -> ApiError:
    first = exc.errors()[0]
    path = [str(part) for part in first["loc"] if part not in ("body", "query")]
    if first["type"] == "json_invalid":
        return ApiError(400, "invalid_json", "The body is not JSON.")
    if first["type"] in _TOLD_WHOLE:
        return ApiError(400, "invalid_parameter", first["msg"], ".".join(path))
    message = f"{'.'.join(path)}: {first['msg']}" if path else first["msg"]
    return ApiError(400, "invalid_parameter", message, ".".join(path) or None)
