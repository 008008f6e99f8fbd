"""The wizard shows what each invoice will become, what is in its way, and emits what can be."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import CUSTOMER_RUT, SiiCase


class TestEmitWizard(SiiCase):
    def wizard(self, moves):
        action = moves.l10n_cl_action_emit()
        self.assertEqual(action["res_model"], "l10n_cl.emit")
        return self.env["l10n_cl.emit"].browse(action["res_id"])

    def line(self, wizard, move):
        wizard.invalidate_recordset()
        wizard.line_ids.invalidate_recordset()
        return wizard.line_ids.filtered(lambda line: line.move_id == move)

    def problem(self, wizard, phrase):
        [found] = [each for each in wizard.problems.values() if phrase in each["message"]]
        return found

    def test_shows_what_each_will_become(self):
        move = self.draft(lines=[{"quantity": 3}, {"price_unit": 500, "tax_ids": False}])
        line = self.line(self.wizard(move), move)
        self.assertEqual(line.document_type_id.code, "33")
        self.assertEqual(
            (line.receiver_name, line.receiver_rut), (self.customer.name, CUSTOMER_RUT)
        )
        self.assertEqual((line.net, line.exempt, line.vat, line.total), (3000, 500, 570, 4070))
        self.assertEqual((line.state, line.outcome), ("ready", False))
        self.assertEqual(move.state, "draft")

    def check(self, move):
        return self.env["l10n_cl.emit"].browse(move.l10n_cl_action_check()["res_id"])

    def test_would_the_sii_accept_it(self):
        move = self.draft()
        self.assertTrue(self.check(move).is_acceptable)
        self.assertEqual((move.state, move.name, move.l10n_cl_dte_id.id), ("draft", False, False))
        left = self.issuer._folios_left(33)
        self.assertTrue(self.check(move).is_acceptable)
        self.assertEqual(self.issuer._folios_left(33), left)

    def test_it_would_not(self):
        self.customer.l10n_cl_activity_description = False
        move = self.draft()
        wizard = self.check(move)
        self.assertFalse(wizard.is_acceptable)
        self.assertTrue(self.problem(wizard, "Customer, giro"))
        self.assertEqual(move.state, "draft")

    def test_where_to_correct_it_is_shown_in_the_user_s_language(self):
        self.env["res.lang"]._activate_lang("es_CL")
        self.env["ir.model"]._get("l10n_cl.caf").with_context(lang="es_CL").name = "Autorización"
        folios = self.env["l10n_cl.caf"].with_context(lang="es_CL")
        line = self.env["l10n_cl.emit.line"].with_context(lang="es_CL")
        self.assertIn("Autorización", line._problem("No folios", folios)["action_text"])

    def test_what_only_the_signing_finds(self):
        """Names in which every character is escaped make a stamp that fits in no bar code."""
        self.customer.name = "&" * 40
        move = self.draft(lines=[{"name": "&" * 80} for _line in range(2)])
        self.company.name = "&" * 100
        wizard = self.check(move)
        line = self.line(wizard, move)
        self.assertEqual((wizard.is_acceptable, line.state), (False, "failed"), line.outcome)

    def test_one_wrong_invoice_does_not_stop_the_others(self):
        wrong = self._create_customer(
            name="Sin Giro SpA", vat="77123456-9", l10n_cl_activity_description=False
        )
        moves = self.draft() + self.draft(partner_id=wrong.id) + self.draft()
        wizard = self.wizard(moves)
        self.assertEqual(wizard.ready_count, 2)
        found = self.problem(wizard, "Sin Giro SpA: Customer, giro")
        self.assertEqual(
            (found["action"]["res_model"], found["action"]["res_id"]), ("res.partner", wrong.id)
        )
        wizard.action_emit()
        self.assertEqual(moves.mapped("state"), ["posted", "draft", "posted"])
        self.assertEqual(moves[1].name, False)
        folios = (moves - moves[1]).l10n_cl_dte_ids.mapped("folio")
        self.assertEqual(max(folios) - min(folios), 1)
        self.assertEqual(self.line(wizard, moves[0]).outcome, moves[0].name)
        self.assertEqual(self.line(wizard, moves[1]).state, "blocked")

    def test_corrected_it_can_go(self):
        self.customer.l10n_cl_activity_description = False
        move = self.draft()
        wizard = self.wizard(move)
        self.assertEqual(wizard.ready_count, 0)
        wizard.action_emit()
        self.assertEqual(move.state, "draft")
        self.customer.l10n_cl_activity_description = "Comercio"
        self.assertEqual(self.line(wizard, move).state, "ready")
        wizard.action_emit()
        self.assertEqual(self.line(wizard, move).state, "emitted")
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_every_problem_leads_to_its_record(self):
        self.issuer.sudo().acteco_ids = False
        self.company.street = False
        self.customer.street = False
        wizard = self.wizard(self.draft(lines=[{"name": "株式会社"}]))
        places = {
            "Issuer: at least one activity": self.issuer,
            "Company: the street": self.company,
            "Customer, street": self.customer,
            "Line 1, name": wizard.line_ids.move_id,
        }
        for phrase, record in places.items():
            action = self.problem(wizard, phrase)["action"]
            self.assertEqual(
                (action["res_model"], action["res_id"]), (record._name, record.id), phrase
            )

    def test_nothing_set_up_at_all(self):
        self.issuer.active = False
        wizard = self.wizard(self.draft() + self.draft())
        self.assertEqual(len(wizard.problems), 1)
        action = self.problem(wizard, "not set up as issuer")["action"]
        self.assertEqual(action["res_model"], "l10n_cl.issuer")

    def test_the_last_folios_go_to_the_first_invoices(self):
        self.cafs[33].active = False
        self.load_caf(33, count=2)
        moves = self.draft() + self.draft() + self.draft()
        wizard = self.wizard(moves)
        self.assertEqual(wizard.ready_count, 2)
        action = self.problem(wizard, "needed 3, left 2")["action"]
        self.assertEqual(action["res_model"], "l10n_cl.caf")
        wizard.action_emit()
        self.assertEqual(moves.mapped("state"), ["posted", "posted", "draft"])

    def test_lines_not_emitted_show_why(self):
        posted = self.post()
        entry = self.env["account.move"].create({"move_type": "entry"})
        wizard = self.wizard(posted + entry)
        self.assertEqual(wizard.ready_count, 0)
        self.assertIn(posted.name, self.line(wizard, posted).outcome)
        self.assertEqual(self.line(wizard, entry).state, "skipped")
        self.assertFalse(wizard.problems)

    def test_a_failure_while_posting_is_reported_and_leaves_no_trace(self):
        good, bad = self.draft(), self.draft()
        wizard = self.wizard(good + bad)
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "000-111", "partner_id": self.company.partner_id.id}
        )
        bad.partner_bank_id = bank
        bank.active = False
        wizard.action_emit()
        self.assertEqual((good.state, bad.state), ("posted", "draft"))
        line = self.line(wizard, bad)
        self.assertEqual(line.state, "failed")
        self.assertTrue(line.outcome)
        self.assertFalse(bad.sudo().l10n_cl_dte_ids)

    def test_a_clerk_emits_and_a_reader_does_not(self):
        groups = "account.group_account_invoice,base.group_user"
        clerk = new_test_user(self.env, "clerk", groups, company_id=self.company.id)
        reader = new_test_user(
            self.env,
            "reader",
            "account.group_account_readonly,base.group_user",
            company_id=self.company.id,
        )
        move = self.draft()
        with self.assertRaises(AccessError):
            move.with_user(reader).l10n_cl_action_emit()
        wizard = self.wizard(move.with_user(clerk)).with_user(clerk)
        self.assertFalse(wizard.problems)
        wizard.action_emit()
        self.assertEqual(move.state, "posted")


class TestConfirm(SiiCase):
    """The form's button lists what is in the way; programs get an error."""

    def test_confirmed(self):
        move = self.draft()
        move.l10n_cl_action_confirm()
        self.assertEqual(move.l10n_cl_dte_state, "signed")

    def test_mended_and_checked_again(self):
        self.customer.l10n_cl_activity_description = False
        move = self.draft()
        action = move.l10n_cl_action_confirm()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((move.state, move.name), ("draft", False))
        self.assertEqual(wizard.line_ids.state, "blocked")
        with self.assertRaises(UserError):
            move.action_post()
        self.customer.l10n_cl_activity_description = "Ferretería"
        wizard.invalidate_recordset()
        wizard.line_ids.invalidate_recordset()
        self.assertEqual(wizard.line_ids.state, "ready")
        self.assertFalse(wizard.problems)
        wizard.action_check_again()
        self.assertTrue(wizard.is_acceptable)
        wizard.action_emit()
        self.assertEqual(move.l10n_cl_dte_state, "signed")

    def test_what_odoo_refuses_is_listed(self):
        move = self.draft()
        self.customer.l10n_cl_sii_taxpayer_type = False
        action = move.l10n_cl_action_confirm()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        [problem] = wizard.problems.values()
        self.assertEqual(problem["action"]["res_model"], "res.partner")
        self.assertEqual(problem["action"]["res_id"], self.customer.id)
