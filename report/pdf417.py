"""The stamp's bar code: the TED's bytes as a PDF417 picture (PROTOCOL 6.3)."""

from io import BytesIO

from pdf417gen.compaction import BYTE_LATCH, BYTE_LATCH_ALT
from pdf417gen.compaction.byte import compact_bytes
from pdf417gen.encoding import encode_rows, get_padding
from pdf417gen.error_correction import compute_error_correction_code_words
from pdf417gen.rendering import render_image
from pdf417gen.util import chunks

SECURITY_LEVEL = 5
CORRECTION_WORDS = 2 ** (SECURITY_LEVEL + 1)
COLUMNS = 16
ROW_RATIO = 3
QUIET_MODULES = 4

# 928 code words make a symbol; one says the length, one the mode, 64 correct errors, and the rest
# hold six bytes in five words. A stamp with 40-letter names has some 880 bytes.
MAX_BYTES = 1034

# Five dots a module at 600 dots an inch: the largest symbol that PDF417 allows (928 words, 58 rows)
# is then 73.9 x 38.5 mm, inside the norm's 20 x 50 to 40 x 90 mm; a usual stamp is 30 mm high.
DOTS_PER_MODULE = 5
DOTS_PER_INCH = 600
MODULES_WIDE = 17 * (COLUMNS + 4) + 1 + 2 * QUIET_MODULES
WIDTH_MM = MODULES_WIDE * DOTS_PER_MODULE * 25.4 / DOTS_PER_INCH


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


def png(data: bytes) -> bytes:
    """Black and white PNG with its quiet zone, to be shown `WIDTH_MM` millimetres wide."""
    quiet = QUIET_MODULES * DOTS_PER_MODULE
    image = render_image(encode(data), scale=DOTS_PER_MODULE, ratio=ROW_RATIO, padding=quiet)
    file = BytesIO()
    image.convert("1").save(file, "PNG", optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return file.getvalue()
