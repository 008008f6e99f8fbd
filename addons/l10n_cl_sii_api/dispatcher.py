"""Calls of the API: what is done once, and what goes wrong, in one place."""

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from odoo.addons.fastapi.fastapi_dispatcher import FastApiDispatcher

from . import languages
from .call import callers, failures, remarks
from .errors import as_api_error, too_many_failures
from .refused import Refused, WrongCredentials
from .routers.support.auth import client_of
from .secrets_once import shown, without_secrets

ROUTING_TYPE = "l10n_cl_sii_api"
MAX_BODY_BYTES = 1_000_000
_MAX_KEY = 255


class SiiApiDispatcher(FastApiDispatcher):
    """What goes wrong is raised, so that Odoo takes back what the call had begun."""

    routing_type = ROUTING_TYPE
    max_body_bytes = MAX_BODY_BYTES

    def dispatch(self, endpoint, args):
        """A POST with an Idempotency-Key is done once; its answer is kept in its transaction."""
        asked = self.request.httprequest
        _check_length(asked, self.max_body_bytes)
        # what a header may hold is more than its reader expects
        asked.environ["HTTP_ACCEPT_LANGUAGE"] = languages.wanted(
            asked.headers.get("Accept-Language", "")
        )
        key = asked.headers.get("Idempotency-Key")
        if asked.method != "POST" or key is None:
            return self._answer(endpoint, args)
        call = self._call_of(asked, key)
        if not call.status:
            token = shown.set([])
            try:
                response = self._answer(endpoint, args)
                kept = without_secrets(response.get_data(as_text=True))
            finally:
                shown.reset(token)
            call.write({"status": response.status_code, "answer": kept})
            return response
        self.request.params = {}
        headers = [("Content-Type", "application/json"), ("Idempotent-Replayed", "true")]
        return self.request.make_response(call.answer, headers=headers, status=call.status)

    def _answer(self, endpoint, args):
        token, called, remarked = failures.set([]), callers.set([]), remarks.set([])
        try:
            answer = super().dispatch(endpoint, args)  # pylint: disable=super-method-mismatch
            clients = self.request.env["l10n_cl.api.client"].sudo()
            clients.browse(set(callers.get()))._called()
            return answer
        except (RequestValidationError, HTTPException) as error:
            raise as_api_error(error) from error
        finally:
            failures.reset(token)
            callers.reset(called)
            remarks.reset(remarked)

    def _get_environ(self):
        """Bodies are JSON, whatever a program calls them."""
        return {**super()._get_environ(), "CONTENT_TYPE": "application/json"}

    def _make_response(self, status_mapping, headers_tuple, content):
        result = super()._make_response(status_mapping, headers_tuple, content)
        self.inner_exception = next(iter(failures.get()), None)
        return result

    def _call_of(self, asked, key):
        if not 0 < len(key) <= _MAX_KEY:
            text = f"An Idempotency-Key has 1 to {_MAX_KEY} characters."
            raise Refused("invalid_parameter", text, "Idempotency-Key")
        client = client_of(self.request.env, self._authorization(asked))
        body = asked.get_data(cache=True)
        calls = self.request.env["l10n_cl.api.call"]
        return calls._open(client, key, asked.method, asked.full_path, body)

    def _authorization(self, asked):
        """The header that identifies the caller, as Basic."""
        return asked.headers.get("Authorization", "")

    def handle_error(self, exc):
        wrong = isinstance(exc, WrongCredentials)
        error = self._wrong_credentials(exc) if wrong else as_api_error(exc)
        headers = dict(error.headers)
        if error.status == 401:
            headers["WWW-Authenticate"] = 'Basic realm="api"'
        return self.request.make_json_response(
            {"error": self._described(error)}, status=error.status, headers=headers
        )

    def _wrong_credentials(self, exc):
        """The call leaves its trace; who is wrong too often has to wait."""
        seconds = self.request.env["l10n_cl.api.client"]._login_refused(exc.key)
        return too_many_failures(seconds) if seconds else as_api_error(exc)

    def _described(self, error):
        return error.as_dict()


def _check_length(asked, limit):
    """A body comes whole and not too long: Odoo does not read one that comes in chunks."""
    if asked.headers.get("Transfer-Encoding"):
        raise Refused("length_required", "Send the body with its Content-Length.")
    if (asked.content_length or 0) > limit:
        text = f"The body is longer than {limit} bytes."
        raise Refused("body_too_large", text)
