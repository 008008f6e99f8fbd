"""The archive in which the SII publishes its schemas, opened with distrust."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from ..errors import UnsafeXml

MAX_FILES = 100
MAX_BYTES = 5 * 1024 * 1024
"""Of the whole set, unpacked; the complete set of 2026 has less than 1 MB."""


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def read_zip(data: bytes) -> dict[str, bytes]:
    """Schema files by bare name; other files and the folder they lie in are ignored.

    Raises UnsafeXml: ``schema_zip_unreadable``, ``schema_zip_path`` (a name that leaves the
    archive), ``schema_zip_twice``, ``schema_zip_too_big`` or ``schema_zip_empty``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _unpack(archive)
    except (*_DAMAGED, RuntimeError, NotImplementedError) as error:
        # RuntimeError: encrypted; NotImplementedError: an unusual compression.
        raise UnsafeXml("schema_zip_unreadable", reason=str(error)) from error
    if not files:
        raise UnsafeXml("schema_zip_empty")
    return files


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".xsd")]
    if len(entries) > MAX_FILES:
        raise UnsafeXml("schema_zip_too_big", files=len(entries), limit=MAX_FILES)
    files: dict[str, bytes] = {}
    left = MAX_BYTES
    for entry in entries:
        name = _bare_name(entry.filename)
        if name in files:
            raise UnsafeXml("schema_zip_twice", file=name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError("compression")
        with archive.open(entry) as stream:
            # Read against our limit: the size in the entry's header is the sender's word.
            files[name] = stream.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise UnsafeXml("schema_zip_too_big", limit=MAX_BYTES)
    return files


def _bare_name(filename: str) -> str:
    path = PurePosixPath(filename)
    if path.is_absolute() or ".." in path.parts or "\\" in filename or ":" in filename:
        raise UnsafeXml("schema_zip_path", file=filename)
    return path.name
