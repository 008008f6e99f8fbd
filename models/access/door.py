"""The last ``except`` of our pages: whatever comes in, no answer is that the server broke."""

import logging

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    NotFound,
    ServiceUnavailable,
    UnprocessableEntity,
    abort,
)

from odoo import models
from odoo.exceptions import UserError
from odoo.http import JsonRPCDispatcher, Response, SessionExpiredException, request

from .unforeseen import is_of_this_server, unforeseen

_logger = logging.getLogger(__name__)

_OURS = "odoo.addons.l10n_cl_sii"
_RETRY_SECONDS = 60
_FORESEEN = (HTTPException, UserError, SessionExpiredException)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        """Note whether it is a page of ours: Odoo keeps the rule nowhere."""
        try:
            rule, args = super()._match(path_info)
        except NotFound:
            # Nobody's page: Odoo would look for an attachment of that address, and no database
            # can be asked for a NUL
            if "\0" in path_info:
                abort(Response("Not Found", status=404, mimetype="text/plain"))
            raise
        request.l10n_cl_is_ours = rule.endpoint.func.__module__.startswith(_OURS)
        return rule, args

    @classmethod
    def _handle_error(cls, exception):
        """What nobody foresaw is refused with a sentence; Odoo logs it with its traceback."""
        ours = getattr(request, "l10n_cl_is_ours", False)
        if not ours:
            return super()._handle_error(exception)
        if not isinstance(exception, _FORESEEN):
            exception = _refusal(exception)
        try:
            return super()._handle_error(exception)
        except Exception:
            # the page that shows an error looks up the address, whatever is in it
            _logger.exception("the page of an error could not be shown")
            plain = isinstance(exception, HTTPException) and exception.code
            return exception if plain else UnprocessableEntity()


def _is_call(dispatcher):
    """Whether what was sent has the form that Odoo's reader of JSON-RPC takes for granted."""
    sent = dispatcher.jsonrequest
    given = sent.get("params", {}) if isinstance(sent, dict) else None
    return isinstance(given, dict) and isinstance(given.get("context") or {}, dict)


def _refusal(error):
    request.env.cr.rollback()  # what failed may have been a statement
    is_rpc = request.dispatcher.routing_type == JsonRPCDispatcher.routing_type
    if is_rpc and (isinstance(error, RecursionError) or not _is_call(request.dispatcher)):
        return BadRequest("The body is no call of JSON-RPC with named params.")
    text = unforeseen(request.env, error)
    if is_rpc:
        return UserError(text)
    if is_of_this_server(error):
        return ServiceUnavailable(text, retry_after=_RETRY_SECONDS)
    return UnprocessableEntity(text)
