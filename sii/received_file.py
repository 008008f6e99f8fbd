"""A file with tax documents as people get it: a DTE, an EnvioDTE, a zip of such (PROTOCOL 8.1)."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from . import received
from .caf import AUTHORITIES
from .errors import UnsafeXml
from .received import ReceivedDte
from .xml import reader

MAX_BYTES = 32 * 1024 * 1024
"""What a file may hold, unpacked: an envelope of 2000 documents and more."""

MAX_FILES = 2000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # with files, and empty


@dataclass(frozen=True, slots=True)
class FiledDte:
    """A document, the file it came in, and the envelope around it (empty texts without one)."""

    document: ReceivedDte
    file_name: str
    envelope_id: str
    envelope_digest: str


def is_zip(data: bytes) -> bool:
    """Whether this is an archive that ``read`` unpacks."""
    return data.startswith(_ZIP)


def read(
    data: bytes, name: str, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> list[FiledDte]:
    """Every DTE in the file. Raises UnsafeXml: what ``received.read`` does, and
    ``xml_too_big``, ``zip_unreadable``, ``zip_without_xml``, ``no_document``."""
    found = [
        filed
        for inner_name, content in _files(data, name)
        for filed in _filed(content, inner_name, authorities)
    ]
    if not found:
        raise UnsafeXml("no_document")
    return found


def _filed(
    data: bytes, name: str, authorities: Mapping[int, RSAPublicNumbers]
) -> Iterator[FiledDte]:
    root = reader.parse(data)
    holder = reader.find(root, "SetDTE")
    envelope_id = "" if holder is None else holder.get("ID") or "SetDoc"
    digest = (
        reader.text_of(root, "Signature/SignedInfo/Reference/DigestValue") if envelope_id else ""
    )
    for document in received.read(data, authorities):
        yield FiledDte(document, name, envelope_id, re.sub(r"\s", "", digest))


def _files(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    if not is_zip(data):
        if len(data) > MAX_BYTES:
            raise UnsafeXml("xml_too_big", size=len(data), limit=MAX_BYTES)
        yield name, data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise UnsafeXml("zip_unreadable", reason=type(error).__name__) from error


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = [each for each in archive.infolist() if each.filename.lower().endswith(".xml")]
    if not members:
        raise UnsafeXml("zip_without_xml")
    if len(members) > MAX_FILES:
        raise UnsafeXml("zip_too_many", count=len(members), limit=MAX_FILES)
    left = MAX_BYTES
    for member in members:
        # what the archive says of its sizes may be a lie
        with archive.open(member) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise UnsafeXml("xml_too_big", size=MAX_BYTES - left, limit=MAX_BYTES)
        yield member.filename.rpartition("/")[2], content
