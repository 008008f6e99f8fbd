"""DTEUpload: the checks made while the sender waits, in the SII's order (PROTOCOL 2)."""

import re
from dataclasses import dataclass

from lxml import etree
from werkzeug.wrappers import Request

from .. import ruts
from ..state.clock import Clock
from ..state.companies import Companies
from ..state.envelopes import Envelopes
from ..state.sessions import Sessions
from ..verify import xmltext
from ..verify.schema import Schemas
from .answer import Answer, Shape
from .envelope_status import received_at
from .recepcion import ERROR_PAGE, Recepcion

MIN_BYTES = 1
MAX_BYTES = 20 * 1024 * 1024
MAX_LINE = 4090
_FIELDS = ("rutSender", "dvSender", "rutCompany", "dvCompany")
_DECLARED = re.compile(rb'<\?xml version="1\.0" encoding="([^"\']*)" *\?>')


@dataclass(frozen=True, slots=True)
class _Form:
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
    def __init__(
        self,
        clock: Clock,
        sessions: Sessions,
        companies: Companies,
        envelopes: Envelopes,
        schemas: Schemas,
    ):
        self._clock, self._sessions, self._companies = clock, sessions, companies
        self._envelopes, self._schemas = envelopes, schemas

    def answer(self, request: Request, shape: Shape) -> Answer:
        """Take one upload through every check; the answer the SII would give."""
        if "PROG 1.0" not in request.user_agent.string:
            return Answer(ERROR_PAGE, "HTML page: User-Agent without PROG 1.0", "text/html")
        body = request.get_data(cache=True, parse_form_data=False)
        sent = _form(request)
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
        return self._recepcion(_form(request), status).answer(shape)

    def _check_permissions(self, token: str, sent: _Form) -> None:
        session = self._sessions.session(token)
        if session.fault:
            raise RefusedError(5)
        company = self._companies.get(sent.company)
        if sent.sender != session.rut or (company and sent.sender not in company.users):
            raise RefusedError(1)
        if not company:
            raise RefusedError(6)

    def _check_content(self, sent: _Form) -> None:
        declared = _DECLARED.match(sent.content)
        if not declared or declared[1].upper() != b"ISO-8859-1":
            raise RefusedError(7, ("CHR-00001: Invalid Character Set",))
        for number, line in enumerate(sent.content.split(b"\n"), 1):
            if len(line) > MAX_LINE:
                raise RefusedError(7, (f"CHR-00002: Line too long (line {number})",))
        try:
            root = xmltext.parse(sent.content)
        except etree.XMLSyntaxError as error:
            raise RefusedError(7, (f"LPX-00007: {error.msg}",)) from None
        errors = self._schemas.errors(root)
        if errors:
            raise RefusedError(7, tuple(errors))
        if self._envelopes.was_received(sent.company, sent.content):
            raise RefusedError(99)

    def _recepcion(
        self, sent: _Form | None, status: int, track_id: int = 0, errors: tuple[str, ...] = ()
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


def _form(request: Request) -> _Form | None:
    """The manual's five fields; None when one of them is missing."""
    archivo = request.files.get("archivo")
    if archivo is None or any(field not in request.form for field in _FIELDS):
        return None
    rut, digit, company_rut, company_digit = (request.form[field] for field in _FIELDS)
    archivo.stream.seek(0)
    content = archivo.stream.read()
    archivo.stream.seek(0)
    return _Form(
        sender=ruts.join(rut, digit),
        company=ruts.join(company_rut, company_digit),
        filename=archivo.filename or "",
        content=content,
    )
