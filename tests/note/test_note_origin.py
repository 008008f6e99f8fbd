"""Notes that no wizard of ours made refer to their document; references name folios."""

from odoo import Command
from odoo.exceptions import AccessError

from ...models.note.original import origin_of
from .note_case import NoteCase


class TestMoveNoteOrigin(NoteCase):
    def referred(self, note):
        return [
            (each.l10n_cl_reference_doc_type_selection, each.folio, each.code)
            for each in note.l10n_cl_reference_ids.filtered("code")
        ]

    def order(self, quantity=2, **values):
        self.cable.invoice_policy = "order"
        order = (
            self.env["sale.order"]
            .sudo()
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.cable.id,
                                "product_uom_qty": quantity,
                                "price_unit": 489990,
                                "tax_ids": self.vat.ids,
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        order.action_confirm()
        return order

    def test_an_order_that_was_cut(self):
        for left, code in ((1, "3"), (0, "1")):
            order = self.order(client_order_ref="OC-1")
            invoice = order._create_invoices()
            invoice.action_post()
            self.run_crons()
            order.order_line.product_uom_qty = left
            note = order._create_invoices(final=True)
            self.assertEqual(note.move_type, "out_refund")
            folio = str(invoice.l10n_cl_dte_id.folio)
            self.assertEqual(self.referred(note), [("33", folio, code)])
            self.assert_accepted(note)

    def test_of_two_invoices_nothing_is_guessed(self):
        order = self.order()
        first = order._create_invoices()
        first.action_post()
        order.order_line.product_uom_qty = 3
        order._create_invoices().action_post()
        order.order_line.product_uom_qty = 1
        note = order._create_invoices(final=True)
        self.assertEqual(self.referred(note), [])

    def test_reversed_by_whatever(self):
        """As the point of sale, an import or a program makes it."""
        invoice = self.accepted(lines=[{"quantity": 2}])
        folio = str(invoice.l10n_cl_dte_id.folio)
        for quantity, code in ((2, "1"), (1, "3")):
            note = self.draft(61, [{"quantity": quantity}], reversed_entry_id=invoice.id)
            self.assertEqual(self.referred(note), [("33", folio, code)])
        self.assert_accepted(note)

    def test_origin_set_later_than_made(self):
        invoice = self.accepted()
        note = self.draft(61)
        note.reversed_entry_id = invoice
        note.action_post()
        self.assertEqual(len(self.referred(note)), 1)

    def test_not_over_what_another_company_issued(self):
        """Odoo lets the origin of a debit note be of any company."""
        invoice = self.accepted()
        other = self.setup_other_company()["company"]
        note = self.env["account.move"].with_company(other).create({"move_type": "out_invoice"})
        note.sudo().debit_origin_id = invoice
        self.assertFalse(origin_of(note.sudo()))

    def test_a_wizards_reference_stays(self):
        note = self.credit(self.accepted(), l10n_cl_does="3")
        self.assertEqual([code for _kind, _folio, code in self.referred(note)], ["3"])

    def test_resequence_is_refused_and_references_name_folios(self):
        first, second = self.accepted(), self.accepted()
        wizard = (
            self.env["account.resequence.wizard"]
            .with_context(active_model="account.move", active_ids=(first + second).ids)
            .create({"first_name": "FAC 009100", "ordering": "date"})
        )
        # whoever calls: a script at the server's shell runs as system
        for env in (self.env, self.env(su=True)):
            with self.assertRaises(AccessError), self.cr.savepoint():
                wizard.with_env(env).resequence()
            self.assertEqual(first.name, f"FAC {first.l10n_cl_dte_id.folio:06d}")
            for name, value in (
                ("name", "FAC 009999"),
                ("l10n_latam_document_number", "9999"),
                ("l10n_latam_document_type_id", self.document_type(34).id),
                ("move_type", "out_receipt"),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    first.with_env(env).write({name: value})
        # what nothing stops, as somebody's SQL
        folio = first.l10n_cl_dte_id.folio
        self.cr.execute("UPDATE account_move SET name = 'FAC 009100' WHERE id = %s", [first.id])
        first.invalidate_recordset()
        note = self.credit(first)
        self.assertEqual(self.referred(note), [("33", str(folio), "1")])
