"""Lines of the register's CSV files: decoded, split, and held to their limits (PROTOCOL 9.1).

The file is read once, line by line: a month of a hundred thousand documents takes no more memory
than one of ten.
"""

import codecs
import csv
import re
import string
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import Problem

DELIMITER = ";"
LINE_LIMIT = 16 * 1024
"""Bytes; the longest honest row, with a name of 100 characters in each text, has less than 2000."""

_BLANK = DELIMITER + string.whitespace
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class LineProblem(ValueError):
    """A line that cannot be read; nothing after it can be trusted."""

    def __init__(self, code: str, line: int):
        super().__init__(code)
        self.problem = Problem(code, "", {"line": line})


class Lines:
    """The lines of one file, from the stream's position, without blank ones.

    They are UTF-8 (with or without a mark) or Windows-1252, which has ISO-8859-1 in it: the first
    line with an accent decides, and what follows is held to it.
    """

    def __init__(self, stream: BinaryIO):
        self._stream = stream
        self._encoding = ""
        self.number = 0
        self.ended = True
        """Whether the latest line ended with a line break; the last one of a cut file has none."""

    def __iter__(self) -> Iterator[str]:
        """Raises LineProblem."""
        while raw := self._stream.readline(LINE_LIMIT + 1):
            self.number += 1
            if len(raw) > LINE_LIMIT:
                raise LineProblem("line_too_long", self.number)
            self.ended = raw.endswith(b"\n")
            line = self._decode(raw).rstrip("\r\n")
            if _CONTROL.search(line):
                raise LineProblem("file_not_text", self.number)
            # cells that are all empty mean nothing; a cut line had more
            if line.strip(_BLANK if self.ended else None):
                yield line

    def _decode(self, raw: bytes) -> str:
        if self.number == 1:
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise LineProblem("encoding_unknown", 1)
            if raw.startswith(codecs.BOM_UTF8):
                self._encoding, raw = "utf-8", raw.removeprefix(codecs.BOM_UTF8)
        if raw.isascii():
            return raw.decode("ascii")
        for encoding in [self._encoding] if self._encoding else ["utf-8", "cp1252"]:
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            self._encoding = encoding
            return text
        # a last line may have lost half a letter
        raise LineProblem("encoding_unknown" if self.ended else "file_truncated", self.number)


def split(line: str, width: int) -> list[str]:
    """The cells of a line, without white space around them.

    The SII quotes nothing, so a quote is a letter like others; spreadsheets that saved the file
    again quote cells that hold a delimiter, so a line is read their way when only that fits.
    """
    cells = line.split(DELIMITER)
    if '"' in line:
        quoted = [] if len(cells) in (width, width + 1) else _quoted(line)
        cells = quoted or [_unquoted(cell) for cell in cells]
    return [cell.strip() for cell in cells]


def _quoted(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=DELIMITER, strict=True))
    except csv.Error:
        return []


def _unquoted(cell: str) -> str:
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if quoted else cell
