"""The stamp's bar code: the TED's bytes as a PDF417 drawing (PROTOCOL 6.3)."""

from .. import libraries
from ..dte.ted import BAR_CODE_LIMIT
from . import bars

SECURITY_LEVEL = 5
CORRECTION_WORDS = 2 ** (SECURITY_LEVEL + 1)
# With 16 columns, a drawing 72 mm wide is 27 mm high for the shortest stamps and 38 mm for the
# longest one that PDF417 can hold: always inside the norm's 20 x 50 to 40 x 90 mm.
COLUMNS = 16
ROW_RATIO = 3
# The norm asks 6.35 mm of white on four sides. Printed 70 to 74 mm wide a module is 0.197 to 0.208
# mm, so that this is it above and below; at the sides the margins of the paper do most of it.
QUIET_ABOVE, QUIET_BESIDE = 33, 7


def encode(data: bytes) -> list[list[int]]:
    """Rows of bar patterns of `data` in byte compaction with error correction level 5.

    pdf417gen's own `encode` would mix the compaction modes, so its parts are put together here.

    :raises ValueError: when the data does not fit in one symbol
    :raises MissingLibrary: pdf417gen cannot be used
    """
    encoding = libraries.load("pdf417gen")
    from pdf417gen.compaction import BYTE_LATCH, BYTE_LATCH_ALT
    from pdf417gen.compaction.byte import compact_bytes
    from pdf417gen.error_correction import compute_error_correction_code_words
    from pdf417gen.util import chunks

    if len(data) > BAR_CODE_LIMIT:
        raise ValueError("pdf417_too_long", len(data))
    latch = BYTE_LATCH if len(data) % 6 else BYTE_LATCH_ALT
    words = [latch, *compact_bytes(data)]
    words += encoding.get_padding(len(words), CORRECTION_WORDS, COLUMNS)
    words.insert(0, len(words) + 1)
    words += compute_error_correction_code_words(words, SECURITY_LEVEL)
    return list(encoding.encode_rows(list(chunks(words, COLUMNS)), COLUMNS, SECURITY_LEVEL))


def svg(data: bytes) -> str:
    """Black bars with their quiet zone.

    :raises ValueError: when the data does not fit in one symbol
    """
    rows = [[bit == "1" for pattern in row for bit in f"{pattern:b}"] for row in encode(data)]
    return bars.svg(rows, ROW_RATIO, QUIET_BESIDE, QUIET_ABOVE)
