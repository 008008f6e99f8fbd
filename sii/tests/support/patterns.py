"""Every regular expression of the product, found in its source, and texts to slow each down."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # what the compiler itself reads a pattern by
from re import _parser

ROOT = Path(__file__).resolve().parents[3]
LEFT_OUT = {"tests", "conformance", "simulator", "scripts", "benchmarks", "node_modules"}
"""Code that reads no text of others: what checks the product, and what builds it."""

_FUNCTIONS = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_USES = _FUNCTIONS | {"scanner"}


@dataclass(frozen=True)
class Found:
    """A pattern, its place, and the methods that use it there."""

    place: str
    pattern: re.Pattern
    uses: frozenset[str]


def files() -> Iterator[Path]:
    """Our own Python files."""
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT).parts
        if not LEFT_OUT & {*inside} and not any(part.startswith(".") for part in inside):
            yield path


def found() -> Iterator[Found]:
    """Every use of ``re``. Raises AssertionError for one that cannot be seen to be measured."""
    for path in files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _names(tree)
        for call in ast.walk(tree):
            method = _re_method(call)
            if method == "compile":
                name = names.get(call, "")
                yield Found(_place(path, call), _pattern(path, call, name), _uses(tree, name))
            elif method in _FUNCTIONS:
                yield Found(_place(path, call), _pattern(path, call, ""), frozenset({method}))


def _re_method(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id == "re":
            return node.func.attr
    return ""


def _names(tree: ast.Module) -> dict[ast.AST, str]:
    return {
        node.value: node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _uses(tree: ast.Module, name: str) -> frozenset[str]:
    """The methods that a module calls on its pattern; all of them when it hands it on."""
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        and node.attr in _USES
    }
    return frozenset(called or {"match", "search", "fullmatch", "findall"})


def _place(path: Path, call: ast.Call) -> str:
    return f"{path.relative_to(ROOT)}:{call.lineno}"


def _pattern(path: Path, call: ast.Call, name: str) -> re.Pattern:
    """As it is compiled: a literal, or a constant of a module that can be imported without Odoo."""
    try:
        text = ast.literal_eval(call.args[0])
    except ValueError:
        place = _place(path, call)
        assert name and path.is_relative_to(ROOT / "sii"), f"{place}: make it a literal"
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        compiled = getattr(importlib.import_module(module), name)
        assert isinstance(compiled, re.Pattern), place
        return compiled
    return re.compile(text, _flags(call))


def _flags(call: ast.Call) -> int:
    flags = [*call.args[1:], *(word.value for word in call.keywords if word.arg == "flags")]
    return sum(
        getattr(re, node.attr)
        for each in flags
        for node in ast.walk(each)
        if isinstance(node, ast.Attribute) and node.attr.isupper()
    )


_GENERIC = (
    " ",
    "\n",
    "\t",
    "a",
    "A",
    "0",
    "9.",
    "=",
    "-",
    "<",
    ">",
    '"',
    "'",
    "<a ",
    "<a>",
    "</a>",
)
_GENERIC += ("<?a b?>", "<!---->", "<!--", "<![CDATA[", ' a="b"', "a:", "\\", "&", "a b ", "x" * 30)
_ENDINGS = ("", "\0", "<", "\n\n!")


def nasty(pattern: re.Pattern, length: int) -> Iterator[str | bytes]:
    """Texts of about that length: beginnings of what it matches, then one piece again and again,
    and an end that just does not fit."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE & ~re.LOCALE)
    beginnings, pieces = {""}, set(_GENERIC)
    _walk(tree, "", beginnings, pieces)
    pieces |= {beginning[-60:] for beginning in beginnings}
    pieces.discard("")
    for beginning in sorted(beginnings, key=len)[:14]:
        for piece in sorted(pieces):
            for ending in _ENDINGS:
                text = beginning + piece * (length // len(piece)) + ending
                yield text.encode("latin-1", "replace") if _is_bytes(pattern) else text


def _is_bytes(pattern: re.Pattern) -> bool:
    return isinstance(pattern.pattern, bytes)


def _walk(tree, before: str, beginnings: set[str], pieces: set[str]) -> str:
    """A text that the tree matches; on the way what is before and inside each repetition."""
    text = ""
    for kind, value in tree:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, _most, inner = value
            beginnings.add(before + text)
            once = _walk(inner, before + text, beginnings, pieces)
            pieces.add(once)
            text += once * max(1, least)
            pieces.add(text[-60:])
        else:
            text += _one(kind, value, before + text, beginnings, pieces)
    pieces.add(text[:80])
    beginnings.add(before + text)
    return text


def _one(kind, value, before: str, beginnings: set[str], pieces: set[str]) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is sre.ANY:
        return "a"
    if kind is sre.IN:
        return _member(value)
    if kind is sre.SUBPATTERN:
        return _walk(value[3], before, beginnings, pieces)
    if kind is sre.ATOMIC_GROUP:
        return _walk(value, before, beginnings, pieces)
    if kind is sre.BRANCH:
        return [_walk(each, before, beginnings, pieces) for each in value[1]][0]
    if kind is sre.ASSERT and value[0] > 0:
        _walk(value[1], before, beginnings, pieces)
    return ""


_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_NOT_WORD: " ",
}


def _member(items) -> str:
    """A character of a set, one of the usual ones where it has any."""
    first = items[0]
    if first[0] is sre.NEGATE:
        excluded = re.compile("[" + "".join(_shown(each) for each in items[1:]) + "]")
        return next(char for char in "a0 <-\n~" if not excluded.match(char))
    kind, value = first
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.RANGE:
        return chr(value[0])
    return _CATEGORIES[value]


def _shown(item) -> str:
    kind, value = item
    if kind is sre.LITERAL:
        return re.escape(chr(value))
    if kind is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_WORD: r"\w"}[value]
