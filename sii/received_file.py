"""A file with tax documents as people get it: a DTE, an EnvioDTE, a zip of such (PROTOCOL 8.1).

Whatever is wrong with one document or one entry of an archive says nothing of the others.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from . import file_kind, received
from .caf import AUTHORITIES
from .encoded_twice import unwrapped
from .errors import UnsafeXml
from .received import ReceivedDte
from .xml import reader

MAX_BYTES = 32 * 1024 * 1024
"""What a file may hold, unpacked: an envelope of 2000 documents and more."""

MAX_FILES = 2000
MAX_DOCUMENTS = reader.MAX_DOCUMENTS
"""In all files of an archive together."""

MAX_EXPANSION, LEAST_UNPACKED = 16, 1024 * 1024
"""How many times its size an archive may hold, and what any may; documents shrink to a tenth."""

DEEPEST = 1
"""Archives inside of an archive that are opened."""

NAME_LIMIT = 200
_DIGEST_LIMIT = 100
_DTE = re.compile(rb"<(?:[\w.-]{1,50}:)?DTE[\s>]")
# The others take as much memory as their sender likes; nobody sends documents in them.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FIRST_BYTES = 4096
_OF_ALL = frozenset({"xml_too_big", "zip_expands", "zip_too_many"})
"""What is beyond the bounds of an archive as a whole."""

_ENTRY = b"PK\x01\x02"
_MAX_ENTRIES = 10 * MAX_FILES


@dataclass(frozen=True, slots=True)
class FiledDte:
    """A document, the file it came in, and the envelope around it (empty texts without one)."""

    document: ReceivedDte
    file_name: str
    envelope_id: str
    envelope_digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One XML file, alone or of an archive. problems: of the file, or of documents in it that could
    not be read; the others are in ``documents``."""

    name: str
    documents: tuple[FiledDte, ...] = ()
    problems: tuple[UnsafeXml, ...] = ()


def parts(
    data: bytes, name: str, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> Iterator[Part]:
    """Each file in this one, read when it is asked for. Raises nothing: problems are in the parts.

    Codes of problems: what ``received.read`` and ``file_kind.check`` raise, and ``xml_too_big``,
    ``zip_unreadable``, ``zip_entry_unreadable``, ``zip_without_xml``, ``zip_too_many``,
    ``zip_too_deep``, ``zip_expands``, ``documents_too_many``, ``no_document`` (root: its name).
    """
    name = _shown(name)
    left = MAX_DOCUMENTS
    try:
        for inner_name, content in _files(data, name):
            if isinstance(content, UnsafeXml):
                yield Part(inner_name, problems=(content,))
                continue
            part = _part(content, inner_name, authorities, left)
            left -= len(part.documents) + len(part.problems)
            yield part
    except UnsafeXml as problem:
        yield Part(name, problems=(problem,))


def read(
    data: bytes, name: str, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> list[FiledDte]:
    """Every DTE in the file, if all of it can be read; files of an archive that hold none are left.

    Raises UnsafeXml: the first of the problems that ``parts`` tells.
    """
    found: list[FiledDte] = []
    nothing = UnsafeXml("no_document")
    for part in parts(data, name, authorities):
        for problem in part.problems:
            if problem.code != "no_document":
                raise problem
            nothing = problem
        found += part.documents
    if not found:
        raise nothing
    return found


def pieces(
    data: bytes,
    name: str,
    authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES,
    skip: int = 0,
) -> Iterator[tuple[str, FiledDte | UnsafeXml]]:
    """Each document of the file, judged when it is asked for, with the name of its XML file.

    What ``parts`` has as problems stands at its place among them. skip: how many of these are
    passed over, which costs next to nothing. Raises nothing.
    """
    name, seen = _shown(name), 0
    for inner_name, piece in _pieces(data, name):
        seen += 1
        if seen <= skip:
            continue
        if seen > MAX_DOCUMENTS:
            yield inner_name, UnsafeXml("documents_too_many", limit=MAX_DOCUMENTS)
            return
        yield inner_name, piece if isinstance(piece, UnsafeXml) else _judged(piece, authorities)


def _pieces(
    data: bytes, name: str
) -> Iterator[tuple[str, UnsafeXml | tuple[str, str, str, bytes]]]:
    try:
        for inner_name, content in _files(data, name):
            if isinstance(content, UnsafeXml):
                yield inner_name, content
                continue
            try:
                envelope_id, digest, fragments = _cut(content)
            except UnsafeXml as problem:
                yield inner_name, problem
                continue
            for fragment in fragments:
                yield inner_name, (inner_name, envelope_id, digest, fragment)
    except UnsafeXml as problem:
        yield name, problem


def _judged(
    piece: tuple[str, str, str, bytes], authorities: Mapping[int, RSAPublicNumbers]
) -> FiledDte | UnsafeXml:
    name, envelope_id, digest, fragment = piece
    try:
        return FiledDte(received.read_one(fragment, authorities), name, envelope_id, digest)
    except UnsafeXml as problem:
        return problem


def is_heavy(data: bytes, most_bytes: int, most_documents: int) -> bool:
    """Whether a file, unpacked, has more bytes or documents than these."""
    if len(data) > MAX_BYTES or file_kind.of(data) not in file_kind.READABLE:
        return False  # it is refused at once
    if len(data) > most_bytes:
        return True
    size = documents = 0
    try:
        for _name, content in _files(data, ""):
            if not isinstance(content, UnsafeXml):
                size += len(content)
                documents += len(_DTE.findall(content))
            if size > most_bytes or documents > most_documents:
                return True
    except UnsafeXml:
        return False  # it is refused at once
    return False


def _part(data: bytes, name: str, authorities: Mapping[int, RSAPublicNumbers], left: int) -> Part:
    try:
        envelope_id, digest, fragments = _cut(data)
        if len(fragments) > left:
            raise UnsafeXml("documents_too_many", limit=MAX_DOCUMENTS)
    except UnsafeXml as problem:
        return Part(name, problems=(problem,))
    documents, problems = [], []
    for fragment in fragments:
        try:
            document = received.read_one(fragment, authorities)
        except UnsafeXml as problem:
            problems.append(problem)
        else:
            documents.append(FiledDte(document, name, envelope_id, digest))
    return Part(name, tuple(documents), tuple(problems))


def _cut(data: bytes) -> tuple[str, str, list[bytes]]:
    """Id and digest of the envelope (empty without one), and its documents, none judged yet."""
    root = reader.parse(data)
    holder = reader.find(root, "SetDTE")
    envelope_id = "" if holder is None else (holder.get("ID") or "SetDoc")[:NAME_LIMIT]
    digest = (
        reader.text_of(root, "Signature/SignedInfo/Reference/DigestValue")[:_DIGEST_LIMIT]
        if envelope_id
        else ""
    )
    fragments = reader.cut(data, root)
    if not fragments:
        raise UnsafeXml("no_document", root=reader.local_name(root))
    return envelope_id, "".join(digest.split()), fragments


def _files(data: bytes, name: str) -> Iterator[tuple[str, bytes | UnsafeXml]]:
    """Names and contents, or why one has none."""
    if len(data) > MAX_BYTES:
        raise UnsafeXml("xml_too_big", size=len(data), limit=MAX_BYTES)
    file_kind.check(data)
    if file_kind.of(data) != file_kind.ZIP:
        yield name, unwrapped(data)
        return
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
            name = _shown(member.filename.rpartition("/")[2])
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
    """A file of an archive: what it holds when it is one too, or why it has nothing to say."""
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
                yield _shown(f"{name}/{inner}"), part
        except UnsafeXml as problem:
            if problem.code in _OF_ALL:
                raise
            yield name, problem


def _is_wanted(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive is, or may hold, what is looked for: by its name or, where that
    says nothing, by its first bytes."""
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
        raise NotImplementedError("compression")
    # what the archive says of its sizes may be a lie
    with archive.open(member) as stream:
        return stream.read(size)


def _shown(name: str) -> str:
    """A name as people and a database can have it."""
    kept = "".join(char if char.isprintable() else "_" for char in name[:NAME_LIMIT])
    return kept.encode("utf-8", "replace").decode()
