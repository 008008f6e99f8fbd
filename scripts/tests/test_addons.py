"""What Odoo's own way of running an addon wants of its files."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDONS = [ROOT, *sorted(each.parent for each in ROOT.glob("addons/*/__manifest__.py"))]


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_every_file_of_the_manifest_is_there(addon):
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text())
    named = [*manifest.get("data", ()), *manifest.get("demo", ())]
    assert [name for name in named if not (addon / name).is_file()] == []
