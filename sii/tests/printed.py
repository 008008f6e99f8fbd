"""What a print shows of an XML: its sheet, and the rows made of it, without Odoo.

``report`` lies in the addon, which imports Odoo; here both packages have no code of their own.
"""

import functools
import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

_ROOT = Path(__file__).parents[2]
_NAME = "addon_without_odoo"
_OF_LINE = sorted(set(re.findall(r"\bline\.(\w+)", (_ROOT / "report/received.xml").read_text())))
"""What the template of a sheet shows of its lines."""


@functools.cache
def _modules() -> tuple[ModuleType, ModuleType]:
    for name, folder in ((_NAME, _ROOT), (f"{_NAME}.report", _ROOT / "report")):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    names = ("sii.sheet", "report.words")
    return tuple(importlib.import_module(f"{_NAME}.{name}") for name in names)


def sheet(xml: bytes) -> object:
    """The sheet, or that there is none: what is missing is shown on every print."""
    reader, _words = _modules()
    try:
        return reader.read(xml)
    except Exception as error:  # noqa: BLE001  (its errors are another import of ours)
        assert type(error).__name__ in ("UnsafeXml", "SignatureProblem"), error
        return None


def rows(xml: bytes) -> list | None:
    """The rows of header, totals and parties, in words; None for what has no sheet."""
    said, words = sheet(xml), _modules()[1]
    if said is None:
        return None
    return [
        *words.header_rows(said),
        *words.figure_rows(said.kind, said.adjustments, said.totals),
        *words.foreign_rows(said.foreign),
        *map(words.cited, said.references),
        *map(words.place, (said.issuer, said.receiver)),
        *([getattr(line, name) for name in _OF_LINE] for line in said.lines),
    ]
