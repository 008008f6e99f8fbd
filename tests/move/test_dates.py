"""A date that cannot be is refused; one that is far from today is asked about, by hand."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form

from ...sii import clock
from ..boleta_case import BoletaCase
from ..common import RESOLUTION_DATE


class TestMoveDates(BoletaCase):
    def asked(self, moves):
        """The wizard that Odoo's button opens, or nothing when it confirms at once."""
        found = moves.with_context(disable_abnormal_invoice_detection=False).action_post()
        if isinstance(found, dict) and found.get("res_model") == "validate.account.move":
            return self.env["validate.account.move"].browse(found["res_id"])
        return self.env["validate.account.move"]

    def test_what_cannot_be(self):
        resolved = fields.Date.to_date(RESOLUTION_DATE)
        today = clock.today()
        for code in (33, 34, 39, 61):
            for day, phrase in (
                (resolved - timedelta(days=1), "resolution"),
                (resolved - timedelta(days=70), "resolution"),
                (today + timedelta(days=1), "still to come"),
                (today + timedelta(days=365), "still to come"),
            ):
                lines = [{"tax_ids": False}] if code == 34 else None
                move = self.draft(code, lines, invoice_date=day)
                with self.subTest(code=code, day=day):
                    with self.assertRaisesRegex(UserError, phrase), self.cr.savepoint():
                        move.action_post()
                    self.assertFalse(move.l10n_cl_dte_ids)

    def test_what_is_far_is_asked(self):
        today = clock.today()
        for day in (today - timedelta(days=4), today - timedelta(days=300)):
            move = self.draft(invoice_date=day)
            wizard = self.asked(move)
            with self.subTest(day=day):
                self.assertTrue(wizard)
                self.assertEqual(move.state, "draft")
                self.assertIn(move.partner_id.display_name, wizard.l10n_cl_dates)
                self.assertIn("dated", move.abnormal_date_warning)
                wizard.validate_move()
                self.assertEqual(move.state, "posted")
                self.assertEqual(move.l10n_cl_dte_id.issued_on, day)

    def test_what_is_to_come_may_wait_for_its_day(self):
        move = self.draft(invoice_date=clock.today() + timedelta(days=9))
        wizard = self.asked(move)
        self.assertIn("still to come", wizard.l10n_cl_dates)
        with Form(wizard) as form:
            form.force_post = True
        with self.assertRaisesRegex(UserError, "still to come"), self.cr.savepoint():
            wizard.validate_move()
        wizard.force_post = False
        wizard.validate_move()
        self.assertEqual((move.state, move.auto_post), ("draft", "at_date"))
        self.assertFalse(move.l10n_cl_dte_ids)

    def test_the_month_before(self):
        """On the first days of a month the day before is another period."""
        today = clock.today()
        day = today - timedelta(days=2)
        move = self.draft(invoice_date=day)
        self.assertEqual(bool(self.asked(move)), day.month != today.month)

    def test_an_order_of_tomorrow_is_not_cited(self):
        cited = {"l10n_cl_reference_doc_type_selection": "801", "folio": "OC 7"}
        tomorrow = clock.today() + timedelta(days=1)
        move = self.draft(
            l10n_cl_reference_ids=[Command.create({**cited, "issued_on": tomorrow})],
        )
        with self.assertRaisesRegex(UserError, "Reference OC 7 is dated"), self.cr.savepoint():
            move.action_post()
        move.l10n_cl_reference_ids.issued_on = clock.today()
        move.action_post()
        self.assertEqual(move.state, "posted")

    def test_alerts_that_are_ignored_for_a_customer_are_of_his_habits(self):
        self.customer.ignore_abnormal_invoice_date = True
        self.assertTrue(self.asked(self.draft(invoice_date=clock.today() - timedelta(days=5))))

    def test_today_is_not_asked(self):
        for day in (False, clock.today()):
            self.assertFalse(self.asked(self.draft(invoice_date=day)))

    def test_programs_are_not_asked(self):
        move = self.post(invoice_date=clock.today() - timedelta(days=5))
        self.assertEqual(move.state, "posted")

    def test_what_is_only_recorded(self):
        """A bill of a supplier, and whoever does not issue here."""
        self.issuer.sudo().emits_since = False
        self.assertFalse(self.asked(self.draft(invoice_date="2019-01-02")))
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2019-01-02",
                "l10n_latam_document_type_id": self.document_type(33).id,
                "l10n_latam_document_number": "77",
                "invoice_line_ids": [Command.create({"name": "x", "price_unit": 10})],
            }
        )
        self.assertFalse(bill._l10n_cl_is_far())
