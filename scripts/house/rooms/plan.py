"""The rooms of the house, read from the code: who knows whom. ``scripts/rooms`` draws them.

A room is a folder of ``models/`` or of ``sii/``. Its order is that of ``models/__init__.py``. One
room knows another when it imports from it, extends a model of it or asks ``env`` for one.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .. import paths

MODELS, LIBRARY = "models", "sii"
GROUND = "ground floor"


class Link(NamedTuple):
    """One place in the code where a room uses another."""

    room: str
    other: str
    how: str
    """``imports``, or the name of the model that is asked for."""
    place: str
    """Path and line."""


def order(root: Path = paths.ROOT) -> list[str]:
    """The rooms of the models, each above those that it knows."""
    text = (root / MODELS / "__init__.py").read_text(encoding="utf-8")
    return re.findall(r"^from \. import (\w+)$", text, re.MULTILINE)


def library_rooms(root: Path = paths.ROOT) -> list[str]:
    """The packages of the library, but for its tests and what only holds data."""
    folders = sorted(path.parent.name for path in (root / LIBRARY).glob("*/__init__.py"))
    return [name for name in folders if name not in ("tests", "conformance")]


def model_links(root: Path = paths.ROOT) -> list[Link]:
    """Every use of a room of the models by another."""
    rooms = order(root)
    sources = list(_sources(root, MODELS, rooms))
    declared: dict[str, str] = {}
    for room, _path, tree in sorted(sources, key=lambda each: rooms.index(each[0])):
        for name in _declared(tree):
            declared.setdefault(name, room)
    links = []
    for room, path, tree in sources:
        place = path.relative_to(root).as_posix()
        for other, line in _imported(path, tree, root / MODELS):
            links.append(Link(room, other, "imports", f"{place}:{line}"))
        for name, line in _asked(tree):
            if name in declared:
                links.append(Link(room, declared[name], name, f"{place}:{line}"))
    return [link for link in links if link.room != link.other and link.other in rooms]


def library_links(root: Path = paths.ROOT) -> list[Link]:
    """Every import of a room of the library by another; modules beside them are one room."""
    rooms = library_rooms(root)
    links = []
    for room, path, tree in _sources(root, LIBRARY, rooms):
        place = path.relative_to(root).as_posix()
        for name, line in _imported(path, tree, root / LIBRARY):
            other = name if name in rooms else GROUND
            links.append(Link(room, other, "imports", f"{place}:{line}"))
    return [link for link in links if link.room != link.other]


def against(links: list[Link], rooms: list[str]) -> list[Link]:
    """Those that go from a room to one that comes after it."""
    return [link for link in links if rooms.index(link.other) > rooms.index(link.room)]


def _sources(root: Path, folder: str, rooms: list[str]) -> Iterator[tuple[str, Path, ast.Module]]:
    for room in rooms:
        for path in sorted((root / folder / room).rglob("*.py")):
            yield room, path, ast.parse(path.read_text(encoding="utf-8"))


def _imported(path: Path, tree: ast.Module, top: Path) -> Iterator[tuple[str, int]]:
    """The room, or the module beside the rooms, of each relative import below ``top``."""
    inside = path.relative_to(top).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and 0 < node.level <= len(inside) + 1:
            base = [*inside[: len(inside) - node.level + 1]]
            names = [*base, *(node.module or "").split(".")]
            names = [name for name in names if name]
            if names:
                yield names[0], node.lineno
            else:
                yield from ((alias.name, node.lineno) for alias in node.names)


def _declared(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == "_name":
                yield str(node.value.value)


def _asked(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Models of ours that are extended, or asked for by ``env[...]``."""
    for node in ast.walk(tree):
        names: list[ast.expr] = []
        if isinstance(node, ast.Subscript):
            owner = node.value
            by = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            names = [node.slice] if by == "env" else []
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_inherit":
            names = getattr(node.value, "elts", [node.value])
        for name in names:
            if isinstance(name, ast.Constant) and str(name.value).startswith("l10n_cl."):
                yield str(name.value), node.lineno
