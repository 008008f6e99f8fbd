"""The SII's own test sets through the assistant, to acceptance, with the published totals.

The folder is named by SII_REFERENCE, as for all that is held against the SII's material.
"""

import json
import os
from pathlib import Path

from lxml import etree

from ..test_certification import CertificationCase

SETS = Path(os.environ["SII_REFERENCE"]) / "samples" / "sets"


class TestCertificationSamples(CertificationCase):
    def assert_published(self, name, kind, expected):
        self.load(name, (SETS / f"{name}.txt").read_bytes())
        test_set = self.loaded(kind)
        test_set.action_issue()
        self.run_crons()
        self.assert_accepted_whole(test_set)
        published = json.loads((SETS / f"{expected}.json").read_text())["cases"]
        self.assertEqual(len(test_set.case_ids), len(published))
        for case, totals in zip(test_set.case_ids, published.values(), strict=True):
            root = etree.fromstring(case.move_id.sudo().l10n_cl_dte_id._xml_bytes())
            for tag, amount in totals["expected"].items():
                found = root.findtext(f".//{{*}}Totales/{{*}}{tag}") or "0"
                self.assertEqual(int(found), amount, (case.name, tag))
        return test_set

    def test_basic_set(self):
        self.assert_published("SET-BASICO-414175", "basic", "expected-414175")

    def test_boleta_set(self):
        self.assert_published("SET-BOLETA-BE", "boleta", "expected-BE")

    def test_books(self):
        self.assert_published("SET-BASICO-414175", "basic", "expected-414175")
        for name, kind in (
            ("SET-LIBRO-VENTAS-414176", "sales_book"),
            ("SET-LIBRO-COMPRAS-414177", "purchase_book"),
        ):
            self.load(name, (SETS / f"{name}.txt").read_bytes())
            book = self.loaded(kind)
            book.action_make_book()
            self.assertTrue(book.book)
