import json
from datetime import UTC, datetime

from odoo import http
from odoo.http import request

from ..sii.transport.register.provider import is_genuine
from .door import MOST_BYTES, missed, token_of


class RcvWebhook(http.Controller):
    """What a provider of the register announces: that there is news to be read."""

    @http.route(
        "/l10n_cl_sii/v1/register/<string:key>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MOST_BYTES,
    )
    def receive(self, key):
        """Hand on the type of the event: nothing else of it is believed."""
        key = token_of(key) or ""
        provider = request.env["l10n_cl.rcv.provider"].sudo().search([("webhook_key", "=", key)])
        body = request.httprequest.get_data()
        header = request.httprequest.headers.get("Fintoc-Signature", "")
        secret = provider._webhook_secret()
        if not is_genuine(header, body, secret, datetime.now(UTC)):
            missed()
            return request.make_response("", status=401)
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return request.make_response("", status=400)
        if isinstance(event, dict):
            provider._take_event(event.get("type"))
        return request.make_response("", status=200)
