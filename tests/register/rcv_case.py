"""A company whose register is filled by invoice objects."""

import json
from copy import deepcopy

from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

SAMPLE = "l10n_cl_sii/sii/tests/invoice_object.json"


def sample(**values):
    """The documentation's own object, with other values inside ``institution_invoice``."""
    with file_open(SAMPLE) as file:
        invoice = json.load(file)
    invoice["institution_invoice"] |= values
    return invoice


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
        rows = (rcv_object.read(deepcopy(invoice)) for invoice in objects)
        return cls.entries._upsert(company or cls.company, rows, source)

    def entry(self, *objects):
        """The one entry that these objects make."""
        self.upsert(*(objects or [sample()]))
        found = self.entries.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(found), 1)
        return found
