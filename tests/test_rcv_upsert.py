"""The register keeps one record of each document, as told, by whom and however often."""

import json
from copy import deepcopy

from odoo.addons.l10n_cl_sii.sii import rcv_object
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

SAMPLE = "l10n_cl_sii/sii/tests/invoice_object.json"


def sample(**values):
    """The documentation's own object, with other values inside ``institution_invoice``."""
    with file_open(SAMPLE) as file:
        told = json.load(file)
    told["institution_invoice"] |= values
    return told


@tagged("post_install_l10n", "post_install", "-at_install")
class RcvCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Registro SpA"})
        cls.env = cls.env(context={"allowed_company_ids": cls.company.ids})
        cls.entries = cls.env["l10n_cl.rcv.entry"]

    @classmethod
    def upsert(cls, *objects, source="provider", company=None):
        rows = (rcv_object.read(deepcopy(told)) for told in objects)
        return cls.entries._upsert(company or cls.company, rows, source)

    def entry(self, **values):
        """The entry that the sample with these values makes."""
        self.upsert(sample(**values))
        return self.entries.search([("company_id", "=", self.company.id)])


class TestRcvUpsert(RcvCase):
    def test_sample_comes_back_unchanged(self):
        entry = self.entry()
        self.assertEqual(entry._invoice_objects(), [sample()])
        self.assertIs(entry.common_use_vat, None)
        self.assertEqual(entry.own_vat, 0)

    def test_repetition_changes_nothing(self):
        self.assertEqual(self.upsert(sample()), (1, 0, 0))
        entry = self.entries.search([("company_id", "=", self.company.id)])
        self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET write_date = '2020-01-01'")
        self.assertEqual(self.upsert(sample(), sample()), (0, 0, 1))
        self.assertEqual(entry.write_date.year, 2020)
