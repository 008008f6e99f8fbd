"""Another's mail written again, so that a mail program without bounds may read it.

What is kept: who wrote to whom about what, the text for people, and each file as its bytes. What
costs more than it is worth is left out, and the mail as it came is then attached as a file.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, getaddresses

from ..received import file_kind
from . import files as mail_files
from . import pages as mail_pages
from .files import MailFile
from .words import is_charset, legible, text_of, words

MOST_FILES = 50
"""Of a mail written again. Of the SII's kinds those beyond are packed into one, of others left."""

MOST_HEADERS, MOST_PARTS = 50_000, 100
"""Of a mail that may stay as it came: bytes of its head, and parts."""

LONGEST_TEXT = 20_000
_MOST_ADDRESSES, _LONGEST_SUBJECT, _LONGEST_NAME = 50, 250, 200
_MOST_IDS = 20
_ADDRESSES = ("From", "To", "Cc", "Delivered-To", "Resent-To", "Resent-Cc")
_IDS = ("Message-Id", "In-Reply-To", "References")
_PLAIN = ("Date", "Auto-Submitted")
_ID = re.compile(r"<[\w!#$%&'*+/=?^`{|}~.:@-]{1,400}+>", re.ASCII)
_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,100}+@[\w.-]{1,200}+", re.ASCII)
_NO_ADDRESS = re.compile(r"[\s<>,;:\"()\[\]]")
# of others Python's own readers of mails do not know what a part is made of
_MAIN_TYPES = frozenset({"text", "application", "image", "audio", "video", "multipart", "message"})
_BOUNCED = "multipart/report"
_PACKED, _TEXT, _PAGE, _WHOLE = "mas-archivos.zip", "mensaje.txt", "mensaje.html", "mail.eml"
_NAMELESS = {"xml": "adjunto.xml", "zip": "adjunto.zip", "text": _TEXT, "html": _PAGE}


@dataclass(frozen=True, slots=True)
class Letter:
    """raw: the mail written again. left: how many of its files are in the mail as it came only."""

    raw: bytes = field(repr=False)
    left: int = 0


def is_harmless(raw: bytes) -> bool:
    """Whether a mail program may have the mail as it came, and makes no text out of an XML.

    Raises MailProblem as ``mail_files.parse`` does.
    """
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    message = mail_files.parse(raw)
    parts = list(mail_files.read(message))
    pages = b"".join(part.content for part in parts if part.kind == "html")
    return (
        len(head) <= MOST_HEADERS
        and b"\0" not in raw
        and len(parts) <= MOST_PARTS
        and all(part.name and not part.is_text for part in parts if part.kind in ("xml", "zip"))
        and all(part.get_content_maintype() in _MAIN_TYPES for part in message.walk())
        and not any(part.forwarded and _is_to_be_read(part) for part in parts)
        and all(is_charset(part.charset) for part in parts if part.charset)
        and mail_pages.is_plain(pages)
    )


def _is_to_be_read(part: MailFile) -> bool:
    """Whether a part of a forwarded mail, of which mail programs make one file, is meant for us."""
    return part.kind in ("xml", "zip") or file_kind.of(part.content) in file_kind.ARCHIVES


def rewritten(raw: bytes, whole: bool = False) -> Letter:
    """The mail, as little of it as is needed. Raises MailProblem as ``mail_files.parse`` does.

    whole: the mail as it came is attached even when nothing was left out.
    """
    message = mail_files.parse(raw)
    parts = list(mail_files.read(message))
    letter = MIMEMultipart("report" if message.get_content_type() == _BOUNCED else "mixed")
    for name, value in _head(message):
        letter[name] = value
    body, beside = _body(parts)
    letter.attach(body)
    files, left = _chosen([part for part in parts if part.kind in ("xml", "zip", "file")])
    for part in [*files, *beside]:
        letter.attach(_attached(part))
    if left or whole:
        letter.attach(_attached(MailFile(_WHOLE, "file", raw)))
    return Letter(letter.as_bytes(), left)


def _head(message: Message) -> list[tuple[str, str]]:
    """The lines of the head with who, to whom, what and when."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.title(), []).append(str(value))
    lines = [(name, _addresses(found[name])) for name in _ADDRESSES if name in found]
    for name in _IDS:
        ids = _ID.findall(" ".join(map(legible, found.get(name, [])[:_MOST_IDS])))[:_MOST_IDS]
        lines.append((name, " ".join(ids[:1] if name == _IDS[0] else ids)))
    lines += [(name, legible(found[name][0])[:100]) for name in _PLAIN if name in found]
    subject = words(found.get("Subject", [""])[0])[:_LONGEST_SUBJECT]
    lines.append(("Subject", Header(subject, "utf-8").encode() if subject else ""))
    return [(name, value) for name, value in lines if value]


def _addresses(lines: list[str]) -> str:
    """Those that can be read, without the names where these lead nowhere."""
    text = ", ".join(map(legible, lines[:_MOST_ADDRESSES]))
    try:
        pairs = getaddresses([text])
    except RecursionError:  # brackets in brackets
        pairs = []
    found = [(words(name)[:_LONGEST_NAME], address) for name, address in pairs]
    found = [each for each in found if _ADDRESS.fullmatch(each[1])]
    named = {address for _name, address in found}
    others = (each for each in _NO_ADDRESS.split(text) if _ADDRESS.fullmatch(each))
    found += [("", each) for each in others if each not in named]
    return ", ".join(formataddr(each, "utf-8") for each in found[:_MOST_ADDRESSES])


def _body(parts: list[MailFile]) -> tuple[MIMEText, list[MailFile]]:
    """The text that people read in the mail, and what of its texts becomes a file."""
    for kind in ("text", "html"):
        written = [part for part in parts if part.kind == kind]
        text = "\n".join(text_of(part.content, part.charset) for part in written).strip()
        fits = len(text) <= LONGEST_TEXT if kind == "text" else mail_pages.is_plain(text.encode())
        if text and fits:
            return MIMEText(text, "html" if kind == "html" else "plain", "utf-8"), []
        if text:
            short = text[:LONGEST_TEXT] if kind == "text" else ""
            aside = MailFile(_NAMELESS[kind], "file", text.encode())
            return MIMEText(short, "plain", "utf-8"), [aside]
    return MIMEText("", "plain", "utf-8"), []


def _chosen(parts: list[MailFile]) -> tuple[list[MailFile], int]:
    """The attached files, and how many others stay in the mail as it came."""
    xml = [part for part in parts if part.kind == "xml"]
    others = [part for part in parts if part.kind == "zip"]
    others += [part for part in parts if part.kind == "file"]
    if len(xml) > MOST_FILES:
        xml = [*xml[: MOST_FILES - 1], _packed(xml[MOST_FILES - 1 :])]
    return [*xml, *others[:MOST_FILES]], len(others[MOST_FILES:])


def _packed(parts: list[MailFile]) -> MailFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for number, part in enumerate(parts):
            archive.writestr(f"{number}-{part.name or _NAMELESS['xml']}", part.content)
    return MailFile(_PACKED, "zip", packed.getvalue())


def _attached(part: MailFile) -> MIMEApplication:
    attached = MIMEApplication(part.content)
    name = part.name or _NAMELESS.get(part.kind, "adjunto")
    attached.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return attached
