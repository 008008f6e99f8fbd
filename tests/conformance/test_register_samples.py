"""The published files of the register, imported as an accountant does.

The folder is named by SII_REFERENCE, as for all that is held against the SII's material.
"""

import os
from pathlib import Path

from odoo.addons.l10n_cl_sii.tests.register.test_rcv_import import RcvImportCase

FILES = Path(os.environ["SII_REFERENCE"]) / "samples" / "rcv"
# list -> its two documents: (type, folio, total)
WHOLE = {
    "compra-no_incluir": [(33, "19000035", 104362), (33, "19000036", 185013)],
    "compra-reclamado": [(33, "1000055", 1155364), (61, "70013", 1966880)],
    "compra-registro": [(33, "23084", 285801), (33, "31000097", 32554)],
    "venta": [(33, "506", 2082715), (33, "508", 2629420)],
}


class TestRegisterSamples(RcvImportCase):
    def load_samples(self):
        """As published: their names have no month, each takes that of its own documents."""
        names = [f"RCV-{name}-rz_leading_trailing_whitespace.csv" for name in WHOLE]
        return self.load(*((name, (FILES / name).read_bytes()) for name in names), month="")

    def test_all_lists_twice(self):
        for result, documents in zip(self.load_samples(), WHOLE.values(), strict=True):
            self.assertFalse(result.problems)
            self.assertEqual(result.created, len(documents))
            for type_, folio, total in documents:
                entry = self.entries().filtered(lambda each, folio=folio: each.number == folio)
                self.assertEqual((entry.document_type, entry.total_amount), (type_, total))
                self.assertEqual(entry.counterpart_name, "Fake Company S.A.")
        statuses = set(self.entries().mapped("invoice_status"))
        self.assertEqual(statuses, {"registered", "cancelled", "rejected"})
        again = self.load_samples()
        self.assertEqual((sum(again.mapped("created")), sum(again.mapped("unchanged"))), (0, 8))

    def test_a_file_whose_row_misses_its_type_changes_nothing(self):
        name = "RCV-venta-missing-required-fields.csv"
        result = self.load((name, (FILES / name).read_bytes()), month="2019-06")
        self.assertIn("Tipo Doc", result.problems)
        self.assertFalse(self.entries())
