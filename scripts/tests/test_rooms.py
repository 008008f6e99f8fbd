"""The rooms of docs/architecture.md, kept by walking the code: order, size, hooks, picture."""

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from house import paths
from house.rooms import picture, plan

ROOT = paths.ROOT
OURS = ("models", "wizards", "sii", "simulator", "controllers", "addons", "tests", "scripts")
MOST_FILES = 21
"""Modules of one folder, its ``__init__.py`` among them."""


def sources(*folders):
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_no_import_goes_against_the_order():
    links = plan.against(plan.model_links(), plan.order())
    assert [link.place for link in links if link.how == "imports"] == []


def test_whoever_asks_for_a_model_of_a_later_room_is_named_in_the_docs():
    """A row of the table in docs/architecture.md: room, model, why."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `(\w+)` \| `([\w.]+)` \| .+ \|$", text, re.MULTILINE))
    links = plan.against(plan.model_links(), plan.order())
    assert {(link.room, link.how) for link in links} == named


def test_the_library_has_no_circle_of_rooms():
    below = defaultdict(set)
    for link in plan.library_links():
        below[link.room].add(link.other)

    def reached(start):
        found, todo = set(), {start}
        while todo:
            todo = {other for room in todo for other in below[room]} - found
            found |= todo
        return found

    assert [room for room in plan.library_rooms() if room in reached(room)] == []


def test_wizards_and_controllers_take_names_and_no_models():
    """They reach records through the environment; what they import is no class of a model."""
    models = defaultdict(set)
    for path in sources("models"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any(
                "models." in ast.unparse(b) for b in node.bases
            ):
                models[path].add(node.name)
    offences = []
    for path in sources("wizards", "controllers"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and re.match(r"models(\.|$)", node.module or ""):
                file = ROOT / (node.module.replace(".", "/") + ".py")
                names = {alias.name for alias in node.names}
                if not file.is_file() or names & models[file]:
                    offences.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert offences == []


def test_no_folder_is_too_full_to_be_seen():
    full = Counter(path.parent for path in sources(*OURS))
    too_full = {
        str(folder.relative_to(ROOT)): count for folder, count in full.items() if count > MOST_FILES
    }
    assert too_full == {}


def test_each_test_stands_where_the_runner_of_odoo_looks():
    """It sees the modules of rooms; one beside them would be run by pytest alone."""
    for folder in ("tests", "addons/l10n_cl_sii_api/tests"):
        assert sorted(path.name for path in (ROOT / folder).glob("test_*.py")) == [], folder


@pytest.mark.parametrize("folder", ["models", "wizards", "sii"])
def test_each_room_has_a_docstring(folder):
    silent = []
    for path in sorted((ROOT / folder).glob("*/__init__.py")):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if not text and path.parent.name not in ("tests", "conformance"):
            silent.append(path.parent.name)
    assert silent == []


def test_no_method_of_ours_overrides_one_of_ours():
    """But for hooks, which the docstring of their room names."""
    where = defaultdict(set)
    for path in sources("models", "wizards"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and (model := _model(node)):
                for line in node.body:
                    if isinstance(line, ast.FunctionDef):
                        where[model, line.name].add(path.relative_to(ROOT).as_posix())
    hooks = {name for room in plan.order() for name in _hooks(ROOT / "models" / room)}
    twice = {key: places for key, places in where.items() if len(places) > 1}
    assert {key: places for key, places in twice.items() if key[1] not in hooks} == {}


def test_the_picture_is_of_this_code():
    assert picture.PICTURE.read_text(encoding="utf-8") == picture.draw()


def test_the_walk_finds_what_it_looks_for():
    links = plan.model_links()
    assert any(link.how == "imports" for link in links)
    assert any(link.how == "l10n_cl.dte" for link in links)
    assert ("dte", "signature") in {(link.room, link.other) for link in plan.library_links()}


def _hooks(room: Path):
    """Names of methods in a room's docstring."""
    text = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    return re.findall(r"`(_\w+)`", text or "")


def _model(node: ast.ClassDef):
    found = {}
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, (ast.Constant, ast.List)):
            target = line.targets[0]
            if isinstance(target, ast.Name) and target.id in ("_name", "_inherit"):
                found[target.id] = ast.literal_eval(line.value)
    name = found.get("_name") or found.get("_inherit")
    return name[0] if isinstance(name, list) and name else name
