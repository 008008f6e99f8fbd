"""An envelope kept by its documents: the bytes around them, and where each stands.

A document lies in a file of its own; within its envelope the same bytes would lie a second time.

>>> files = {7: b"<?xml?>\\n<DTE>siete</DTE>\\n", 9: b"<DTE>nueve</DTE>"}
>>> envelope = b"<EnvioDTE><DTE>nueve</DTE> <DTE>siete</DTE></EnvioDTE>"
>>> recipe = pack(envelope, files)
>>> is_packed(recipe), is_packed(envelope), sorted(documents_of(recipe))
(True, False, [7, 9])
>>> unpack(recipe, files) == envelope
True
"""

import json
import zlib
from collections.abc import Mapping

_MARK = b"l10n_cl_sii packed 1\n"


def is_packed(data: bytes) -> bool:
    """Whether these are bytes of ``pack``; no envelope begins as they do."""
    return data.startswith(_MARK)


def pack(envelope: bytes, files: Mapping[int, bytes]) -> bytes:
    """The envelope without the documents that it holds as these files have them. files: by number.

    A file that does not stand in the envelope to the byte is not cut out.
    """
    found = sorted(
        (at, number, body)
        for number, body in ((number, _body(file)) for number, file in files.items())
        if body and (at := envelope.find(body)) >= 0
    )
    parts: list[str | int] = []
    behind = 0
    for at, number, body in found:
        if at < behind:
            continue  # a copy of the one before
        parts += [envelope[behind:at].decode("latin-1"), number]
        behind = at + len(body)
    parts.append(envelope[behind:].decode("latin-1"))
    return _MARK + zlib.compress(json.dumps(parts).encode(), 9)


def documents_of(packed: bytes) -> set[int]:
    """The numbers of the documents that were cut out."""
    return {part for part in _parts(packed) if isinstance(part, int)}


def unpack(packed: bytes, files: Mapping[int, bytes]) -> bytes:
    """The envelope to the byte, if the files are what they were. One that is missing leaves a gap:
    whoever asks compares the result with its hash. ValueError and zlib.error: no such bytes."""
    return b"".join(
        _body(files.get(part, b"")) if isinstance(part, int) else part.encode("latin-1")
        for part in _parts(packed)
    )


def _parts(packed: bytes) -> list[str | int]:
    return json.loads(zlib.decompress(packed.removeprefix(_MARK)))


def _body(file: bytes) -> bytes:
    """What of a document's file stands in an envelope (see ``envelope.seal``)."""
    start = file.find(b"<DTE")
    return file[start:].rstrip() if start >= 0 else b""
