"""DTEUpload: the checks made while the sender waits, in the SII's order (PROTOCOL 2)."""

from dataclasses import dataclass

from werkzeug.wrappers import Request

from .. import filings, ruts
from ..checks.content import content_errors
from ..office import Office
from .answer import Answer, Shape
from .envelope_status import received_at
from .recepcion import ERROR_PAGE, Recepcion

MIN_BYTES = 1
MAX_BYTES = 20 * 1024 * 1024
_FIELDS = ("rutSender", "dvSender", "rutCompany", "dvCompany")
_ROOTS = frozenset({"EnvioDTE"}) | filings.ROOTS
# Boletas travel here only as a certification set (PROTOCOL 2.1, 11).
_TEST_SET_ROOTS = frozenset({"EnvioBOLETA"})


@dataclass(frozen=True, slots=True)
class Form:
    sender: str
    company: str
    filename: str
    content: bytes


class RefusedError(Exception):
    """The upload stops with a STATUS other than 0."""

    def __init__(self, status: int, errors: tuple[str, ...] = ()):
        super().__init__(status)
        self.status = status
        self.errors = errors


class Upload:
    """In: the form of an upload. Out: the answer of the SII, with a track id when it is received.

    A refused upload keeps no envelope, and no document is judged here.
    """

    def __init__(self, office: Office):
        self._clock, self._sessions, self._companies = (
            office.clock,
            office.sessions,
            office.companies,
        )
        self._envelopes, self._schemas = office.envelopes, office.schemas
        self._certification = office.environment == "certification"

    def answer(self, request: Request, shape: Shape) -> Answer:
        """Take one upload through every check; the answer the SII would give."""
        if "PROG 1.0" not in request.user_agent.string:
            return Answer(ERROR_PAGE, "HTML page: User-Agent without PROG 1.0", "text/html")
        body = request.get_data(cache=True, parse_form_data=False)
        sent = read_form(request)
        try:
            _check_transfer(request, body)
            if sent is None:
                return Answer(ERROR_PAGE, "HTML page: a field is missing", "text/html")
            self._check_permissions(request.cookies.get("TOKEN", ""), sent)
            self._check_content(sent)
        except RefusedError as refused:
            return self._recepcion(sent, refused.status, errors=refused.errors).answer(shape)
        track_id = self._envelopes.receive(sent.company, sent.sender, sent.filename, sent.content)
        return self._recepcion(sent, 0, track_id).answer(shape)

    def forced(self, request: Request, status: int, shape: Shape) -> Answer:
        """Answer a STATUS without looking at what came."""
        request.get_data(cache=True, parse_form_data=False)
        return self._recepcion(read_form(request), status).answer(shape)

    def _check_permissions(self, token: str, sent: Form) -> None:
        session = self._sessions.session(token)
        if session.fault:
            raise RefusedError(5)
        company = self._companies.get(sent.company)
        if sent.sender != session.rut or (company and sent.sender not in company.users):
            raise RefusedError(1)
        if not company:
            raise RefusedError(6)

    def _check_content(self, sent: Form) -> None:
        registered = _ROOTS | _TEST_SET_ROOTS if self._certification else _ROOTS
        errors = content_errors(sent.content, self._schemas, registered)
        if errors:
            raise RefusedError(7, tuple(errors))
        if self._envelopes.was_received(sent.company, sent.content):
            raise RefusedError(99)

    def _recepcion(
        self, sent: Form | None, status: int, track_id: int = 0, errors: tuple[str, ...] = ()
    ) -> Recepcion:
        return Recepcion(
            sender=sent.sender if sent else "",
            company=sent.company if sent else "",
            filename=sent.filename if sent else "",
            timestamp=received_at(self._clock.instant()),
            status=status,
            track_id=track_id,
            errors=errors,
        )


def _check_transfer(request: Request, body: bytes) -> None:
    """How the bytes came: chunked bodies arrive truncated, lengths must be right."""
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise RefusedError(7, ("LPX-00007: unexpected end-of-file encountered",))
    archivo = request.files.get("archivo")
    if not MIN_BYTES <= len(body) <= MAX_BYTES or (archivo and not archivo.stream.read(1)):
        raise RefusedError(2)
    boundary = request.mimetype_params.get("boundary", "")
    if not body.rstrip().endswith(f"--{boundary}--".encode()):
        raise RefusedError(3)


def read_form(request: Request) -> Form | None:
    """The manual's five fields; None when one of them is missing."""
    archivo = request.files.get("archivo")
    if archivo is None or any(field not in request.form for field in _FIELDS):
        return None
    rut, digit, company_rut, company_digit = (request.form[field] for field in _FIELDS)
    archivo.stream.seek(0)
    content = archivo.stream.read()
    archivo.stream.seek(0)
    return Form(
        sender=ruts.join(rut, digit),
        company=ruts.join(company_rut, company_digit),
        filename=archivo.filename or "",
        content=content,
    )
