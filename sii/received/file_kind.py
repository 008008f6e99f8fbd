"""What a file is by its bytes, whatever its name is.

What is wrong with an XML is found by its reader.
"""

import codecs
import io
import re
import zipfile
import zlib

from ..errors import UnsafeXml
from ..xml import reader
from .encoded_twice import unwrapped

XML, ZIP = "xml", "zip"
"""What may hold tax documents: an XML, in base64 too, and an archive that is unpacked."""

PDF, PICTURE, OFFICE, MAIL = "pdf", "picture", "office", "mail"
"""What people read, and no program of ours."""

READABLE = frozenset({XML, ZIP})
"""What is read; a text is none, whatever follows its beginning."""

OFFICE_ENDINGS = (
    ".docx",
    ".xlsx",
    ".pptx",
    ".docm",
    ".xlsm",
    ".odt",
    ".ods",
    ".odp",
    ".jar",
    ".epub",
)

EMPTY, PAGE, BINARY, TEXT = "empty", "page", "binary", "text"

_ARCHIVES = {
    "RAR": (b"Rar!",),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    "gzip": (b"\x1f\x8b",),
    "bzip2": (b"BZh",),
    "xz": (b"\xfd7zXZ\0",),
    "zstd": (b"\x28\xb5\x2f\xfd",),
    "lz4": (b"\x04\x22\x4d\x18",),
    "lzip": (b"LZIP",),
    "compress": (b"\x1f\x9d", b"\x1f\xa0"),
    "cab": (b"MSCF",),
    "arj": (b"\x60\xea",),
    "winmail.dat": (b"\x78\x9f\x3e\x22",),
}
_INSIDE = {"tar": (257, b"ustar"), "ACE": (7, b"**ACE**"), "LHA": (2, b"-lh")}
ARCHIVES = frozenset({*_ARCHIVES, *_INSIDE})
"""What holds files and is not opened."""

DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # encrypted
    NotImplementedError,
    OverflowError,
    KeyError,
    IndexError,
)
"""What Python raises for damaged archives."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")  # with files, empty, in parts
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 20_000
_OFFICE_NAMES = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # former Office, and mails that Outlook saves
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_RIFF, _HEIF = b"RIFF", b"ftyp"
_APPLE_DOUBLE = b"\0\x05\x16\x07"
# of two and four bytes a letter, which the reader of XML names
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0", b"\0<", b"\0\0\0<")
_HEADERS = (
    b"from:",
    b"to:",
    b"subject:",
    b"date:",
    b"received:",
    b"return-path:",
    b"delivered-to:",
    b"message-id:",
    b"mime-version:",
    b"content-type:",
    b"x-",
)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BEGINNING = 4096
_MARK = codecs.BOM_UTF8
_NOTHING = b"\0\t\n\r "


def of(data: bytes) -> str:
    """One of the kinds above. A base64 of an XML is that XML."""
    head = _beginning(data)
    if not head.strip(_NOTHING):
        return EMPTY
    if data.startswith(_ZIP):
        return OFFICE if _is_office(data) else ZIP
    for kind, marks in _ARCHIVES.items():
        if data.startswith(marks):
            return kind
    for kind, (place, mark) in _INSIDE.items():
        if data[place : place + len(mark)] == mark:
            return kind
    return _of_no_archive(data, head)


def check(data: bytes) -> None:
    """Raise UnsafeXml ``file_empty``, ``file_archive`` (kind), ``file_pdf``, ``file_picture``,
    ``file_office``, ``file_mail``, ``file_page``, ``file_text`` or ``file_binary`` for what
    cannot hold tax documents in any form that is read."""
    kind = of(data)
    if kind in ARCHIVES:
        raise UnsafeXml("file_archive", kind=kind)
    if kind not in READABLE:
        raise UnsafeXml(f"file_{kind}")


def _is_office(data: bytes) -> bool:
    """Whether a zip is the file of an office program, by the names in its directory."""
    if data.count(_ENTRY) > _MOST_ENTRIES:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _OFFICE_NAMES.isdisjoint(archive.namelist())
    except DAMAGED:  # its reader reports it
        return False


def _beginning(data: bytes) -> bytes:
    """The first bytes with content, without marks of the byte order of UTF-8."""
    head = data[:_BEGINNING]
    if not head.strip(_NOTHING + _MARK):
        head = data.lstrip(_NOTHING + _MARK)[:_BEGINNING]
    while head.startswith(_MARK):
        head = head.removeprefix(_MARK).lstrip()
    return head.lstrip()


def _of_no_archive(data: bytes, head: bytes) -> str:
    if head.startswith(b"%PDF"):
        return PDF
    if head.startswith((_OLE, b"{\\rtf")):
        return OFFICE
    if head.startswith(_PICTURES) or head[4:8] == _HEIF or head.startswith(_RIFF):
        return PICTURE
    if head.startswith(_MARKS):
        return XML
    if head.startswith(b"<"):
        return PAGE if _is_page(data) else XML
    if head.startswith(_APPLE_DOUBLE) or b"\0" in head:
        return BINARY
    if _is_mail(head):
        return MAIL
    return XML if unwrapped(data) is not data else TEXT


def _is_page(data: bytes) -> bool:
    return bool(_PAGE.match(data)) or reader.root_name(data).lower() == "html"


def _is_mail(head: bytes) -> bool:
    lines = head.lower().splitlines()
    return sum(line.startswith(_HEADERS) for line in lines) > 1 and lines[0].startswith(_HEADERS)
