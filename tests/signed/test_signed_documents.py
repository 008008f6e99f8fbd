"""What a signed document states cannot be changed on its invoice, by anybody."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError

from ...models.signed import account_move as move_signed
from ...models.signed import account_move_line as move_signed_lines
from ..access.guard_case import GuardCase

# Stored fields of ours on invoices that no document states and that people may write
_OPEN_ON_MOVES = set()


class TestSignedInvoices(GuardCase):
    def test_every_field_of_ours_is_decided(self):
        ours = self.env["account.move"]._l10n_cl_ours()
        known = move_signed.SIGNED_FIELDS | ours | _OPEN_ON_MOVES
        for name, field in self.env["account.move"]._fields.items():
            if name.startswith("l10n_cl_") and field.store and field.column_type:
                if field.related and not field.store:
                    continue
                self.assertIn(name, known, "in the document, ours alone, or open?")

    def test_signed_values_cannot_be_written(self):
        """B3, each field, by each of them, with the contexts that Odoo itself opens doors for."""
        move = self.accepted()
        before = move.sudo().read()[0]
        self.post(partner_id=self._create_customer(vat="76192083-9", name="Otro").id)
        self.env["l10n_cl.branch"].sudo().create({"name": "Otra"})
        self.env["l10n_cl.vehicle"].sudo().create({"plate": "ABCD12"})
        doors = {"skip_readonly_check": True, "check_move_validity": False, "force_delete": True}
        names = sorted(move_signed.SIGNED_FIELDS | move._l10n_cl_ours())
        for person in self.people.values():
            for name in names:
                values = {name: self.other_value(move, name)}
                if name == "payment_state":
                    values = {name: "paid"}
                if name in ("state", "move_type"):
                    values = {name: {"state": "draft", "move_type": "entry"}[name]}
                theirs = move.with_user(person).with_context(**doors)
                if theirs._fields[name].type == "one2many" and name in move_signed.SIGNED_FIELDS:
                    continue
                with self.assertRaises(UserError, msg=name):
                    theirs.write(values)
            for state in ("draft", "cancel"):
                with self.assertRaises(AccessError):
                    move.with_user(person).write({"state": state})
        self.env.invalidate_all()
        after = move.sudo().read()[0]
        changed = {name for name in before if before[name] != after[name]}
        self.assertFalse(changed & set(names))

    def test_lines_cannot_be_written_added_nor_deleted(self):
        move = self.accepted()
        draft = self.draft()
        for person in self.people.values():
            theirs = move.with_user(person).with_context(
                skip_readonly_check=True,
                check_move_validity=False,
                force_delete=True,
                dynamic_unlink=True,
                _force_unlink=True,
            )
            line = theirs.invoice_line_ids
            for name in sorted(move_signed_lines.SIGNED_FIELDS):
                field = line._fields[name]
                values = {name: self.other_value(line, name)}
                if name == "move_id":
                    values = {name: draft.id}
                if name == "partner_id":
                    values = {name: self.env.ref("base.main_partner").id}
                if name == "display_type":
                    values = {name: "line_note"}
                with self.assertRaises(UserError, msg=f"{name} {field.type}"):
                    line.write(values)
            for commands in (
                [Command.update(line.id, {"price_unit": 1})],
                [Command.delete(line.id)],
                [Command.unlink(line.id)],
                [Command.clear()],
                [Command.set([])],
                [Command.create({"name": "x", "price_unit": 1})],
                [Command.link(draft.invoice_line_ids.id)],
            ):
                for name in ("invoice_line_ids", "line_ids"):
                    with self.assertRaises(UserError, msg=f"{name} {commands}"):
                        theirs.write({name: commands})
            with self.assertRaises(UserError):
                line.unlink()
            with self.assertRaises(UserError):
                line.create({"move_id": move.id, "name": "x", "price_unit": 5})
            with self.assertRaises(UserError):
                draft.with_user(person).invoice_line_ids.move_id = move

    def test_a_bank_line_does_not_take_the_invoice_as_its_entry(self):
        move = self.accepted()
        lines = self.env["account.bank.statement.line"].with_user(self.people["accountant"])
        with self.assertRaises(UserError):
            lines.create(
                {
                    "journal_id": self.bank.id,
                    "move_id": move.id,
                    "payment_ref": "x",
                    "amount": 1,
                    "date": "2026-01-01",
                }
            )
            self.env.flush_all()

    def test_references_of_a_signed_document_stay(self):
        move = self.accepted()
        values = {
            "document_type_id": self.document_type(33).id,
            "folio": "1",
            "code": "1",
            "move_id": move.id,
        }
        for person in self.people.values():
            with self.assertRaises(AccessError):
                self.env["l10n_cl.reference"].with_user(person).create(values)
            with self.assertRaises(AccessError):
                move.with_user(person).write({"l10n_cl_reference_ids": [Command.create(values)]})
            draft = self.draft().with_user(person)
            draft.l10n_cl_reference_ids = [Command.create({**values, "move_id": draft.id})]
            with self.assertRaises(AccessError):
                draft.l10n_cl_reference_ids.move_id = move

    def test_nobody_writes_that_an_invoice_is_posted(self):
        """It would take a folio and sign nothing."""
        for values in ({"state": "posted"}, {"posted_before": True}):
            with self.assertRaises(AccessError):
                self.draft().with_user(self.people["billing"]).write(values)
        made = self.env["account.move"].with_user(self.people["billing"])
        made = made.with_context(default_state="posted", default_posted_before=True)
        move = made.create({"move_type": "out_invoice", "partner_id": self.customer.id})
        self.assertEqual((move.state, move.posted_before), ("draft", False))

    def test_nobody_gives_an_invoice_a_document(self):
        move = self.accepted()
        document = move.l10n_cl_dte_id
        for name in ("l10n_cl_dte_id", "l10n_cl_statement_id"):
            with self.assertRaises(AccessError):
                self.env["account.move"].with_user(self.people["billing"]).create(
                    {"move_type": "out_invoice", name: document.id}
                )
        with self.assertRaises(AccessError):
            self.draft().with_user(self.people["billing"]).l10n_cl_dte_id = document

    def test_what_is_not_in_the_document_stays_open(self):
        move = self.accepted()
        twin = self._create_customer()
        for person in self.people.values():
            theirs = move.with_user(person)
            theirs.write(
                {
                    "narration": "<p>x</p>",
                    "ref": f"OC {person.id}",
                    "payment_reference": f"P {person.id}",
                    "invoice_user_id": person.id,
                    "is_move_sent": True,
                }
            )
            theirs.invoice_line_ids.analytic_distribution = False
            theirs.message_post(body="x")  # pylint: disable=translation-required
            theirs.action_toggle_block_payment()
            theirs.action_toggle_block_payment()
        # the same RUT and name on another card: no other receiver
        theirs.with_context(skip_readonly_check=True).partner_id = twin

    def test_a_new_due_date_is_in_the_history(self):
        move = self.accepted()
        later = fields.Date.add(move.invoice_date_due, days=30)
        move.with_user(self.people["billing"]).invoice_date_due = later
        self.assertEqual(move.invoice_date_due, later)
        self.assertIn("Due date", move.message_ids[:1].body)
        term = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        self.assertEqual(term.date_maturity, later)

    def test_a_contact_is_corrected_and_merged(self):
        move = self.accepted()
        twin = self._create_customer()
        self.customer.name = "Distribuidora Peñalolén SpA"
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([self.customer.id, twin.id], twin)
        self.assertEqual(move.partner_id, twin)
        self.compare(move)
        self.assertFalse(self.differences(move))

    def test_notes_and_payments_as_billing(self):
        billing = self.people["billing"]
        move = self.accepted().with_user(billing)
        register = self.env["account.payment.register"].with_user(billing)
        register = register.with_context(active_model="account.move", active_ids=move.ids)
        register.create({"journal_id": self.bank.id})._create_payments()
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        move.line_ids.remove_move_reconcile()
        reversal = self.env["account.move.reversal"].with_user(billing)
        reversal = reversal.with_context(active_model="account.move", active_ids=move.ids)
        wizard = reversal.create({"journal_id": move.journal_id.id, "reason": "Devuelto"})
        wizard.reverse_moves()
        wizard.new_move_ids.action_post()
        self.assertEqual(wizard.new_move_ids.l10n_cl_dte_state, "signed")

    def compare(self, move):
        self.env.flush_all()
        documents = move.sudo().l10n_cl_dte_ids
        self.env["l10n_cl.books.difference"].sudo()._compare(documents.ids)

    def differences(self, move):
        found = self.env["l10n_cl.books.difference"].sudo()
        return found.search([("dte_id", "in", move.sudo().l10n_cl_dte_ids.ids)]).mapped("kind")
