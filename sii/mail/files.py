"""What another's mail holds: its files as the bytes that were sent.

A program that shows a mail may make another text of a file: in another encoding, for want of a
name, or because it is in a mail inside of the mail. An XML itself declares its encoding.
"""

import email
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message

from ..errors import MailProblem
from ..received import file_kind
from ..received.encoded_twice import unwrapped
from ..xml import reader
from .words import legible, words

MAX_BYTES = 64 * 1024 * 1024
MOST_PARTS = 5_000
DEEPEST = 10
"""Mails inside of each other."""

NAME_LIMIT = 100
_MOST_STEPS = 5_000_000
"""In a megabyte: Python's reader of mails compares each line with every boundary around it."""

_DOCUMENTS = frozenset({"DTE", "EnvioDTE", "EnvioBOLETA", "SetDTE"})
_OTHERS = frozenset({"RespuestaDTE", "EnvioRecibos", "RESULTADO_ENVIO"})
_TRANSFER, _ENCODED = "content-transfer-encoding", ("base64", "quoted-printable")
_BODIES = {"text/plain": "text", "text/html": "html"}


@dataclass(frozen=True, slots=True)
class MailFile:
    """A part of a mail. name: empty where it has none. charset: as it declares. is_text:
    whether the mail calls it a text, of which programs keep letters and not bytes. forwarded:
    whether it is of a mail inside of the mail.

    kind: ``xml`` and ``zip`` for what may be of the SII's kinds, ``text`` and ``html`` for what is
    written in the mail itself, ``file`` for any other.
    """

    name: str
    kind: str
    content: bytes = field(repr=False)
    charset: str = ""
    is_text: bool = False
    forwarded: bool = False


def parse(raw: bytes) -> Message:
    """The mail, in time linear in its size. Raises MailProblem ``mail_too_big``,
    ``mail_too_deep``."""
    if len(raw) > MAX_BYTES:
        raise MailProblem("mail_too_big", size=len(raw), limit=MAX_BYTES)
    lowered = raw.lower()
    around = 1 + lowered.count(b"boundary") + lowered.count(b"message/")
    if raw.count(b"\n") * around > _MOST_STEPS * max(1, len(raw) // 1_000_000):
        raise MailProblem("mail_too_deep")
    try:
        return email.message_from_bytes(raw)
    except RecursionError:
        raise MailProblem("mail_too_deep") from None


def read(message: Message) -> Iterator[MailFile]:
    """Every part of the mail and of the mails in it, ``MOST_PARTS`` at most."""
    for count, part in enumerate(_leaves(message, 0)):
        if count >= MOST_PARTS:
            return
        yield part


def kind_of(content: bytes, name: str = "") -> str:
    """``xml`` or ``zip`` for what may be of the SII's kinds, by its bytes and, of an XML that none
    of them begins with, by its name; or ''."""
    kind = file_kind.of(content)
    if kind == file_kind.ZIP:
        return "" if name.lower().endswith(file_kind.OFFICE_ENDINGS) else "zip"
    if kind not in file_kind.READABLE:
        return ""
    known = reader.root_name(content) in _DOCUMENTS | _OTHERS
    return "xml" if known or name.lower().endswith(".xml") else ""


def is_document(content: bytes) -> bool:
    """Whether an XML is, or holds, tax documents, as far as can be known before reading it."""
    return reader.root_name(content) in _DOCUMENTS or b"<DTE" in content


def _leaves(message: Message, depth: int) -> Iterator[MailFile]:
    if message.is_multipart():
        inner = message.get_payload()
        if inner and _kind(message) == "message/rfc822" and _encoding(message) in _ENCODED:
            inner = [_mail(_decoded(inner[0], _encoding(message)), depth)]
        for part in inner:
            if part is not None:
                yield from _within(message, _leaves(part, depth))
        return
    head = _head(message)
    name = words(head.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    content = unwrapped(message.get_payload(decode=True) or b"")
    if name.lower().endswith(".eml") and (mail := _mail(content, depth)) is not None:
        yield from (replace(leaf, forwarded=True) for leaf in _leaves(mail, depth + 1))
        return
    kind = kind_of(content, name)
    if not kind and not name and "attachment" not in head.get("Content-Disposition", "").lower():
        kind = _BODIES.get(head.get_content_type(), "")
    charset = legible(str(head.get_param("charset") or ""))
    is_text = head.get_content_maintype() == "text"
    yield MailFile(_short(name), kind or "file", content, charset, is_text)


def _within(message: Message, leaves: Iterator[MailFile]) -> Iterator[MailFile]:
    if _kind(message) != "message/rfc822":
        return leaves
    return (replace(leaf, forwarded=True) for leaf in leaves)


def _mail(content: bytes, depth: int) -> Message | None:
    """A mail that is a file in another one; None when it is too deep, or none."""
    if depth >= DEEPEST:
        return None
    try:
        return parse(content)
    except MailProblem:
        return None


def _head(part: Message) -> Message:
    """What a part states of itself, in letters that can be read."""
    head = Message()
    for name, value in part.raw_items():
        if name.lower() in ("content-type", "content-disposition") and name not in head:
            head[name] = legible(str(value))
    return head


def _kind(part: Message) -> str:
    return _head(part).get_content_type()


def _encoding(part: Message) -> str:
    found = [value for name, value in part.raw_items() if name.lower() == _TRANSFER]
    return str(found[0]).strip().lower()[:40] if found else ""


def _decoded(inner: Message, encoding: str) -> bytes:
    """A mail that was encoded as a whole, so that Python took its letters for a text."""
    bare = Message()
    bare[_TRANSFER] = encoding
    bare.set_payload((inner.get_payload(decode=True) or b"").decode("ascii", "replace"))
    return bare.get_payload(decode=True) or b""


def _short(name: str) -> str:
    """A name that a folder can have, its ending kept."""
    if len(name) <= NAME_LIMIT:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: NAME_LIMIT - 10]}{dot}{ending[:8]}" if dot else name[:NAME_LIMIT]
