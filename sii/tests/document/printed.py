"""What a print shows of an XML: its sheet, and the rows made of it."""

import re
from pathlib import Path

from sii.errors import SignatureProblem, UnsafeXml
from sii.printing import sheet as reader
from sii.printing import words

_ROOT = Path(__file__).parents[3]
_OF_LINE = sorted(set(re.findall(r"\bline\.(\w+)", (_ROOT / "report/received.xml").read_text())))
"""What the template of a sheet shows of its lines."""


def sheet(xml: bytes) -> reader.Sheet | None:
    """The sheet, or that there is none: what is missing is shown on every print."""
    try:
        return reader.read(xml)
    except (UnsafeXml, SignatureProblem):
        return None


def rows(xml: bytes) -> list | None:
    """The rows of header, totals and parties, in words; None for what has no sheet."""
    shown = sheet(xml)
    if shown is None:
        return None
    return [
        *words.header_rows(shown),
        *words.figure_rows(shown.kind, shown.adjustments, shown.totals),
        *words.foreign_rows(shown.foreign),
        *map(words.cited, shown.references),
        *map(words.place, (shown.issuer, shown.receiver)),
        *([getattr(line, name) for name in _OF_LINE] for line in shown.lines),
    ]
