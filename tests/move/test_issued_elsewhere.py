"""Invoices that another system issued: they keep their number, and their folios are left out."""

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, new_test_user

from ..taxpayer.identity_case import IdentityCase


class TestIssuedElsewhere(IdentityCase):
    def setUp(self):
        super().setUp()
        self.caf = self.cafs[33]

    def rows(self):
        return self.env["l10n_cl.dte"].search(
            [("state", "=", "elsewhere"), ("issuer_id", "=", self.issuer.id)]
        )

    def new_user(self, login, group):
        return new_test_user(
            self.env,
            login,
            group,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def old_invoice(self, number):
        """Posted before the company was an issuer: another system issued it."""
        move = self.draft(name=False)
        move.sudo().posted_before = True
        move.l10n_latam_document_number = number
        move.action_post()
        return move

    def test_an_invoice_of_another_system(self):
        move = self.old_invoice(str(self.caf.first))
        self.assertFalse(move.l10n_cl_dte_id)
        move.l10n_cl_action_issued_elsewhere()
        self.assertTrue(move.l10n_cl_issued_elsewhere)
        self.assertEqual(self.rows().mapped("folio"), [self.caf.first])
        self.assertEqual(self.post().l10n_cl_dte_id.folio, self.caf.first + 1)
        with self.assertRaises(UserError):
            move.l10n_cl_action_issued_elsewhere()

    def elsewhere_journal(self):
        journal = self.company_data["default_journal_sale"].copy({"name": "Facturador antiguo"})
        journal.l10n_cl_issued_elsewhere = True
        return journal

    def test_a_draft_of_another_system(self):
        """It keeps its number, has no document, and the next invoice passes over its folio."""
        draft = self.draft()
        draft.with_user(self.sii_manager()).l10n_cl_action_issued_elsewhere()
        self.assertTrue(draft.l10n_latam_manual_document_number)
        with self.assertRaises(UserError), self.cr.savepoint():
            draft.action_post()
        draft.l10n_latam_document_number = str(self.caf.first)
        draft.action_post()
        self.assertEqual(draft.name, f"FAC {self.caf.first:06d}")
        self.assertFalse(draft.l10n_cl_dte_ids.filtered("move_id"))
        self.assertEqual(self.rows().mapped("folio"), [self.caf.first])
        self.assertEqual(self.post().l10n_cl_dte_id.folio, self.caf.first + 1)
        self.assertNotIn("not_issued", str(self.env["l10n_cl.health"]._report(self.issuer)))

    def test_a_taken_number_is_reported_with_its_invoice(self):
        """Of another system's, or of a document of ours; alone, and beside a good one."""
        ours, theirs = self.post(), self.draft()
        theirs.l10n_cl_action_issued_elsewhere()
        theirs.l10n_latam_document_number = "9000"
        theirs.action_post()
        for other in (ours, theirs):
            with self.subTest(other.name):
                draft, good = self.draft(), self.draft()
                draft.l10n_cl_action_issued_elsewhere()
                draft.l10n_latam_document_number = other.l10n_latam_document_number
                with self.assertRaises(RedirectWarning) as refusal, self.cr.savepoint():
                    draft.action_post()
                text, action = refusal.exception.args[:2]
                self.assertIn(f"{other.name} is the number of", text)
                self.assertEqual(action["res_id"], other.id)
                wizards = self.env["validate.account.move"].with_context(
                    active_model="account.move", active_ids=(draft | good).ids
                )
                answer = wizards.create({}).validate_move()
                self.assertEqual((draft.state, good.state), ("draft", "posted"))
                self.assertIn(f"{other.name} is the number of", answer["params"]["message"])

    def test_a_draft_is_issued_here_after_all(self):
        draft = self.draft()
        draft.l10n_cl_action_issued_elsewhere()
        draft.l10n_latam_document_number = "9000"
        draft.l10n_cl_action_issue_here()
        draft.action_post()
        self.assertEqual(draft.l10n_cl_dte_id.folio, self.caf.first)

    def test_a_journal_of_another_system(self):
        journal = self.elsewhere_journal()
        with Form(
            self.env["account.move"].with_context(
                default_move_type="out_invoice", default_journal_id=journal.id
            )
        ) as form:
            form.partner_id = self.customer
            form.l10n_latam_document_type_id = self.document_type(33)
            form.l10n_latam_document_number = str(self.caf.first + 2)
            with form.invoice_line_ids.new() as line:
                line.product_id = self.cable
        move = form.record
        move.action_post()
        self.assertTrue(move.l10n_cl_issued_elsewhere)
        self.assertEqual(self.rows().mapped("folio"), [self.caf.first + 2])
        outside = self.draft(journal_id=journal.id)
        outside.l10n_latam_document_number = "77"
        outside.action_post()
        self.assertEqual(set(self.rows().mapped("folio")), {77, self.caf.first + 2})
        self.run_crons()
        self.assertFalse(self.exchanges())

    def test_a_number_that_was_issued_here_is_none_of_another_system(self):
        ours = self.post()
        move = self.draft(journal_id=self.elsewhere_journal().id)
        move.l10n_latam_document_number = str(ours.l10n_cl_dte_id.folio)
        with self.assertRaisesRegex(UserError, "used here already"), self.cr.savepoint():
            move.action_post()

    def test_a_folio_that_a_manager_marked_before(self):
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "Facturador antiguo")
        move = self.draft(journal_id=self.elsewhere_journal().id)
        move.l10n_latam_document_number = str(self.caf.first + 3)
        move.action_post()
        self.assertTrue(move.l10n_cl_issued_elsewhere)
        self.assertEqual(len(self.rows()), 10)

    def test_a_note_over_it_is_issued_here(self):
        move = self.draft()
        move.l10n_cl_action_issued_elsewhere()
        move.l10n_latam_document_number = "77"
        move.action_post()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"reason": "Anula", "journal_id": move.journal_id.id})
        )
        note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        self.assertEqual(note.l10n_cl_reference_ids.folio, "77")
        if note.state == "draft":
            note.action_post()
        self.assertTrue(note.l10n_cl_dte_id.folio)
        self.run_crons("cron_send", "cron_poll")
        # it waits for nothing here: this SII never saw 77, and answers so itself
        self.assertFalse(note.l10n_cl_dte_id.waits_for_id)
        self.assertTrue(note.l10n_cl_dte_id.track_id)

    def test_notes_are_proposed_where_they_are_issued(self):
        """Over invoices of another system's journal: in one that emits, unless chosen otherwise."""
        journal = self.elsewhere_journal()
        journal.sequence = -1
        move = self.draft(journal_id=journal.id)
        move.l10n_latam_document_number = "77"
        move.action_post()
        self.assertFalse(move.l10n_cl_dte_ids.filtered("move_id"))
        context = {"active_model": "account.move", "active_ids": move.ids}
        for model in ("account.debit.note", "account.move.reversal"):
            wizards = self.env[model].with_context(**context)
            own = wizards.create({"journal_id": journal.id})
            self.assertEqual(own.journal_id, journal)
            with Form(wizards) as form:
                self.assertTrue(form.journal_id.l10n_latam_use_documents)
                self.assertFalse(form.journal_id.l10n_cl_issued_elsewhere)
                form.reason = "Rebaja"
            done = form.record
            action = done.create_debit() if "debit" in model else done.reverse_moves()
            note = self.env["account.move"].browse(action["res_id"])
            if not note.invoice_line_ids:
                note.invoice_line_ids = [
                    Command.create({"product_id": self.cable.id, "price_unit": 500})
                ]
            if note.state == "draft":
                note.action_post()
            self.assertEqual(note.l10n_cl_reference_ids.mapped("folio"), ["77"])
            self.assertTrue(note.l10n_cl_dte_id.folio)
        # over one that is issued here nothing changes
        journal.sequence = 100
        ours = self.post()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=ours.ids
        )
        self.assertEqual(Form(wizard).journal_id, ours.journal_id)

    def test_the_number_of_another_system_stays(self):
        move = self.draft()
        move.l10n_cl_action_issued_elsewhere()
        move.l10n_latam_document_number = "77"
        move.action_post()
        for env in (self.env, self.env(su=True)):
            with self.assertRaises(AccessError), self.cr.savepoint():
                move.with_env(env).name = "FAC 000078"
        move.button_draft()
        move.l10n_latam_document_number = "78"
        self.assertEqual(move.name, "FAC 000078")

    def test_an_invoice_of_ours(self):
        with self.assertRaisesRegex(UserError, "not an invoice without"):
            self.post().l10n_cl_action_issued_elsewhere()
