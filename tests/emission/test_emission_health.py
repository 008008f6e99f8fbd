"""Nothing that was paid or came due is lost from sight: card, figures, watchdog, activities."""

import json

from .emission_case import EmissionCase


class TestEmissionHealth(EmissionCase):
    def card(self):
        journal = self.company_data["default_journal_sale"]
        journal.invalidate_recordset()
        return json.loads(journal.kanban_dashboard)["l10n_cl_sii"]

    def report(self):
        (issuer,) = self.env["l10n_cl.health"]._report(self.issuer)["issuers"]
        return issuer["emission"]

    def findings(self):
        return [each.code for each in self.env["l10n_cl.health"]._findings(self.issuer)]

    def test_parked_and_due(self):
        due = self.statement(days=-2)
        self.customer.street = False
        self.pay(self.statement())
        self.run_requests()
        card, report = self.card(), self.report()
        self.assertEqual((card["parked"], card["due_unpaid"]), (1, 1))
        self.assertEqual((report["parked"], report["due_unpaid"]), (1, 1))
        self.assertIn("parked", self.findings())
        self.assertIn(due.request_id, self.opened("due_unpaid"))
        self.customer.street = "Los Leones 55"
        self.run_requests()
        self.assertEqual(self.card()["parked"], 0)
        self.assertNotIn("parked", self.findings())

    def opened(self, name):
        """What the link of the card lists."""
        journal = self.company_data["default_journal_sale"]
        action = journal.with_context(
            **{f"search_default_{name}": 1}
        ).l10n_cl_action_open_requests()
        self.assertEqual(action["context"], {f"search_default_{name}": 1})
        arch = self.env[action["res_model"]].get_view(False, "search")["arch"]
        self.assertIn(f'name="{name}"', arch)
        domain = self.env["l10n_cl.health"]._due_unpaid_domain()
        return self.env[action["res_model"]].search(domain)

    def test_paid_and_its_document_undone(self):
        """Its folio was another document's: the money is reported until it has a document."""
        statement = self.statement()
        self.pay(statement)
        self.run_requests()
        move = statement.move_id
        self.assertEqual(self.report()["paid_without_document"], 0)
        move.l10n_cl_dte_id.sudo()._move_to("foreign", "another's")
        move.l10n_cl_action_give_up_folio()
        self.assertEqual(self.report()["paid_without_document"], 1)
        self.assertIn("No tax document stands for that money", self.issuer.alarms)
        move.button_cancel()
        self.assertEqual(self.report()["paid_without_document"], 1)
        move.button_draft()
        move.action_post()
        self.assertEqual(self.report()["paid_without_document"], 0)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertEqual((statement.state, move.payment_state), ("paid", "paid"))

    def test_paid_without_request(self):
        """Nothing of ours leaves one behind; a program that wrote to the database may."""
        statement = self.statement()
        self.pay(statement)
        statement.sudo().request_id.unlink()
        self.assertEqual(self.report()["paid_without_request"], 1)
        self.assertIn("unrequested", self.findings())
        statement.order_id.l10n_cl_emit()
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertNotIn("unrequested", self.findings())

    def test_ready_for_too_long(self):
        statement = self.statement()
        self.pay(statement)
        self.assertNotIn("not_emitted", self.findings())
        statement.sudo().request_id.ready_at = "2020-01-01"
        self.assertIn("not_emitted", self.findings())
        self.assertEqual(self.report()["ready_too_long"], 1)

    def test_the_watchdog_calls_and_takes_back(self):
        self.customer.street = False
        self.pay(self.statement())
        self.run_requests()
        self.issuer._cron_watchdog()
        findings = self.issuer.activity_ids.mapped("l10n_cl_findings")
        self.assertTrue(any("parked" in names for names in findings))
        self.customer.street = "Los Leones 55"
        self.run_requests()
        self.issuer._cron_watchdog()
        self.issuer.invalidate_recordset()
        findings = self.issuer.activity_ids.mapped("l10n_cl_findings")
        self.assertFalse(any("parked" in names for names in findings))
