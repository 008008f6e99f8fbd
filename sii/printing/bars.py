"""Black modules on white as a drawing, one unit a module; sharp at any resolution.

A bitmap of the same 600 dots an inch makes the PDF eight times larger.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import groupby


def data_uri(drawing: str) -> str:
    """The drawing as the source of an image."""
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode()


def svg(rows: Sequence[Sequence[bool]], row_height: int, beside: int, above: int) -> str:
    """The rows of modules (true is black), each `row_height` units high.

    beside, above: units of white at both sides, and above and below.
    """
    width = len(rows[0]) + 2 * beside
    height = row_height * len(rows) + 2 * above
    path = "".join(
        f"M{x + beside} {y * row_height + above}h{length}v{row_height}h-{length}z"
        for y, row in enumerate(rows)
        for x, length in _black(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><path d="{path}"/></svg>'
    )


def _black(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Start and length of each run of black modules: one bar, without seams inside."""
    x = 0
    # runs of neighbours are wanted, which odoo.tools.groupby does not keep
    for black, run in groupby(row):  # pylint: disable=bad-builtin-groupby
        length = len(list(run))
        if black:
            yield x, length
        x += length
