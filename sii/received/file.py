"""A file with tax documents as people get it: a DTE, an EnvioDTE, a zip of such (PROTOCOL 8.1).

What is wrong with one document or one entry of an archive does not affect the others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from ..dte.caf import AUTHORITIES
from ..errors import UnsafeXml
from ..xml import reader
from . import document as received
from . import file_kind
from .archive import MAX_BYTES, NAME_LIMIT, shown, unpacked
from .document import ReceivedDte
from .encoded_twice import unwrapped

MAX_DOCUMENTS = reader.MAX_DOCUMENTS
"""In all files of an archive together."""

_DIGEST_LIMIT = 100
_DTE = re.compile(rb"<(?:[\w.-]{1,50}:)?DTE[\s>]")


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
    name = shown(name)
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

    Raises UnsafeXml: the first of the problems that ``parts`` finds.
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

    What ``parts`` has as problems is at its place among them. skip: how many of these are
    passed over, which costs next to nothing. Raises nothing.
    """
    name, seen = shown(name), 0
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
    yield from unpacked(data)
