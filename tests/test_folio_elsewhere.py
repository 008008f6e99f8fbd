"""Folios that another system used are rows of the ledger: never offered, told of everywhere."""

import time

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, new_test_user
from odoo.tools.misc import format_date

from ..sii import clock
from .boleta_case import BoletaCase
from .identity_case import IdentityCase


class TestElsewhere(IdentityCase):
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

    def test_used_up_to(self):
        manager = self.new_user("jefe_folios", "account.group_account_manager")
        form = Form(
            self.env["l10n_cl.caf.used"].with_user(manager).with_context(default_caf_id=self.caf.id)
        )
        form.up_to = self.caf.first + 39
        form.why = "Facturador antiguo"
        form.save().action_mark()
        rows = self.rows()
        self.assertEqual(len(rows), 40)
        self.assertEqual(set(rows.mapped("sii_text")), {"Facturador antiguo"})
        self.assertEqual(rows.create_uid, manager)
        self.assertEqual(self.caf.left, 60)
        self.assertEqual(self.issuer._folios_left(33), 60)
        self.assertIn("Facturador antiguo", self.issuer.message_ids[0].body)
        move = self.post()
        self.assertEqual(move.l10n_cl_dte_id.folio, self.caf.first + 40)

    def test_the_caf_tells_who_and_why(self):
        """Runs of folios of the same author and reason, for whoever may see the CAF."""
        self.assertFalse(self.caf.used_elsewhere)
        first, manager = self.caf.first, self.sii_manager()
        self.caf.with_user(manager).sudo()._mark_used_elsewhere(first, first + 2, "Antiguo")
        own = self.post()
        self.assertEqual(own.l10n_cl_dte_id.folio, first + 3)
        self.caf.with_user(manager).sudo()._mark_used_elsewhere(first, first + 5, "Antiguo")
        self.issuer._mark_used_elsewhere(self.document_type(33), first + 6, first + 6, "El SII")
        clerk = self.member("mirona", "account.group_account_invoice")
        with Form(self.caf.with_user(clerk)) as form:
            lines = form.used_elsewhere.splitlines()
        day = format_date(self.env, clock.today())
        self.assertEqual(
            lines,
            [
                f"{first}-{first + 2}: Antiguo ({manager.name}, {day})",
                f"{first + 4}-{first + 5}: Antiguo ({manager.name}, {day})",
                f"{first + 6}: El SII ({self.env.user.name}, {day})",
            ],
        )

    def test_a_long_list_is_cut(self):
        for folio in range(self.caf.first, self.caf.first + 25):
            self.caf._mark_used_elsewhere(folio, folio, f"Factura {folio}")
        lines = self.caf.used_elsewhere.splitlines()
        self.assertEqual((len(lines), lines[-1]), (21, "and 5 more ranges."))

    def test_all_of_it(self):
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.last, "Otro sistema")
        self.assertEqual((self.caf.left, self.caf.state), (0, "exhausted"))
        with self.assertRaisesRegex(UserError, "no folios left"):
            self.post()

    def test_what_odoo_issued_stays(self):
        move = self.post()
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "Otro sistema")
        self.assertEqual(len(self.rows()), 9)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_twice_is_once(self):
        self.assertEqual(self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 4, "a"), 5)
        self.assertEqual(self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "b"), 5)

    def test_taken_back(self):
        """A wrong number is no end: the folios are free again, and taken from the first one on."""
        own = self.post()
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 49, "Otro sistema")
        self.assertTrue(self.caf.may_take_back)
        clerk = self.member("cajera", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.caf.with_user(clerk).action_take_back()
        self.caf.with_user(self.sii_manager()).action_take_back()
        self.assertFalse(self.caf.may_take_back)
        self.assertEqual((self.rows(), self.caf.left), (self.rows().browse(), 99))
        self.assertIn("taken back", self.issuer.message_ids[0].body)
        self.assertEqual(self.post().l10n_cl_dte_id.folio, own.l10n_cl_dte_id.folio + 1)
        with self.assertRaisesRegex(UserError, "Nobody said"):
            self.caf.with_user(self.sii_manager()).action_take_back()

    def test_not_after_one_was_used_here(self):
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "Otro sistema")
        move = self.post()
        self.run_crons()
        with self.assertRaisesRegex(UserError, move.l10n_cl_dte_id.display_name):
            self.caf.with_user(self.sii_manager()).action_take_back()
        self.assertEqual(len(self.rows()), 10)

    def test_what_the_sii_said_is_not_taken_back(self):
        """Only what nobody but a manager says: not what an invoice or the examination shows."""
        self.issuer._mark_used_elsewhere(
            self.document_type(33), self.caf.first, self.caf.first + 4, "El SII lo tiene"
        )
        self.assertFalse(self.caf.may_take_back)
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "Otro sistema")
        self.caf.with_user(self.sii_manager()).action_take_back()
        self.assertEqual(len(self.rows()), 5)

    def test_a_folio_that_was_given_up_as_foreign_stays(self):
        taken = self.another_holds()
        move = self.post()
        self.run_crons()
        move.l10n_cl_action_give_up_folio()
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "Otro sistema")
        self.caf.with_user(self.sii_manager()).action_take_back()
        self.assertEqual(self.rows().mapped("folio"), [taken])

    def test_gaps_below_are_not_offered_unasked(self):
        """The SII called some free before; of those that another system's invoice skips nobody
        knows."""
        first = self.caf.first
        self.issuer._mark_used_elsewhere(
            self.document_type(33), first + 3, first + 3, "El SII lo tiene"
        )
        for folio in (first, first + 1, first + 2):
            self.caf.sudo()._found_free(folio)
        self.issuer._mark_used_elsewhere(
            self.document_type(33), first + 50, first + 50, "Otro sistema"
        )
        self.assertEqual(self.caf.left, 3 + 100 - 51)
        taken = [self.post().l10n_cl_dte_id.folio for _one in range(4)]
        self.assertEqual(taken, [first, first + 1, first + 2, first + 51])

    def test_outside_of_the_range(self):
        for first, last in (
            (self.caf.first, self.caf.last + 1),
            (self.caf.first - 1, self.caf.last),
            (self.caf.last, self.caf.first),
        ):
            with self.assertRaisesRegex(UserError, "This CAF holds"):
                self.caf._mark_used_elsewhere(first, last, "x")
        with self.assertRaisesRegex(UserError, "more than"):
            self.issuer._mark_used_elsewhere(self.document_type(33), 1, 10**17, "x")

    def test_many_at_once(self):
        caf = self.load_caf(33, 20_000)
        start = time.perf_counter()
        caf._mark_used_elsewhere(caf.first, caf.last, "Otro sistema")
        self.assertLess(time.perf_counter() - start, 5)
        self.assertEqual(caf.left, 0)

    def test_before_the_caf_is_loaded(self):
        """What the former system used is known although nobody loads its CAFs."""
        next_caf = self.sii.cafs()
        highest = max(each["last"] for each in next_caf if each["type"] == 33)
        marked = self.issuer._mark_used_elsewhere(
            self.document_type(33), highest + 1, highest + 10, "Otro sistema"
        )
        self.assertEqual(marked, 10)
        caf = self.load_caf(33, 50)
        self.assertEqual((caf.first, caf.left), (highest + 1, 40))

    def test_never_deleted(self):
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first, "Otro sistema")
        with self.assertRaisesRegex(UserError, "evidence"):
            self.rows().sudo().unlink()

    def test_only_a_manager(self):
        clerk = self.new_user("vendedor_folios", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.env["l10n_cl.caf.used"].with_user(clerk).create(
                {"caf_id": self.caf.id, "up_to": 5, "why": "x"}
            ).action_mark()

    def test_nothing_else_counts_them(self):
        """No verdict, no alarm, no list of what waits; the list shows them when asked."""
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.first + 9, "Otro sistema")
        self.assertFalse(self.issuer.alarms)
        report = self.env["l10n_cl.health"]._report(self.issuer)
        self.assertNotIn("elsewhere", str(report["issuers"][0]["findings"]))
        self.assertIsNone(report["issuers"][0]["oldest_waiting_since"])
        self.run_crons()
        self.assertFalse(self.exchanges())
        action = self.env["ir.actions.act_window"]._for_xml_id("l10n_cl_sii.dte_action")
        self.assertIn("search_default_ours", action["context"])

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

    def test_a_number_that_is_taken_is_told_with_its_invoice(self):
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
                with self.assertRaises(RedirectWarning) as told, self.cr.savepoint():
                    draft.action_post()
                text, action = told.exception.args[:2]
                self.assertIn(f"{other.name} is the number of", text)
                self.assertEqual(action["res_id"], other.id)
                wizards = self.env["validate.account.move"].with_context(
                    active_model="account.move", active_ids=(draft | good).ids
                )
                said = wizards.create({}).validate_move()
                self.assertEqual((draft.state, good.state), ("draft", "posted"))
                self.assertIn(f"{other.name} is the number of", said["params"]["message"])

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
        # it waits for nothing here: this SII never saw 77, and says so itself
        self.assertFalse(note.l10n_cl_dte_id.waits_for_id)
        self.assertTrue(note.l10n_cl_dte_id.track_id)

    def test_notes_are_proposed_where_they_are_issued(self):
        """Over invoices of another system's journal: in one that emits, unless told otherwise."""
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


class TestSummary(BoletaCase, IdentityCase):
    def test_the_summary_of_folios_leaves_them_out(self):
        boleta = self.boleta()
        caf = self.cafs[39]
        caf._mark_used_elsewhere(caf.first + 1, caf.first + 20, "Otro sistema")
        documents = self.issuer.sudo()._documents_of_day(boleta.l10n_cl_dte_id.issued_on)
        self.assertEqual(documents, boleta.l10n_cl_dte_id.sudo())
