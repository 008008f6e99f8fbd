"""DTEUpload: an envelope goes out once, and what came of it is never guessed (PROTOCOL 2)."""

import re
from dataclasses import dataclass, field

import requests
from lxml import etree

from .. import rut
from ..errors import Busy, OutcomeUnknown, Refused, UnsafeXml
from ..xml.reader import find_all, local_name, text_of
from . import respuesta
from .http import Answer, Http
from .replies import Received
from .token import NotAuthenticated

REFUSALS = {
    1: "sender_not_allowed",
    2: "file_size_wrong",
    3: "file_truncated",
    6: "company_not_allowed",
    7: "schema_invalid",
    8: "envelope_signature_invalid",
    99: "already_received",
}
_NOT_AUTHENTICATED = 5

BUSY_HTTP = frozenset({408, 425, 429, 503})
# Pages of which the field knows that the file was not taken (PROTOCOL 1.6, 2.1).
_LOGIN_PAGE = re.compile(r"NO ESTA AUTENTICADO|CAutInicio|AUT2000", re.IGNORECASE)
_NOT_NOW_PAGE = re.compile(
    r"Service Temporarily Unavailable|HA OCURRIDO UN ERROR EN EL UPLOAD"
    r"|EN MANTENCI(?:O|Ó|&OACUTE;)N",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Upload:
    """One request. sender_rut: holder of the certificate, company_rut: the issuer."""

    url: str
    sender_rut: str
    company_rut: str
    filename: str
    envelope: bytes = field(repr=False)

    def send(self, http: Http, token: str) -> Received:
        """Send the bytes as they are, once.

        Raises NotSent, Busy (both: not taken, try again), Refused, NotAuthenticated, and
        OutcomeUnknown when the SII may have the file without having confirmed it.
        """
        body, content_type = self.form()
        headers = {"Content-Type": content_type, "Cookie": f"TOKEN={token}"}
        return read_receipt(http.post("DTEUpload", self.url, body, headers))

    def form(self) -> tuple[bytes, str]:
        """Multipart body in the manual's order of fields (PROTOCOL 2.1), and its media type."""
        sender, sender_dv = rut.split(self.sender_rut)
        company, company_dv = rut.split(self.company_rut)
        fields = [
            ("rutSender", sender),
            ("dvSender", sender_dv),
            ("rutCompany", company),
            ("dvCompany", company_dv),
        ]
        name = re.sub(r"[^A-Za-z0-9._-]", "_", self.filename)
        files = {"archivo": (name, self.envelope, "text/xml")}
        form = requests.Request("POST", self.url, data=fields, files=files).prepare()
        return form.body, form.headers["Content-Type"]


def read_receipt(answer: Answer) -> Received:
    """What the SII answers about the file it was given; raises as ``Upload.send`` does."""
    check_http(answer)
    if answer.text.strip() == "Error 500":
        raise Busy("sii_internal", retry_after=answer.retry_after, text="Error 500")
    if answer.is_html:
        read_page(answer)
    try:
        root = respuesta.parse(answer.text)
    except Busy as error:
        raise OutcomeUnknown("answer_unreadable") from error
    if local_name(root) != "RECEPCIONDTE":
        raise OutcomeUnknown("answer_unreadable", root=local_name(root))
    try:
        return _read_status(root, answer.text)
    except UnsafeXml as error:
        raise OutcomeUnknown("answer_unreadable", reason=error.code) from error


def check_http(answer: Answer) -> None:
    """Sort out answers whose HTTP status alone shows what became of the file."""
    status = answer.status
    to_login = 300 <= status < 400 and _LOGIN_PAGE.search(answer.location)
    if status == 401 or to_login:
        raise NotAuthenticated(str(status))
    if status in BUSY_HTTP:
        raise Busy("http_status", retry_after=answer.retry_after, http_status=status)
    if 400 <= status < 500:
        raise Refused("http_status", sii_code=str(status), text=answer.text[:200])
    # 500 may be the SII's own plain "Error 500"; a proxy's 502 or 504 shows nothing about the file.
    if status not in (200, 500):
        raise OutcomeUnknown("http_status", http_status=status)


def read_page(answer: Answer) -> None:
    """A page for people: raises by what is known of it, else OutcomeUnknown."""
    if _LOGIN_PAGE.search(answer.text):
        raise NotAuthenticated("html")
    if _NOT_NOW_PAGE.search(answer.text):
        raise Busy("html_page", retry_after=answer.retry_after)
    raise OutcomeUnknown("html_page", http_status=answer.status)


def _read_status(root: etree._Element, raw: str) -> Received:
    status = text_of(root, "STATUS")
    if not re.fullmatch(r"-?[0-9]{1,9}", status):
        raise OutcomeUnknown("status_missing", text=status[:40])
    code = int(status)
    if code == 0:
        track_id = text_of(root, "TRACKID")
        if not re.fullmatch(r"[0-9]{1,30}", track_id):
            raise OutcomeUnknown("track_id_missing")
        return Received(track_id=track_id, received_at=text_of(root, "TIMESTAMP"), raw=raw)
    if code == _NOT_AUTHENTICATED:
        raise NotAuthenticated(status)
    if code in REFUSALS:
        errors = [(error.text or "").strip() for error in find_all(root, "DETAIL/ERROR")]
        raise Refused(REFUSALS[code], sii_code=status, text="; ".join(errors), errors=errors)
    raise Busy("sii_internal", sii_code=status)
