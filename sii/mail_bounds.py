"""A stranger's mail, before a mail program reads it that knows no bounds."""

import email
from email.message import Message

MOST_HEADERS = 50_000
"""Bytes of all headers of the mail itself."""

MOST_PARTS = 100
LONGEST_HTML = 30_000
"""Bytes of a text in HTML: whoever cleans it looks at each attribute for every other."""


def lightened(raw: bytes) -> bytes:
    """The mail, its long texts in HTML as files beside it.

    Raises ValueError for one with too long headers or too many parts, and RecursionError for parts
    in parts without end.
    """
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if len(head) > MOST_HEADERS:
        raise ValueError("headers too long")
    message = email.message_from_bytes(raw)
    changed = False
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            raise ValueError("too many parts")
        if part.get_content_type() == "text/html" and _size(part) > LONGEST_HTML:
            _set_aside(part)
            changed = True
    return message.as_bytes() if changed else raw


def _size(part: Message) -> int:
    return len(part.get_payload(decode=True) or b"")


def _set_aside(part: Message) -> None:
    for header in ("Content-Type", "Content-Disposition"):
        del part[header]
    part.add_header("Content-Type", "application/octet-stream")
    part.add_header("Content-Disposition", "attachment", filename="mensaje.html")
