"""The books are compared with the documents, and what differs is reported, whoever changed it."""

from odoo.tools import SQL

from ..access.guard_case import GuardCase


class TestBooks(GuardCase):
    CHANGES = {
        "number": "UPDATE account_move SET name = 'FAC 888888' WHERE id = %(move)s",
        "type": "UPDATE account_move SET l10n_latam_document_type_id = %(type)s"
        " WHERE id = %(move)s",
        "total": "UPDATE account_move SET amount_total_signed = 1 WHERE id = %(move)s",
        "lines": "UPDATE account_move_line SET balance = balance * 2 WHERE move_id = %(move)s",
        "date": "UPDATE account_move SET invoice_date = '2020-01-01' WHERE id = %(move)s",
        "state": "UPDATE account_move SET state = 'draft' WHERE id = %(move)s",
        "shown": "UPDATE account_move SET l10n_cl_dte_state = 'rejected' WHERE id = %(move)s",
        "link": "UPDATE account_move SET l10n_cl_dte_id = NULL WHERE id = %(move)s",
        "receiver": "UPDATE account_move SET partner_id = %(other)s, commercial_partner_id ="
        " %(other)s WHERE id = %(move)s",
        "company": "UPDATE account_move SET company_id = %(company)s WHERE id = %(move)s",
        "no_invoice": "UPDATE l10n_cl_dte SET move_id = NULL WHERE id = %(document)s",
        "second": "UPDATE account_move SET l10n_cl_dte_id = %(document)s WHERE id = %(draft)s",
        "snapshot_total": "UPDATE l10n_cl_dte SET amount_total = 7 WHERE id = %(document)s",
        "snapshot_receiver": "UPDATE l10n_cl_dte SET receiver_rut = '1-9' WHERE id = %(document)s",
    }

    def found(self):
        findings = self.env["l10n_cl.health"]._findings(self.issuer)
        return [each for each in findings if each.code == "books"]

    def test_a_change_by_anyone_is_reported_until_undone(self):
        """Straight in the database: no guard sees it, the nightly comparison does."""
        move = self.accepted()
        data = {
            "move": move.id,
            "document": move.l10n_cl_dte_id.id,
            "draft": self.draft().id,
            "type": self.document_type(34).id,
            "other": self._create_customer(vat="76192083-9", name="Otro").id,
            "company": self.other_company.id,
        }
        self.run_books()
        self.assertFalse(self.found())
        for kind, statement in self.CHANGES.items():
            with self.subTest(kind):
                with self.env.cr.savepoint() as changed:
                    self.env.cr.execute(statement, data)
                    self.run_books()
                    kinds = {each.data["kind"]: each for each in self.found()}
                    self.assertIn(kind, kinds)
                    self.assertIn(
                        kinds[kind].data["said"] if kind != "company" else "",
                        self.issuer.alarms,
                    )
                    changed.rollback()
                self.env.invalidate_all()
                self.run_books()
                self.assertFalse(self.found())

    def test_the_days_changes_are_compared(self):
        move = self.accepted()
        self.env.cr.execute(
            "UPDATE account_move SET name = 'FAC 777', write_date = now() AT TIME ZONE 'UTC'"
            " WHERE id = %s",
            move.ids,
        )
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_books_changes").method_direct_trigger()
        self.assertEqual([each.data["books"] for each in self.found()], ["FAC 777"])

    def test_what_was_written_lately_is_found_without_reading_all(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for table in ("account_move", "l10n_cl_dte"):
            self.env.cr.execute(
                SQL(
                    "EXPLAIN SELECT id FROM %s WHERE write_date >= now() - interval '2 hours'",
                    SQL.identifier(table),
                )
            )
            plan = " ".join(row[0] for row in self.env.cr.fetchall())
            self.assertIn("written_idx", plan)

    def test_a_manager_is_called_once(self):
        move = self.accepted()
        self.env.cr.execute("UPDATE account_move SET name = 'FAC 777' WHERE id = %s", move.ids)
        self.env.invalidate_all()
        self.run_books()
        issuers = self.env["l10n_cl.issuer"].sudo()
        manager = self.people["manager"]
        for _hour in range(2):
            issuers._cron_watchdog()
            mine = self.issuer.sudo().activity_ids.filtered(lambda each: each.user_id == manager)
            self.assertEqual(len(mine), 1)
            self.assertIn("FAC 777", mine.note)

    def test_what_a_document_may_become_differs_from_nothing(self):
        """Foreign currency, notes, boletas, rejected and corrected ones."""
        accepted = self.accepted(lines=[{"price_unit": 999.5}, {"discount": 12.5}])
        self.boleta()
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=accepted.ids
        )
        wizard = reversal.create({"journal_id": accepted.journal_id.id, "reason": "x"})
        wizard.reverse_moves()
        wizard.new_move_ids.action_post()
        self.run_crons()
        self.run_books()
        self.assertFalse([each.data for each in self.found()])

    def run_books(self):
        self.env.flush_all()
        self.env.invalidate_all()
        documents = self.env["l10n_cl.dte"].sudo().search([("issuer_id", "=", self.issuer.id)])
        self.env["l10n_cl.books.difference"].sudo()._compare(documents.ids)
