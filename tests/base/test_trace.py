"""Traces: a manager reads them, nobody writes them, and what is taken back leaves them."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

GROUP = "l10n_cl_sii.group_manager"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTrace(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.env.company
        cls.theirs = cls.env["res.company"].create({"name": "Otra SpA"})
        cls.traces = cls.env["l10n_cl.trace"]

    def manager(self, company, groups=GROUP):
        return new_test_user(
            self.env,
            f"trace {company.id} {groups}",
            f"base.group_user,{groups}",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def test_a_manager_reads_the_lines_of_his_company_alone(self):
        mine = self.traces._leave("key_loaded", self.ours, "A key", self.ours.partner_id)
        other = self.traces._leave("key_loaded", self.theirs, "Another key")
        manager = self.manager(self.ours)
        seen = self.traces.with_user(manager).search([])
        self.assertIn(mine, seen)
        self.assertNotIn(other, seen)
        self.assertEqual(
            (mine.user_id, mine.res_model, mine.res_id),
            (self.env.user, "res.partner", self.ours.partner_id.id),
        )
        with self.assertRaises(AccessError):
            other.with_user(manager).read(["text"])

    def test_nobody_writes_or_deletes_them(self):
        line = self.traces._leave("key_loaded", self.ours, "A key")
        for groups in (GROUP, "account.group_account_manager", "base.group_system"):
            mine = line.with_user(self.manager(self.ours, groups))
            for change in (
                lambda mine=mine: mine.write({"text": "Nothing"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"kind": "program", "text": "x"}),
            ):
                with self.subTest(groups=groups), self.assertRaises(AccessError):
                    change()

    def test_a_clerk_does_not_read_them(self):
        clerk = self.manager(self.ours, "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.traces.with_user(clerk).search([])

    def test_they_end_after_180_days(self):
        old = self.traces._leave("program", self.ours, "Long ago")
        new = self.traces._leave("program", self.ours, "Now")
        old.sudo().last_at = fields.Datetime.now() - timedelta(days=181)
        new.sudo().last_at = fields.Datetime.now() - timedelta(days=179)
        self.traces._gc_old()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())

    def test_what_is_counted_together_is_one_line(self):
        with self.enter_registry_test_mode():
            for _time in range(3):
                self.traces._count("login_refused", self.ours, "Wrong", "client 1", daily=True)
            self.traces._count("login_refused", self.ours, "Wrong", "client 2", times=5, daily=True)
        lines = self.traces.search([("text", "=", "Wrong")], order="id")
        self.assertEqual(lines.mapped("times"), [3, 5])

    def test_a_flood_is_one_line(self):
        with self.enter_registry_test_mode():
            for number in range(200):
                self.traces._count("login_refused", self.ours, "Flood", f"client {number}")
        lines = self.traces.search([("kind", "=", "login_refused")])
        # the minute may have ended in between
        self.assertLess(len(lines), 130)
        self.assertEqual(sum(lines.mapped("times")), 200)
        self.assertFalse(lines.filtered(lambda line: line.text != "Flood").company_id)
