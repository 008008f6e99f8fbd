"""What pages have in common that a token opens: how a wrong one is refused, and their headers."""

from werkzeug.exceptions import NotFound, abort

from odoo.exceptions import ValidationError
from odoo.http import Response, request

PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
}
# Of a body that a stranger sends: it is read whole before anything of it is looked at
MOST_BYTES = 1_000_000
OF_STRANGERS = {"type": "jsonrpc", "auth": "public", "max_content_length": MOST_BYTES}
_BIGGEST_ID = 2**31 - 1
_FLOWS = ("direct", "redirect", "token")


def missed():
    """Somebody was wrong: refuses by 429 whoever is so too often; others are answered as ever.

    Called only after what was given has been looked at: a right token always passes.
    """
    request.env.cr.rollback()  # nothing of the call stays but this
    if seconds := request.env["l10n_cl.limiter"].sudo()._failed():
        headers = {"Retry-After": str(seconds), **PRIVATE}
        abort(Response("Too many requests", status=429, headers=headers))


def not_found():
    """For a wrong token: the same 404 for all of them, or 429."""
    missed()
    return NotFound()


def token_of(value):
    """A token as it may be compared, None when it cannot be one."""
    return value if isinstance(value, str) and value.isascii() and "\0" not in value else None


def is_id(value):
    """Whether a number may be a record's."""
    return isinstance(value, int) and 0 < value <= _BIGGEST_ID


def check_choice(provider_id=None, payment_method_id=None, token_id=None, flow=None, **_others):
    """What a browser states about how it pays: ValidationError when it is no choice at all."""
    numbers = [
        number for number in (provider_id, payment_method_id, token_id) if number is not None
    ]
    if flow not in _FLOWS or not all(map(is_id, numbers)):
        raise ValidationError(request.env["payment.transaction"]._l10n_cl_not_offered_text())
