"""An archive of XML files, and those inside of it, within bounds: what it holds, one by one.

What is wrong with one entry does not affect the others.
"""

import io
import zipfile
from collections.abc import Iterator

from ..errors import UnsafeXml
from . import file_kind
from .encoded_twice import unwrapped

MAX_BYTES = 32 * 1024 * 1024
"""What a file may hold, unpacked: an envelope of 2000 documents and more."""

MAX_FILES = 2000

MAX_EXPANSION, LEAST_UNPACKED = 16, 1024 * 1024
"""How many times its size an archive may hold, and what any may; documents shrink to a tenth."""

DEEPEST = 1
"""Archives inside of an archive that are opened."""

NAME_LIMIT = 200
# The others take as much memory as their sender chooses; documents are not sent in them.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FIRST_BYTES = 4096
_OF_ALL = frozenset({"xml_too_big", "zip_expands", "zip_too_many"})
"""What is beyond the bounds of an archive as a whole."""

_ENTRY = b"PK\x01\x02"
_MAX_ENTRIES = 10 * MAX_FILES


def unpacked(data: bytes) -> Iterator[tuple[str, bytes | UnsafeXml]]:
    """Names and contents of what is looked for, or why one has none.

    :raises UnsafeXml: the archive as a whole is damaged, or beyond the bounds.
    """
    yield from _unpacked(data, _Left(max(LEAST_UNPACKED, MAX_EXPANSION * len(data))))


class _Left:
    """What an archive may still hold, those inside of it included."""

    def __init__(self, expanded: int):
        self._code = "xml_too_big" if expanded > MAX_BYTES else "zip_expands"
        self._limit = self.size = min(MAX_BYTES, expanded)
        self._files = 0

    def take(self, size: int) -> None:
        self.size -= size
        if self.size < 0:
            raise UnsafeXml(self._code, size=self._limit - self.size, limit=self._limit)

    def count(self, files: int) -> None:
        self._files += files
        if self._files > MAX_FILES:
            raise UnsafeXml("zip_too_many", count=self._files, limit=MAX_FILES)


def _unpacked(data: bytes, left: _Left, depth: int = 0) -> Iterator[tuple[str, bytes | UnsafeXml]]:
    # counted before any of them costs a kilobyte
    if data.count(_ENTRY) > _MAX_ENTRIES:
        raise UnsafeXml("zip_too_many", count=data.count(_ENTRY), limit=MAX_FILES)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except file_kind.DAMAGED as error:
        raise UnsafeXml("zip_unreadable", reason=type(error).__name__) from error
    with archive:
        members = [each for each in archive.infolist() if _is_wanted(archive, each)]
        if not members:
            raise UnsafeXml("zip_without_xml")
        left.count(len(members))
        for member in members:
            name = shown(member.filename.rpartition("/")[2])
            try:
                content = _content(archive, member, left.size + 1)
            except file_kind.DAMAGED as error:
                reason = type(error).__name__
                yield name, UnsafeXml("zip_entry_unreadable", name=name, reason=reason)
                continue
            left.take(len(content))
            yield from _of_archive(content, name, left, depth)


def _of_archive(
    content: bytes, name: str, left: _Left, depth: int
) -> Iterator[tuple[str, bytes | UnsafeXml]]:
    """A file of an archive: what it holds when it is one too, or why it yields nothing."""
    try:
        file_kind.check(content)
    except UnsafeXml as problem:
        yield name, problem
        return
    if file_kind.of(content) != file_kind.ZIP:
        yield name, unwrapped(content)
    elif depth >= DEEPEST:
        yield name, UnsafeXml("zip_too_deep", limit=DEEPEST)
    else:
        try:
            for inner, part in _unpacked(content, left, depth + 1):
                yield shown(f"{name}/{inner}"), part
        except UnsafeXml as problem:
            if problem.code in _OF_ALL:
                raise
            yield name, problem


def _is_wanted(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive is, or may hold, what is looked for: by its name or, where that
    shows nothing, by its first bytes."""
    name = member.filename.lower()
    if member.is_dir() or name.startswith("__macosx/"):
        return False
    if name.endswith((".xml", ".zip")):
        return True
    try:
        kind = file_kind.of(_content(archive, member, _FIRST_BYTES))
    except file_kind.DAMAGED:
        return False
    if kind == file_kind.ZIP:
        return not name.endswith(file_kind.OFFICE_ENDINGS)
    return kind == file_kind.XML or kind in file_kind.ARCHIVES


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    if member.compress_type not in _COMPRESSIONS:
        # as zipfile's own reader does: one of what is damaged
        raise NotImplementedError("compression")
    # the sizes that the archive states may be false
    with archive.open(member) as stream:
        return stream.read(size)


def shown(name: str) -> str:
    """A name as people and a database can have it."""
    kept = "".join(char if char.isprintable() else "_" for char in name[:NAME_LIMIT])
    return kept.encode("utf-8", "replace").decode()
