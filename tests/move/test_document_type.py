"""Factura or boleta, with VAT or exempt: proposed from who buys and what is sold."""

from odoo import Command
from odoo.tests import Form

from ..common import CUSTOMER_RUT, SiiCase


class TestDocumentType(SiiCase):
    def proposed(self, partner, taxes=None, **values):
        """Code of what is proposed on an invoice made by a program."""
        taxes = self.vat if taxes is None else taxes
        line = {"product_id": self.cable.id, "tax_ids": [Command.set(taxes.ids)]}
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        return move.l10n_latam_document_type_id.code

    def buyer(self, **values):
        return self._create_customer(
            **{
                "name": "Juana Soto",
                "is_company": False,
                "vat": False,
                "l10n_cl_sii_taxpayer_type": False,
                "l10n_cl_activity_description": False,
                **values,
            }
        )

    def test_by_the_buyer(self):
        buyers = {
            "33": [
                self.customer,
                self.buyer(vat="11111111-1", l10n_cl_activity_description="Feriante"),
                self.buyer(vat="11111111-1", l10n_cl_sii_taxpayer_type="1"),
                self.env["res.partner"].create({"name": "Bodega", "parent_id": self.customer.id}),
            ],
            "39": [
                self.env.ref("l10n_cl.par_cfa"),
                self.buyer(),
                self.buyer(vat="11111111-1"),
                self.buyer(l10n_cl_activity_description="Feriante"),
                self.buyer(
                    vat=CUSTOMER_RUT,
                    l10n_cl_activity_description="Feriante",
                    l10n_cl_sii_taxpayer_type="3",
                ),
                self.env["res.partner"].create({"name": "Cliente de paso"}),
            ],
        }
        for code, partners in buyers.items():
            for partner in partners:
                with self.subTest(code=code, buyer=partner.name, rut=partner.vat):
                    self.assertEqual(self.proposed(partner), code)
                    expected = "factura" if code == "33" else "boleta"
                    self.assertEqual(partner.l10n_cl_document, expected)

    def test_by_the_lines(self):
        none = self.env["account.tax"]
        self.assertEqual(self.proposed(self.customer, none), "34")
        self.assertEqual(self.proposed(self.buyer(), none), "41")

    def test_changes_with_the_lines_within_the_choice(self):
        move = self.draft(code=39)
        self.assertEqual(move.l10n_latam_document_type_id.code, "39", "the user's choice stays")
        move.invoice_line_ids.tax_ids = False
        self.assertEqual(move.l10n_latam_document_type_id.code, "41")
        move.invoice_line_ids.tax_ids = self.vat
        self.assertEqual(move.l10n_latam_document_type_id.code, "39")

    def test_another_buyer_another_document(self):
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.customer
            self.assertEqual(form.l10n_latam_document_type_id.code, "33")
            form.partner_id = self.env.ref("l10n_cl.par_cfa")
            self.assertEqual(form.l10n_latam_document_type_id.code, "39")
            form.partner_id = self.customer
            self.assertEqual(form.l10n_latam_document_type_id.code, "33")

    def test_the_user_may_choose_otherwise(self):
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.customer
            form.l10n_latam_document_type_id = self.document_type(39)
            with form.invoice_line_ids.new() as line:
                line.product_id = self.cable
            self.assertEqual(form.l10n_latam_document_type_id.code, "39")

    def test_nobody_gets_a_factura(self):
        move = self.draft(code=39, partner_id=self.env.ref("l10n_cl.par_cfa").id)
        codes = move.l10n_latam_available_document_type_ids.mapped("code")
        self.assertIn("41", codes)
        self.assertFalse({"33", "34"} & set(codes))

    def test_notes_are_left_alone(self):
        note = self.draft(code=61)
        note.invoice_line_ids.tax_ids = False
        self.assertEqual(note.l10n_latam_document_type_id.code, "61")
