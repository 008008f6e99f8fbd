"""The wire: one session that always ends in time, follows no redirect and keeps no secret."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO

import requests
from urllib3.exceptions import HTTPError, IncompleteRead, NewConnectionError

from ..errors import Busy, NotSent, OutcomeUnknown
from .deadline import Deadline, WatchingAdapter
from .endpoints import Endpoints

_logger = logging.getLogger(__name__)

USER_AGENT = "Mozilla/4.0 (compatible; PROG 1.0; l10n_cl_sii)"
"""``PROG 1.0`` is what makes the upload answer in XML instead of HTML (PROTOCOL 2.1)."""

ANSWER_LIMIT = 4 * 1024 * 1024
"""Bytes; the longest honest answer is the list of schema errors of a 2000 document envelope."""

LONGEST_WAIT = 24 * 60 * 60
"""Seconds that a server may ask us to wait; what asks for more is ignored."""

_CHUNK = 16 * 1024
_LONGEST_LENGTH = 15  # digits of a Content-Length
_ENCODINGS = ("", "identity", "gzip", "deflate")
"""We ask for plain answers; one packed once is still read, one packed again is a bomb."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. retry_after: seconds the server asked to wait. location: of a redirect.

    link: header of a page, which names the next one.
    """

    status: int
    body: bytes = field(repr=False)
    retry_after: int | None = None
    location: str = ""
    link: str = ""

    @property
    def text(self) -> str:
        """The body, whatever encoding it declares: UTF-8, else ISO-8859-1 (PROTOCOL 0.3)."""
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.body.decode("iso-8859-1")

    @property
    def is_html(self) -> bool:
        """Whether this is a page for people, whatever its status and headers."""
        return b"<html" in self.body[:2000].lower()


class Http:
    """One session with the SII; not to be shared between threads.

    answer_limit: bytes, beyond which an answer is not read on.
    """

    def __init__(self, endpoints: Endpoints, answer_limit: int = ANSWER_LIMIT):
        self._answer_limit = answer_limit
        self._timeout = (endpoints.connect_timeout, endpoints.read_timeout)
        self._session = _Session()
        self._deadline = Deadline(endpoints.total_timeout)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, WatchingAdapter(self._deadline))
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        # The token is sent in a header of ours; a cookie the server sets must not shadow it.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Release the connections kept open for the next request."""
        self._session.close()
        self._deadline.close()

    def post(self, operation: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``body`` once and return the answer, whatever its HTTP status.

        Raises NotSent when no byte of the body left, OutcomeUnknown when some did and the answer
        is missing, cut or longer than the limit.
        """
        # A stream shows by its position whether the connection ever began to take the body.
        stream = BytesIO(body)
        try:
            return self._exchange(operation, "POST", url, headers, stream)
        except requests.RequestException as error:
            reason = type(error).__name__
            if stream.tell() == 0:
                raise NotSent(self._unsent(error), reason=reason) from error
            raise OutcomeUnknown(self._unanswered(error), reason=reason) from error

    def get(self, operation: str, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask, and return the answer, whatever its HTTP status.

        Asking changes nothing, so an answer that is lost costs nothing. Raises NotSent and Busy.
        """
        try:
            return self._exchange(operation, "GET", url, headers)
        except requests.RequestException as error:
            reason = type(error).__name__
            if _never_connected(error):
                raise NotSent(self._unsent(error), reason=reason) from error
            raise Busy(self._unanswered(error), reason=reason) from error
        except OutcomeUnknown as lost:
            raise Busy(lost.code, **lost.data) from lost

    def _exchange(
        self,
        operation: str,
        method: str,
        url: str,
        headers: Mapping[str, str],
        stream: BytesIO | None = None,
    ) -> Answer:
        started = time.monotonic()
        outcome = "failed"
        try:
            with self._deadline.running():
                answer = self._answer(method, url, headers, stream)
            outcome = str(answer.status)
            return answer
        finally:
            _logger.info("%s: %s in %.2f s", operation, outcome, time.monotonic() - started)

    def _answer(
        self, method: str, url: str, headers: Mapping[str, str], stream: BytesIO | None
    ) -> Answer:
        response = self._session.request(
            method,
            url,
            data=stream,
            headers=dict(headers),
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        )
        with closing(response):
            headers = response.headers
            body = self._body(response)
            return Answer(
                status=response.status_code,
                body=body,
                retry_after=_seconds(
                    headers.get("Retry-After") or headers.get("X-Retry-After", "")
                ),
                location=headers.get("Location", ""),
                link=headers.get("Link", ""),
            )

    def _body(self, response: requests.Response) -> bytes:
        """Cut off by the deadline, it may look whole, or too short."""
        body = b""
        try:
            body = _read(response, self._answer_limit)
        except OutcomeUnknown:
            if not self._deadline.has_passed:
                raise
        if self._deadline.has_passed:
            raise OutcomeUnknown("answer_timeout", reason="deadline")
        return body

    def _unsent(self, error: requests.RequestException) -> str:
        if self._deadline.has_passed or isinstance(error, requests.Timeout):
            return "connect_timeout"
        if isinstance(error, requests.exceptions.SSLError):
            return "tls_failed"
        return "connect_failed"

    def _unanswered(self, error: requests.RequestException) -> str:
        # While the body streams in, a timeout arrives as a ConnectionError.
        late = isinstance(error, requests.Timeout) or "timed out" in str(error).lower()
        return "answer_timeout" if late or self._deadline.has_passed else "connection_lost"


class _Session(requests.Session):
    """Requests reads the whole body of a redirect, wherever it leads, even when asked not to."""

    def resolve_redirects(self, *_arguments: object, **_options: object) -> Iterator[None]:
        """None: an answer that leads elsewhere is an answer."""
        return iter(())


def _read(response: requests.Response, limit: int) -> bytes:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise OutcomeUnknown("answer_unreadable", reason="encoding")
    body = bytearray()
    try:
        # Not in chunks as requests reads them: of theirs a line may be endless.
        while chunk := response.raw.read(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                raise OutcomeUnknown("answer_too_long", limit=limit)
    except HTTPError as error:
        if (cut := _cut_off(error)) is not None:
            raise OutcomeUnknown("answer_cut", reason=str(cut)) from error
        raise requests.ConnectionError(error) from error
    promised = response.headers.get("Content-Length", "")
    # urllib3 before 2 takes a body that stops short for a whole one.
    is_number = promised.isdecimal() and len(promised) <= _LONGEST_LENGTH
    if is_number and not encoding and len(body) < int(promised):
        raise OutcomeUnknown("answer_cut", length=len(body), promised=int(promised))
    return bytes(body)


def _cut_off(error: HTTPError) -> IncompleteRead | None:
    """What urllib3 from 2 on raises for a body that stops short."""
    causes = (error, *error.args)
    return next((each for each in causes if isinstance(each, IncompleteRead)), None)


def _seconds(retry_after: str) -> int | None:
    """``Retry-After`` as seconds from now: the header holds a number or a date (RFC 9110)."""
    text = retry_after.strip()
    if text.isdecimal() and len(text) < len(str(LONGEST_WAIT)) + 1:
        seconds = int(text)
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = max(0, round((aware - datetime.now(UTC)).total_seconds()))
    return seconds if seconds <= LONGEST_WAIT else None


def _never_connected(error: requests.RequestException) -> bool:
    if isinstance(error, requests.exceptions.SSLError | requests.exceptions.ConnectTimeout):
        return True
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(cause, NewConnectionError)
