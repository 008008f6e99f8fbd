"""The register keeps one record of each document, whoever sends it and however often."""

from datetime import UTC, date, datetime

from odoo.addons.l10n_cl_sii.sii.register.row import Row, Taxpayer
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .rcv_case import RcvCase, sample

HOOLI = Taxpayer("11111111-1", "Hooli SpA")


class TestRcvUpsert(RcvCase):
    def csv_row(self, **detail):
        """What another feeder knows of the sample: less, and no provider's id."""
        return Row(
            "received", 34, "135", date(2021, 6, 25), "2021-06", HOOLI, 12000, 12123, detail=detail
        )

    def test_repetition_changes_nothing(self):
        self.assertEqual(self.upsert(sample()), (1, 0, 0))
        entry = self.entries.search([("company_id", "=", self.company.id)])
        self.env.cr.execute("UPDATE l10n_cl_rcv_entry SET write_date = '2020-01-01'")
        self.assertEqual(self.upsert(sample(), sample()), (0, 0, 1))
        self.assertEqual(entry.write_date.year, 2020)

    def test_feeders_in_either_order_make_one_entry(self):
        row = self.csv_row(common_use_vat=0, invoice_status="pending")
        self.upsert(sample())
        entry = self.entry()
        self.assertEqual(self.entries._upsert(self.company, [row], "csv"), (0, 1, 0))
        self.assertEqual((entry.common_use_vat, entry.invoice_status), (0, "pending"))
        self.assertEqual((entry.vat_amount, entry.external_id), (123, "inv_nMNejK7BT8oGbvO4"))
        self.assertEqual(entry.source, "csv")

    def test_an_entry_keeps_the_identifier_it_was_first_shown_with(self):
        self.entries._upsert(self.company, [self.csv_row()], "csv")
        entry = self.entries.search([("company_id", "=", self.company.id)])
        shown = entry.external_id
        self.assertRegex(shown, "^inv_[0-9a-f]{16}$")
        self.entry(sample())
        self.assertEqual((entry.external_id, entry.provider_id), (shown, sample()["id"]))

    def test_a_provider_may_correct_folio_and_rut(self):
        entry = self.entry()
        self.assertEqual(self.entry(sample() | {"number": "136"}), entry)
        self.assertEqual((entry.number, entry.identity), ("136", "received|34|136|11111111-1"))

    def test_older_names_of_identifiers_meet_the_same_document(self):
        entry = self.entry()
        self.assertEqual(self.entry(sample() | {"id": "fi_1"}), entry)

    def test_of_two_in_a_batch_the_last_is_kept(self):
        entry = self.entry(sample(), sample(vat_amount=5))
        self.assertEqual(entry.vat_amount, 5)

    def test_a_summary_line_is_one_a_month(self):
        line = Row("issued", 39, "", date(2021, 6, 30), "2021-06", detail={"total_documents": 4})
        more = Row("issued", 39, "7", date(2021, 6, 30), "2021-06", detail={"total_documents": 5})
        self.assertEqual(self.entries._upsert(self.company, [line, more], "sii"), (1, 0, 0))
        entry = self.entries.search([("company_id", "=", self.company.id)])
        self.assertEqual((entry.total_documents, entry.is_summary), (5, True))
        self.assertFalse(entry.counterpart_rut)

    def test_two_companies_have_a_register_each(self):
        other = self.env["res.company"].create({"name": "Otra SpA"})
        self.upsert(sample())
        self.upsert(sample(vat_amount=7), company=other)
        self.assertEqual(self.entry().vat_amount, 123)

    def test_the_odd_value_goes_when_a_valid_one_arrives(self):
        entry = self.entry(sample(vat_amount="x", own_vat="y"))
        self.assertEqual(entry.unknown, {"vat_amount": "x", "own_vat": "y"})
        self.assertIn("vat_amount", entry.note)
        self.entries._upsert(self.company, [self.csv_row(vat_amount=19)], "csv")
        self.assertEqual((entry.vat_amount, entry.unknown), (19, {"own_vat": "y"}))

    def test_arithmetic_is_shown_and_never_refused(self):
        entry = self.entry(sample(vat_amount=0) | {"total_amount": 5})
        self.assertIn("12.000", entry.note)
        self.assertIn("VAT of 123", self.entry().note)

    def test_the_partner_is_found_by_rut_its_own_companys_first(self):
        shared = self.env["res.partner"].create({"name": "Hooli", "vat": "11111111-1"})
        self.assertEqual(self.entry().partner_id, shared)
        own = shared.copy({"vat": "11111111-1", "company_id": self.company.id})
        self.assertEqual(self.entry().partner_id, own)

    def test_changes_of_state_are_remembered(self):
        entry = self.entry(sample(invoice_status="pending"))
        self.entry(sample(invoice_status="cancelled", confirmation_status="R"))
        changes = {(event.attribute, event.before, event.after) for event in entry.event_ids}
        self.assertEqual(
            changes,
            {("invoice_status", "pending", "cancelled"), ("confirmation_status", False, "R")},
        )
        self.assertIn("List: Pending → Claimed", entry.event_ids.mapped("name"))

    def test_months_are_made_as_they_arrive(self):
        self.entry()
        period = self.env["l10n_cl.rcv.period"].search([("company_id", "=", self.company.id)])
        self.assertEqual(
            (period.month, period.issue_type, period.state), ("2021-06", "received", "open")
        )
        total, whole = period.total_ids.sorted("is_sum")
        self.assertEqual((whole.is_sum, whole.title, whole.total_amount), (True, "Total", 12123))
        self.assertEqual((total.documents, total.total_amount, total.vat_amount), (1, 12123, 123))
        self.assertEqual(total.other_taxes_amount, 400)

    def test_a_moment_is_kept_in_utc(self):
        seen = datetime(2021, 6, 25, 19, 27, 4, tzinfo=UTC)
        self.assertEqual(self.entry().received_at, seen.replace(tzinfo=None))

    def test_null_is_not_zero_for_searches_and_sums(self):
        entry = self.entry()
        found = self.entries.search_count
        self.assertEqual(found([("id", "=", entry.id), ("common_use_vat", "=", False)]), 1)
        self.assertEqual(found([("id", "=", entry.id), ("common_use_vat", "=", 0)]), 0)
        self.assertEqual(found([("id", "=", entry.id), ("own_vat", "=", 0)]), 1)
        self.assertEqual(entry.read(["common_use_vat", "own_vat"])[0]["common_use_vat"], False)

    def test_amounts_beyond_two_thousand_million(self):
        self.assertEqual(self.entry(sample() | {"total_amount": 2**53 - 1}).total_amount, 2**53 - 1)

    def test_nobody_edits_the_register(self):
        entry = self.entry()
        user = new_test_user(
            self.env,
            "contador",
            groups="account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaises(AccessError):
            entry.with_user(user).write({"vat_amount": 1})
        self.assertEqual(entry.with_user(user).vat_amount, 123)
        stranger = new_test_user(
            self.env(context={}), "ajeno", groups="account.group_account_manager"
        )
        with self.assertRaises(AccessError):
            entry.with_user(stranger).with_context(allowed_company_ids=[]).read(["vat_amount"])
