"""The layers of docs/architecture.md, kept by walking the imports."""

import ast
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ...sii import kinds

ROOT = Path(__file__).resolve().parents[2]
WIRE = {"lxml", "xmlsec", "zeep", "requests"}
KEPT_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]*\})\+|\(\?>")
KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}")

CODE_IN_VIEW = re.compile(
    r"document_(?:code|type)\w*(?:\.code)?'?,? (?:==|!=|(?:not )?'?in'?,?) \(?'?\d"
)


def sources(folder):
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree):
    """(top-level package, or the dotted relative name, line) of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = node.module or ""
            if node.level:
                yield "." * node.level + name, node.lineno
            else:
                yield name.split(".")[0], node.lineno


def is_set_of_types(node):
    """Whether it holds nothing but codes of types, at least two different ones."""
    values = [str(each.value) for each in node.elts if isinstance(each, ast.Constant)]
    return (
        len(values) == len(node.elts)
        and len(set(values)) > 1
        and set(values) <= set(kinds.texts(is_target=True))
    )


@tagged("post_install", "-at_install")
class TestLayers(BaseCase):
    def offences(self, folder, forbidden):
        return [
            f"{path.relative_to(ROOT)}:{line} imports {name}"
            for path, tree in sources(folder)
            for name, line in imported(tree)
            if forbidden(name)
        ]

    def test_the_library_knows_nothing_of_odoo(self):
        self.assertEqual(self.offences("sii", lambda name: name == "odoo"), [])

    def test_models_never_touch_the_wire(self):
        for folder in ("models", "wizards", "controllers", "report"):
            self.assertEqual(self.offences(folder, WIRE.__contains__), [])

    def test_wizards_and_controllers_reach_models_through_the_environment(self):
        for folder in ("wizards", "controllers"):
            offences = self.offences(folder, lambda name: name.endswith("models"))
            self.assertEqual([each for each in offences if " imports .." in each], [])

    def test_the_simulator_shares_nothing_with_the_library(self):
        def forbidden(name):
            return name in ("odoo", "xmlsec", "sii") or name.endswith(".sii")

        offences = self.offences("simulator", forbidden)
        signer = "simulator/tests/"
        self.assertEqual([each for each in offences if not each.startswith(signer)], [])

    def test_types_of_documents_stand_in_the_table_alone(self):
        """No set of codes beside sii/kinds.py, in code or views."""
        offences = []
        for folder in ("sii", "models", "wizards", "controllers", "report", "addons"):
            for path, tree in sources(folder):
                if path.name == "kinds.py" or {"tests", "conformance"} & set(path.parts):
                    continue
                offences += [
                    f"{path.relative_to(ROOT)}:{node.lineno}"
                    for node in ast.walk(tree)
                    if isinstance(node, ast.Set | ast.Tuple | ast.List) and is_set_of_types(node)
                ]
        for folder in ("views", "addons"):
            offences += [
                str(path.relative_to(ROOT))
                for path in sorted((ROOT / folder).rglob("*.xml"))
                if CODE_IN_VIEW.search(path.read_text(encoding="utf-8"))
            ]
        self.assertEqual(offences, [])

    def test_no_bare_except_and_no_dropped_recordset(self):
        offences = []
        for path, tree in sources("models"):
            for node in ast.walk(tree):
                bare = isinstance(node, ast.ExceptHandler) and node.type is None
                dropped = (
                    isinstance(node, ast.Expr)
                    and isinstance(node.value, ast.Call)
                    and isinstance(node.value.func, ast.Attribute)
                    and node.value.func.attr in ("filtered", "try_lock_for_update")
                )
                if bare or dropped:
                    offences.append(f"{path.relative_to(ROOT)}:{node.lineno}")
        self.assertEqual(offences, [])

    def test_no_pattern_loses_a_match_on_debian_s_python(self):
        """Before 3.11.5, and Debian 12 has 3.11.2, groups that are never given back lose matches.

        A single character may well be possessive: ``[^<]*+``.
        """
        offences = []
        for path in sorted(ROOT.rglob("*.py")):
            if any(part.startswith(".") for part in path.relative_to(ROOT).parts):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                text = node.value if isinstance(node, ast.Constant) else ""
                text = text.decode("latin-1") if isinstance(text, bytes) else text
                if isinstance(text, str) and KEPT_GROUP.search(text):
                    offences.append(f"{path.relative_to(ROOT)}:{node.lineno}")
        self.assertEqual(offences, [])
        self.assertTrue(KEPT_GROUP.search("(?:a|b)*" + "+") and KEPT_GROUP.search("(a){1,}" + "+"))

    def test_no_private_key_in_the_tree(self):
        paths = [
            path
            for path in ROOT.rglob("*")
            if path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        ]
        self.assertIn(Path(__file__).resolve(), paths)
        self.assertEqual([str(path) for path in paths if KEY.search(path.read_bytes())], [])

    def test_the_walk_finds_offences(self):
        tree = ast.parse("import lxml.etree\nfrom ..models import dte\nfrom requests import get")
        self.assertEqual(list(imported(tree)), [("lxml", 1), ("..models", 2), ("requests", 3)])
