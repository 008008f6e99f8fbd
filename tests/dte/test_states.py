"""Views colour a document's state as the table of states does."""

import re
from pathlib import Path

from lxml import etree

from odoo.tests import BaseCase

from ...sii import states

_ROOT = Path(__file__).parents[2]
_OF_DOCUMENTS = {"state", "dte_state", "l10n_cl_dte_state"}


def _coloured():
    """View, decoration and names of states, of each field that shows a document's state."""
    for path in sorted(_ROOT.glob("views/**/*.xml")) + sorted(
        _ROOT.glob("addons/*/views/**/*.xml")
    ):
        for field in etree.parse(path).iter("field"):
            decorations = {
                name.removeprefix("decoration-"): set(re.findall(r"'(\w+)'", value))
                for name, value in field.attrib.items()
                if name.startswith("decoration-")
            }
            if field.get("name") in _OF_DOCUMENTS and {"objected"} in decorations.values():
                yield path.name, field.get("name"), decorations


class TestStates(BaseCase):
    def test_views_agree_with_the_table(self):
        seen = 0
        for view, name, decorations in _coloured():
            seen += 1
            for decoration, named in decorations.items():
                with self.subTest(view=view, field=name, decoration=decoration):
                    of_the_table = {
                        state.name
                        for state in states.OF_DOCUMENTS
                        if state.look.decoration == decoration
                    }
                    self.assertEqual(named, of_the_table)
        self.assertGreaterEqual(seen, 6)
