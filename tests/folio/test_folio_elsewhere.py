"""Folios that another system used are rows of the ledger: never offered, shown everywhere."""

import time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user
from odoo.tools.misc import format_date

from ...sii import clock
from ..boleta_case import BoletaCase
from ..taxpayer.identity_case import IdentityCase


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

    def test_the_caf_shows_who_and_why(self):
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

    def test_marks_from_the_sii_are_not_taken_back(self):
        """Only what a manager alone stated: not what an invoice or the examination shows."""
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
            self.issuer.sudo()._found_free(self.caf.sudo(), folio)
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


class TestSummary(BoletaCase, IdentityCase):
    def test_the_summary_of_folios_leaves_them_out(self):
        boleta = self.boleta()
        caf = self.cafs[39]
        caf._mark_used_elsewhere(caf.first + 1, caf.first + 20, "Otro sistema")
        documents = self.issuer.sudo()._documents_of_day(boleta.l10n_cl_dte_id.issued_on)
        self.assertEqual(documents, boleta.l10n_cl_dte_id.sudo())
