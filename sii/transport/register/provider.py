"""A provider of registers: the invoice object over REST, page after page (CHECKLIST 1.1 to 1.5)."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from requests.utils import parse_header_links

from ...codes import Environment
from ...errors import Busy, Refused
from ...register import invoice_object as rcv_object
from ...register.columns import last_day
from ...register.row import Row
from ..endpoints import Endpoints
from ..http import Answer, Http

PER_PAGE = 300
TOLERANCE = 300
"""Seconds that a webhook may be older or younger than our clock."""

REFRESHED = "link.refresh_intent.succeeded"
"""The event that means the register is worth reading again."""

DISCONNECTED = "link.credentials_changed"
"""The event that means that the provider reads nothing new: the password at the SII changed."""

_MOST_PAGES = 5000
_LONGEST_LINK = 8_000
_STAMP = re.compile(r"t=([0-9]{1,12})")
_DIGEST = re.compile(r"v1=([0-9a-f]{64})")


class Provider:
    """One account at a provider. ``with`` closes its connections.

    base_url: such as ``https://api.example.com/v1``. token: sent as it is in ``Authorization``.
    link_token: names the taxpayer. Neither is ever logged.
    """

    def __init__(self, base_url: str, token: str, link_token: str, read_timeout: float = 60):
        endpoints = Endpoints(Environment.PRODUCTION, override=base_url, read_timeout=read_timeout)
        self._base = base_url.rstrip("/")
        self._token = token
        self._link_token = link_token
        self._http = Http(endpoints)

    def __enter__(self) -> "Provider":
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.close()

    def fetch(self, _company: str, period: str, since: datetime | None = None) -> Iterator[Row]:
        """Documents of a month, or of all months when they changed since a moment.

        The provider sends some of them again, as its ``updated_since`` overlaps. Raises NotSent,
        Busy and Refused; RcvProblem for what is no invoice object.
        """
        query = {"link_token": self._link_token, "per_page": str(PER_PAGE)}
        if since:
            query["updated_since"] = f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        else:
            query |= {"since": f"{period}-01", "until": last_day(period).isoformat()}
        address = f"{self._base}/invoices?{urlencode(query)}"
        for _page in range(_MOST_PAGES):
            answer = self._ask(address)
            found = _objects(answer)
            yield from map(rcv_object.read, found)
            following = _next(answer.link)
            # some lead on without end, to empty pages
            if not following or not found:
                return
            address = self._own(urljoin(address, following))
        raise Busy("answer_too_long", limit=_MOST_PAGES)

    def _ask(self, address: str) -> Answer:
        headers = {"Authorization": self._token, "Accept": "application/json"}
        answer = self._http.get("provider.invoices", address, headers)
        if answer.status in (429, 503) or answer.status >= 500:
            raise Busy("http_status", retry_after=answer.retry_after, http_status=answer.status)
        if answer.status != 200:
            raise Refused("provider_refused", sii_code=str(answer.status), text=_message(answer))
        return answer

    def _own(self, address: str) -> str:
        """The token goes to the provider's own host only. Raises Busy."""
        ours, theirs = urlsplit(self._base), urlsplit(address)
        if (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
            raise Busy("answer_unreadable", reason="next page at another host")
        return address


def is_genuine(header: str, body: bytes, secret: str, now: datetime) -> bool:
    """Whether a webhook was signed with our secret, and not long ago.

    header: ``t=<seconds>,v1=<hex>``. now: aware.
    """
    stamp, digests = _STAMP.search(header), _DIGEST.findall(header)
    if not stamp or not secret or abs(now.timestamp() - int(stamp[1])) > TOLERANCE:
        return False
    signed = stamp[1].encode() + b"." + body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(expected, each) for each in digests)


def _next(link: str) -> str:
    """Address of the page that a Link header (RFC 8288) calls the next one, or nothing."""
    if len(link) > _LONGEST_LINK:
        raise Busy("answer_unreadable", reason="link")
    found = (each["url"] for each in parse_header_links(link) if each.get("rel") == "next")
    return next(found, "")


def _objects(answer: Answer) -> list[Any]:
    try:
        found = json.loads(answer.text)
    except (ValueError, RecursionError) as error:
        raise Busy("answer_unreadable", reason=type(error).__name__) from error
    if not isinstance(found, list):
        raise Busy("answer_unreadable", reason="no list")
    return found


def _message(answer: Answer) -> str:
    """The provider's reason for its refusal."""
    try:
        return str(json.loads(answer.text)["error"]["message"])[:200]
    except (ValueError, KeyError, TypeError, RecursionError):
        return answer.text[:100]
