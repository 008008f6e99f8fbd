"""Bills equal their XML, to the peso; notes, and files dropped on the list of bills."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.received.bill_words import beside_total
from ...sii.document import Totals
from .received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedBill(ReceivedCase):
    def drop(self, *files):
        """Files dropped on the buyer's list of vendor bills."""
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.buyer.id), ("type", "=", "purchase")], limit=1
        )
        attachments = self.env["ir.attachment"].create(
            [{"name": name, "raw": data, "mimetype": "application/xml"} for name, data in files]
        )
        journal = journal.with_context(default_move_type="in_invoice").with_company(self.buyer)
        action = journal.create_document_from_attachment(attachments.ids)
        domain = action.get("domain") or [("id", "=", action["res_id"])]
        return self.env["account.move"].search(domain)

    def test_dropped_on_the_bills(self):
        move, xml = self.issued()
        bill = self.drop(("factura.xml", xml))
        self.assertFalse(bill.invoice_line_ids)
        self.assertIn("is being asked", bill.l10n_cl_received_warning)
        with self.assertRaises(UserError):
            bill.action_post()
        self.ask_sii()
        self.assertEqual(bill.l10n_cl_received_ids.state, "verified")
        self.assertEqual(bill.amount_total, move.amount_total)
        self.assertFalse(bill.l10n_cl_received_warning)
        again = self.drop(("factura.xml", xml))
        self.assertFalse(again.invoice_line_ids)
        self.assertIn("was received already", "".join(again.message_ids.mapped("body")))

    def test_a_suspect_file_fills_no_bill(self):
        _move, xml = self.issued()
        bill = self.drop(("factura.xml", xml.replace(b"<MntTotal>1190<", b"<MntTotal>1191<")))
        self.ask_sii()
        self.assertFalse(bill.invoice_line_ids)
        self.assertIn("changed after it was signed", "".join(bill.message_ids.mapped("body")))

    def test_a_hostile_file_is_not_parsed(self):
        laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ja">]><DTE>&b;</DTE>'
        bill = self.drop(("factura.xml", laughs))
        self.assertIn("declares entities", "".join(bill.message_ids.mapped("body")))

    def test_a_credit_note_refunds_its_bill(self):
        original = self.receive()
        move = self.env["account.move"].search(
            [("l10n_cl_dte_id.folio", "=", original.folio), ("company_id", "=", self.company.id)]
        )
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"reason": "Anula", "journal_id": move.journal_id.id})
        )
        note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        if note.state == "draft":
            note.action_post()
        self.run_crons("cron_send", "cron_poll")
        self.assertEqual(note.l10n_cl_dte_id.state, "accepted")
        [document] = self.load(("nota.xml", note.l10n_cl_dte_id._xml_bytes()))
        self.ask_sii()
        refund = document.bill_id
        self.assertEqual(refund.move_type, "in_refund")
        self.assertEqual(refund.reversed_entry_id, original.bill_id)
        self.assertEqual(refund.amount_total, note.amount_total)
        self.assertFalse(document.deadline)
        self.assertEqual(
            refund.l10n_cl_reference_ids.mapped("l10n_cl_reference_doc_type_selection"), ["33"]
        )
        (original.bill_id + refund).action_post()
        self.assertTrue(refund.name.startswith("N/C"))

    def test_lines_that_round_add_up_to_the_xml(self):
        for lines in (
            [{"quantity": 3.333, "price_unit": 333.33}, {"quantity": 7, "price_unit": 0.57}],
            [{"price_unit": 1000, "discount": 33.33}, {"tax_ids": False, "price_unit": 17}],
            [{"price_unit": 1} for _line in range(9)],
        ):
            with self.subTest(lines=lines):
                move, xml = self.issued(lines=lines)
                [document] = self.load(("factura.xml", xml))
                self.ask_sii()
                self.assertEqual(document.bill_id.amount_total, move.amount_total)
                self.assertEqual(document.bill_id.amount_tax, move.amount_tax)
                self.assertFalse(document.bill_difference)

    def test_a_bill_typed_by_hand_is_recognised(self):
        move, xml = self.issued()
        typed = (
            self.env["account.move"]
            .with_company(self.buyer)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self._create_customer(vat="76354771-K", name="Ñandú").id,
                    "invoice_date": move.invoice_date,
                    "l10n_latam_document_type_id": self.document_type(33).id,
                    "l10n_latam_document_number": str(move.l10n_cl_dte_id.folio),
                    "invoice_line_ids": [
                        Command.create({"name": "Cable", "price_unit": 900, "tax_ids": False})
                    ],
                }
            )
        )
        [document] = self.load(("factura.xml", xml))
        self.ask_sii()
        self.assertEqual(document.bill_id, typed)
        self.assertEqual(document.bill_difference, 900 - 1190)
        self.assertIn("900", typed.l10n_cl_received_warning)

    def test_no_tax_of_that_rate_calls_a_person(self):
        taxes = self.env["account.tax"].search(
            [("company_id", "=", self.buyer.id), ("l10n_cl_sii_code", "=", 14)]
        )
        taxes.active = False
        document = self.receive()
        self.assertEqual(document.state, "verified")
        self.assertFalse(document.bill_id)
        self.assertIn("19", document.bill_problem)
        self.assertTrue(document.activity_ids)
        taxes.active = True
        document.action_make_bill()
        self.assertEqual(document.bill_id.amount_total, 1190)
        self.assertFalse(document.bill_problem)

    def test_amounts_beside_the_total_are_shown(self):
        """As bills of water and light have them."""
        document = self.receive()
        totals = Totals(
            total=1_190, net=1_000, not_billable=-300, previous_balance=2_000, payable=2_890
        )
        shown = " ".join(beside_total(document.bill_id, totals))
        for text in ("not billed -300", "previous balance 2,000", "to pay 2,890"):
            self.assertIn(text, shown)
        self.assertFalse(list(beside_total(document.bill_id, Totals(total=1_190))))
        self.assertFalse(document.amount_payable)
