"""The register against Odoo's books: four lists, and what a click does about each."""

import re
from ast import literal_eval

from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object
from odoo.exceptions import UserError
from odoo.tests import Form

from ..common import SiiCase
from .rcv_case import sample

SUPPLIER = "76354771-K"


class TestRcvMatch(SiiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["l10n_cl.rcv.entry"]
        cls.supplier = cls.env["res.partner"].create(
            {
                "name": "Proveedor",
                "vat": SUPPLIER,
                "country_id": cls.env.ref("base.cl").id,
                "l10n_latam_identification_type_id": cls.env.ref("l10n_cl.it_RUT").id,
                "l10n_cl_sii_taxpayer_type": "1",
            }
        )

    def entry_of(self, number="135", issue_type="received", rut=SUPPLIER, inner=None, **top):
        """The entry of a factura over 10,000 pesos net."""
        party = {"id": rut.replace("-", ""), "name": "Proveedor", "institution_tax_payer": None}
        invoice = sample(**{"document_type": 33, "vat_amount": 1900, **(inner or {})}) | {
            "id": f"inv_{number}",
            "number": number,
            "issue_type": issue_type,
            "issuer": party if issue_type == "received" else None,
            "receiver": party if issue_type == "issued" else None,
            "date": "2026-06-10T04:00:00.000Z",
            "tax_period": "06/2026",
            "net_amount": 10000,
            "total_amount": 11900,
            **top,
        }
        row = rcv_object.read(invoice)
        self.entries._upsert(self.company, [row], "provider")
        return self.entries.search(
            [("company_id", "=", self.company.id), ("identity", "=", row.identity)]
        )

    def bill_of(self, entry):
        return self.env["account.move"].browse(entry.action_create_bill()["res_id"])

    def test_a_bill_made_from_the_entry_matches(self):
        entry = self.entry_of()
        self.assertEqual(entry.match, "only_sii")
        bill = self.bill_of(entry)
        self.assertEqual((bill.amount_total, bill.partner_id), (11900, self.supplier))
        self.assertEqual((bill.name, bill.move_type), ("FAC 000135", "in_invoice"))
        self.assertEqual(entry.move_id, bill)
        self.assertEqual(entry.action_open_move()["res_id"], bill.id)

    def test_a_bill_of_an_archived_supplier(self):
        """Archived before the register named him, or since."""
        for known in (True, False):
            with self.subTest(known):
                self.supplier.write({"vat": "77888777-0", "active": True})
                entry = self.entry_of(str(200 + known), rut="77888777-0")
                self.supplier.active = False
                if not known:
                    self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET partner_id = NULL")
                    entry.invalidate_recordset()
                bill = self.bill_of(entry)
                self.assertEqual(bill.partner_id, self.supplier)
                self.assertFalse(self.supplier.active)
                body = "".join(bill.message_ids.mapped("body"))
                self.assertIn("is archived. The bill is of that contact", body)

    def test_a_bill_comes_to_the_registers_total(self):
        for number, values, taxed in (
            ("1", {"total_amount": 12300}, True),  # another tax
            (
                "2",
                {"net_amount": 10003, "total_amount": 11903},
                True,
            ),  # rounded elsewhere
            ("3", {"net_amount": 12000, "total_amount": 12123}, False),
        ):
            bill = self.bill_of(self.entry_of(number, **values))
            self.assertEqual(bill.amount_total, values["total_amount"])
            self.assertEqual(bool(bill.invoice_line_ids.tax_ids), taxed)

    def test_differences_of_amount_and_month(self):
        entry = self.entry_of()
        bill = self.bill_of(entry)
        bill.date = "2026-06-10"
        bill.action_post()
        self.assertEqual(entry.match, "matched")
        self.entry_of(total_amount=11901)
        self.assertEqual(entry.match, "amount")
        self.entry_of(tax_period="07/2026")
        self.assertEqual(entry.match, "period")

    def test_a_cancelled_bill_does_not_match(self):
        entry = self.entry_of()
        bill = self.bill_of(entry)
        bill.button_cancel()
        self.assertEqual((entry.match, entry.move_id.id), ("only_sii", False))

    def test_the_same_folio_of_another_supplier_is_another_document(self):
        self.bill_of(self.entry_of())
        other = self.entry_of(rut="77888456-9", id="inv_other")
        self.assertEqual(other.match, "only_sii")

    def test_issued_documents_match_and_missing_ones_are_listed(self):
        move = self.post()
        day = f"{move.invoice_date}"
        values = {
            "date": day,
            "tax_period": f"{move.invoice_date:%m/%Y}",
            "total_amount": int(move.amount_total),
        }
        stranger = self.entry_of("999999", "issued", **values)
        self.assertEqual(stranger.match, "only_sii")
        only_odoo = stranger.period_id.action_open_only_odoo()["domain"]
        self.assertIn(move, self.env["account.move"].search(only_odoo))
        entry = self.entry_of(move.l10n_latam_document_number.lstrip("0"), "issued", **values)
        self.assertEqual((entry.move_id, entry.match), (move, "matched"))
        self.assertNotIn(move, self.env["account.move"].search(only_odoo))
        self.assertEqual(entry.period_id.difference_count, 1)
        health = self.env["l10n_cl.health"]
        [found] = [
            each for each in health._findings(self.issuer) if each.code == "issued_elsewhere"
        ]
        self.assertEqual(found.data, {"count": 1})
        stranger._ignore("De la casa matriz")
        codes = [each.code for each in health._findings(self.issuer)]
        self.assertNotIn("issued_elsewhere", codes)

    def test_what_the_register_sums_up_is_not_missing_in_it(self):
        move = self.post()
        values = {"date": f"{move.invoice_date}", "tax_period": f"{move.invoice_date:%m/%Y}"}
        period = self.entry_of("999999", "issued", **values).period_id
        moves = self.env["account.move"]
        self.assertIn(move, moves.search(period.action_open_only_odoo()["domain"]))
        line = sample(document_type=33, total_documents=1)
        line |= {"id": "inv_sum", "issue_type": "issued", "issuer": None, **values}
        self.entries._upsert(self.company, [rcv_object.read(line)], "provider")
        self.assertNotIn(move, moves.search(period.action_open_only_odoo()["domain"]))

    def test_what_the_mailbox_has_not(self):
        came, missing = self.entry_of(), self.entry_of("136")
        self.entry_of("137", "issued")
        missing_of_month = came.period_id.action_open_xml_missing()["domain"]
        self.assertEqual(self.entries.search(missing_of_month), came | missing)
        self.env["l10n_cl.received.dte"].sudo().create(
            {
                "company_id": self.company.id,
                "issuer_rut": SUPPLIER,
                "document_code": 33,
                "folio": 135,
                "issued_on": "2026-06-10",
            }
        )
        self.assertEqual(self.entries.search(missing_of_month), missing)
        self.assertEqual((came | missing).mapped("xml_missing"), [False, True])

    def test_a_difference_is_ignored_with_a_reason_and_shown_again(self):
        entry = self.entry_of()
        wizard = self.env["l10n_cl.rcv.ignore"].browse(entry.action_ignore()["res_id"])
        with Form(wizard) as form:
            form.reason = "Lo lleva la casa matriz"
        wizard.action_ignore()
        self.assertEqual(
            (entry.match, entry.ignored_because), ("ignored", "Lo lleva la casa matriz")
        )
        self.entry_of(total_amount=5)
        self.assertEqual(entry.match, "ignored")
        entry.action_heed()
        self.assertEqual(entry.match, "only_sii")

    def test_programs_do_not_see_matches(self):
        entry = self.entry_of()
        self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET write_date = '2020-01-01'")
        self.bill_of(entry)
        entry.invalidate_recordset()
        self.assertEqual(entry.write_date.year, 2020)

    def receipt(self, number="77", gross=1_000_000, withheld=152_500, **services):
        """A fee receipt of a professional."""
        values = {
            "issuer_withheld_amount": None,
            "receiver_withheld_amount": withheld,
            "is_professional_society": False,
            "is_third_party": False,
            "issued_at": None,
            "status": "VIG",
            **services,
        }
        return self.entry_of(
            number,
            inner={
                "document_type": None,
                "is_services_invoice": True,
                "services_invoice": values,
                "vat_amount": None,
                "exempt_amount": None,
                "tobacco": None,
            },
            net_amount=gross,
            total_amount=gross,
        )

    def test_a_fee_receipt_is_booked_with_its_retention(self):
        self.supplier.l10n_cl_sii_taxpayer_type = False
        entry = self.receipt()
        self.assertEqual(entry.services_receiver_withheld_amount, 152_500)
        bill = self.bill_of(entry)
        self.assertEqual((bill.amount_untaxed, bill.amount_total), (1_000_000, 847_500))
        self.assertEqual(bill.invoice_line_ids.tax_ids.amount, -15.25)
        self.assertEqual((bill.l10n_latam_document_type_id.code, bill.name[-6:]), ("71", "000077"))
        self.assertEqual(self.supplier.l10n_cl_sii_taxpayer_type, "2")
        self.assertNotIn(entry.match, ("amount", "only_sii"))
        bill.invoice_line_ids.tax_ids = False
        self.env.flush_all()
        entry.action_match()
        self.assertEqual(entry.match, "amount")

    def test_fees_of_other_years_and_of_those_who_withhold_themselves(self):
        for gross, withheld, rate in (
            (800_001, 92_000, -11.5),
            (333_333, 48_333, -14.5),
            (1_000_000, 160_000, -16),
        ):
            with self.subTest(rate):
                bill = self.bill_of(self.receipt(str(gross), gross, withheld))
                self.assertEqual(bill.invoice_line_ids.tax_ids.amount, rate)
        entry = self.receipt("80", withheld=None, issuer_withheld_amount=152_500)
        self.assertEqual(self.bill_of(entry).amount_total, 1_000_000)
        self.assertNotEqual(entry.match, "amount")

    def test_a_fee_at_a_rate_that_the_books_lack_is_reported(self):
        with self.assertRaisesRegex(UserError, "20.00%"):
            self.receipt(withheld=200_000).action_create_bill()

    def test_what_is_added_up_is_signed(self):
        self.entry_of("1")
        self.entry_of("2", inner={"document_type": 61}, net_amount=4000, total_amount=4760)
        self.entry_of("3", issue_type="issued", rut="96790240-3")
        entries = self.entries.search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(entries.mapped("total_signed")), [-4760, 11900, 11900])
        sums = dict(
            self.entries._read_group(
                [("company_id", "=", self.company.id)], ["issue_type"], ["total_signed:sum"]
            )
        )
        self.assertEqual(sums, {"received": 7140, "issued": 11900})
        # no total mixes sales and purchases: neither signed figures nor the register's own
        domain, figures = [("company_id", "=", self.company.id)], ["total_signed:sum"]
        figures += ["total_amount:sum", "vat_amount:sum", "__count"]
        [total] = self.entries.formatted_read_group(domain, [], figures)
        self.assertEqual([total[name] for name in figures], [False, False, False, 3])
        rows, whole = self.entries.formatted_read_grouping_sets(
            domain, [["issue_type", "document_type_id"], []], figures
        )
        self.assertTrue(all(row["total_signed:sum"] for row in rows))
        self.assertFalse(whole[0]["total_signed:sum"])
        for book in ("issued", "received"):
            action = self.env.ref(f"l10n_cl_sii.rcv_entry_action_{book}")
            [found] = self.entries.formatted_read_group(
                [*domain, *literal_eval(action.domain)], [], figures
            )
            self.assertEqual(found["total_signed:sum"], sums[book])
            arch = self.entries.get_view(action.view_id.id)["arch"]
            self.assertEqual(len(re.findall(' sum="', arch)), 6)
        self.assertNotIn(' sum="', self.entries.get_view(view_type="list")["arch"])
        self.assertEqual(
            self.entries.fields_get(["total_signed"])["total_signed"]["aggregator"], "sum"
        )
        [received] = entries.period_id.filtered(lambda each: each.issue_type == "received")
        self.assertEqual(received.total_ids.mapped("total_amount"), [11900, -4760, 7140])
        self.assertEqual(received.total_ids.mapped("is_sum"), [False, False, True])
