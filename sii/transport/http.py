"""The wire: one session that always times out, never follows a redirect and keeps no secret."""

import logging
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO

import requests

from ..errors import NotSent, OutcomeUnknown
from .endpoints import Endpoints

_logger = logging.getLogger(__name__)

USER_AGENT = "Mozilla/4.0 (compatible; PROG 1.0; l10n_cl_sii)"
"""``PROG 1.0`` is what makes the upload answer in XML instead of HTML (PROTOCOL 2.1)."""

ANSWER_LIMIT = 4 * 1024 * 1024
"""Bytes; the longest honest answer is the list of schema errors of a 2000 document envelope."""

_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. retry_after: seconds the server asked to wait. location: of a redirect."""

    status: int
    body: bytes = field(repr=False)
    retry_after: int | None = None
    location: str = ""

    @property
    def text(self) -> str:
        """The body, whatever encoding it declares: UTF-8, else ISO-8859-1 (PROTOCOL 0.3)."""
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.body.decode("iso-8859-1")

    @property
    def is_html(self) -> bool:
        """Whether this is a page for people, whatever its status and headers say."""
        return b"<html" in self.body[:2000].lower()


class Http:
    """One session with the SII; not to be shared between threads."""

    def __init__(self, endpoints: Endpoints):
        self._timeout = (endpoints.connect_timeout, endpoints.read_timeout)
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        # The token travels in a header of ours; a cookie the server sets must not shadow it.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Let go of the connections kept open for the next request."""
        self._session.close()

    def post(self, operation: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``body`` once and return the answer, whatever its HTTP status.

        Raises NotSent when no byte of the body left, OutcomeUnknown when some did and the answer
        is missing, cut or longer than ANSWER_LIMIT.
        """
        started = time.monotonic()
        outcome = "failed"
        # A stream tells by its position whether the connection ever began to take the body.
        stream = BytesIO(body)
        try:
            answer = self._exchange(url, stream, headers)
            outcome = str(answer.status)
            return answer
        except requests.RequestException as error:
            if stream.tell() == 0:
                raise NotSent(_unsent(error), reason=type(error).__name__) from error
            raise OutcomeUnknown(_unanswered(error), reason=type(error).__name__) from error
        finally:
            _logger.info("%s: %s in %.2f s", operation, outcome, time.monotonic() - started)

    def _exchange(self, url: str, stream: BytesIO, headers: Mapping[str, str]) -> Answer:
        response = self._session.post(
            url,
            data=stream,
            headers=dict(headers),
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        )
        with closing(response):
            return Answer(
                status=response.status_code,
                body=_read(response),
                retry_after=_seconds(response.headers.get("Retry-After", "")),
                location=response.headers.get("Location", ""),
            )


def _read(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > ANSWER_LIMIT:
            raise OutcomeUnknown("answer_too_long", limit=ANSWER_LIMIT)
    promised = response.headers.get("Content-Length", "")
    # The HTTP library takes a body that stops short for a whole one.
    if promised.isdecimal() and len(body) < int(promised):
        raise OutcomeUnknown("answer_cut", length=len(body), promised=int(promised))
    return bytes(body)


def _seconds(retry_after: str) -> int | None:
    """``Retry-After`` as seconds from now: the header holds a number or a date (RFC 9110)."""
    if retry_after.strip().isdecimal():
        return int(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, round((aware - datetime.now(UTC)).total_seconds()))


def _unsent(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "tls_failed"
    if isinstance(error, requests.Timeout):
        return "connect_timeout"
    return "connect_failed"


def _unanswered(error: requests.RequestException) -> str:
    # While the body streams in, a timeout arrives dressed as a ConnectionError.
    if isinstance(error, requests.Timeout) or "timed out" in str(error).lower():
        return "answer_timeout"
    return "connection_lost"
