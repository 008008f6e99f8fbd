"""The stamp's bar code: the TED's bytes as a PDF417 drawing (PROTOCOL 6.3)."""

from collections.abc import Iterator
from itertools import groupby

from pdf417gen.compaction import BYTE_LATCH, BYTE_LATCH_ALT
from pdf417gen.compaction.byte import compact_bytes
from pdf417gen.encoding import encode_rows, get_padding
from pdf417gen.error_correction import compute_error_correction_code_words
from pdf417gen.util import chunks

SECURITY_LEVEL = 5
CORRECTION_WORDS = 2 ** (SECURITY_LEVEL + 1)
# With 16 columns, a drawing 72 mm wide is 27 mm high for the shortest stamps and 38 mm for the
# longest one that PDF417 can hold: always inside the norm's 20 x 50 to 40 x 90 mm.
COLUMNS = 16
ROW_RATIO = 3
QUIET_MODULES = 4

# 928 code words make a symbol; one says the length, one the mode, 64 correct errors, and the rest
# hold six bytes in five words. A stamp with 40-letter names has some 880 bytes.
MAX_BYTES = 1034


def encode(data: bytes) -> list[list[int]]:
    """Rows of bar patterns of `data` in byte compaction with error correction level 5.

    pdf417gen's own `encode` would mix the compaction modes, so its parts are put together here.

    :raises ValueError: when the data does not fit in one symbol
    """
    if len(data) > MAX_BYTES:
        raise ValueError("pdf417_too_long", len(data))
    latch = BYTE_LATCH if len(data) % 6 else BYTE_LATCH_ALT
    words = [latch, *compact_bytes(data)]
    words += get_padding(len(words), CORRECTION_WORDS, COLUMNS)
    words.insert(0, len(words) + 1)
    words += compute_error_correction_code_words(words, SECURITY_LEVEL)
    return list(encode_rows(list(chunks(words, COLUMNS)), COLUMNS, SECURITY_LEVEL))


def svg(data: bytes) -> str:
    """Black bars with their quiet zone, one unit a module; sharp at any resolution.

    A bitmap of the same 600 dots an inch makes the PDF eight times larger.

    :raises ValueError: when the data does not fit in one symbol
    """
    rows = [[*_bars(row)] for row in encode(data)]
    start, length = rows[0][-1]
    width = start + length + 2 * QUIET_MODULES
    height = ROW_RATIO * len(rows) + 2 * QUIET_MODULES
    path = "".join(
        f"M{x + QUIET_MODULES} {y * ROW_RATIO + QUIET_MODULES}h{length}v{ROW_RATIO}h-{length}z"
        for y, row in enumerate(rows)
        for x, length in row
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><path d="{path}"/></svg>'
    )


def _bars(row: list[int]) -> Iterator[tuple[int, int]]:
    """Start and length, in modules, of each bar of a row."""
    x = 0
    # runs of neighbours are wanted, which odoo.tools.groupby does not keep
    modules = "".join(f"{pattern:b}" for pattern in row)
    for bit, run in groupby(modules):  # pylint: disable=bad-builtin-groupby
        length = len(list(run))
        if bit == "1":
            yield x, length
        x += length
