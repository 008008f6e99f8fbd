"""What people may change is said in the models: no field that is closed can be written by anybody.

Tried over all fields of all guarded models, and over what a signed document says.
"""

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import SQL

from ..models import move_signed, move_signed_lines
from ..models.base_guard import ALWAYS
from .emission_case import EmissionCase

# Stored fields of ours on invoices that no document says and that people may write
_OPEN_ON_MOVES = set()
# Models of ours that people write as they like, within their rights
_TABLES = {"l10n_cl.acteco", "l10n_cl.sii.code", "l10n_cl.subscription.product"}


class GuardCase(EmissionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            name: cls.person(name, groups)
            for name, groups in {
                "billing": "account.group_account_invoice",
                "accountant": "account.group_account_user",
                "manager": "account.group_account_manager,l10n_cl_sii.group_manager",
            }.items()
        }
        cls.other_company = cls.setup_other_company()["company"]

    @classmethod
    def person(cls, login, groups):
        company = cls.company
        groups = f"base.group_user,{groups}"
        return new_test_user(
            cls.env(su=True), login, groups, company_id=company.id, company_ids=company.ids
        )

    def accepted(self, **values):
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        return move

    def other_value(self, record, name):
        """A value that the field has not."""
        field, value = record._fields[name], record.sudo()[name]
        if field.type in ("char", "text", "html"):
            return f"{value or ''}x"
        if field.type in ("integer", "float", "monetary"):
            return (value or 0) + 1
        if field.type == "boolean":
            return not value
        if field.type == "date":
            return fields.Date.add(value or fields.Date.today(), days=1)
        if field.type == "datetime":
            return fields.Datetime.add(value or fields.Datetime.now(), days=1)
        if field.type == "selection":
            keys = [key for key in field.get_values(self.env) if key != value]
            return keys[0] if keys else False
        if field.type in ("many2one", "many2one_reference"):
            if field.type == "many2one_reference":
                return (value or 0) + 1
            others = self.env[field.comodel_name].sudo().search([("id", "!=", value.id)], limit=1)
            return others.id
        if field.type in ("one2many", "many2many"):
            return [Command.clear()]
        if field.type == "json":
            return {"x": 1}
        return "eA=="

    def assert_closed(self, record, values, message):
        with self.assertRaises(AccessError, msg=message):
            record.write(values)


class TestGuardedModels(GuardCase):
    def guarded(self):
        return [
            self.env[name]
            for name in sorted(self.env.registry)
            if not self.env[name]._abstract
            and isinstance(self.env[name], self.env.registry["l10n_cl.guard.mixin"])
        ]

    def test_every_model_that_people_write_is_guarded(self):
        guarded = {model._name for model in self.guarded()}
        rights = self.env["ir.model.access"].sudo()
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = name.startswith("l10n_cl.") and not model._abstract and not model._transient
            if not ours or name in guarded | _TABLES:
                continue
            written = rights.search_count(
                [
                    ("model_id.model", "=", name),
                    ("group_id", "!=", self.env.ref("base.group_system").id),
                    "|",
                    ("perm_write", "=", True),
                    ("perm_create", "=", True),
                ]
            )
            self.assertFalse(written, f"{name} is written by people and lists nothing")

    def test_what_is_closed_cannot_be_written_nor_given(self):
        """Each stored field of each guarded model, by each of them."""
        tried = 0
        for model in self.guarded():
            for name, field in model._fields.items():
                if not field.store or name in models.MAGIC_COLUMNS:
                    continue
                for person in self.people.values():
                    theirs = model.with_user(person)
                    if not theirs._is_open(name):
                        tried += 1
                        self.assert_closed(theirs, {name: False}, f"{model._name}.{name}")
                    if not theirs._is_open(name, birth=True):
                        with self.assertRaises(UserError, msg=f"{model._name}.{name}"):
                            theirs.create({name: False})
        self.assertGreater(tried, 500)

    def test_states_and_companies_are_never_open(self):
        for model in self.guarded():
            for name in ("state", "company_id", "issuer_rut", "user_id", "uuid", "xml"):
                if name in model._fields and not (name == "user_id" and model._name != "x"):
                    self.assertFalse(model._is_open(name), f"{model._name}.{name}")

    def test_what_is_open_follows_the_classes_that_a_model_is_built_of(self):
        built = type(self.env["l10n_cl.caf"])

        class Opened:
            __slots__ = ()
            _open_to_people = {"first": ALWAYS}

        for _time in range(2):
            self.assertFalse(self.env["l10n_cl.caf"]._is_open("first"))
            bases = built.__bases__
            built.__bases__ = (Opened, *bases)
            try:
                self.assertTrue(self.env["l10n_cl.caf"]._is_open("first"))
            finally:
                built.__bases__ = bases
        self.assertFalse(self.env["l10n_cl.caf"]._is_open("first"))
        self.assertTrue(self.env["l10n_cl.caf"]._is_open("active"))
        self.assertFalse(self.env["l10n_cl.dte"]._is_open("active"))

    def test_a_state_moves_only_along_its_table(self):
        """As system too."""
        move = self.post()
        for record in (move.l10n_cl_dte_id, self.statement(), self.statement().request_id):
            with self.assertRaises(ValueError):
                record.sudo().write({"state": record.state})
            with self.assertRaises(ValueError):
                record.sudo()._move_to("no such state")

    def test_documents_of_all_states_stay(self):
        move = self.accepted()
        document = move.l10n_cl_dte_id
        records = [
            document,
            document.envio_id,
            document.event_ids[:1],
            document.claim_event_ids,
            self.statement().request_id,
            self.cafs[33],
        ]
        for person in self.people.values():
            for record in records:
                theirs = record.with_user(person)
                for name, field in record._fields.items():
                    kept = field.store and name not in models.MAGIC_COLUMNS
                    if kept and not theirs._is_open(name):
                        values = {name: self.other_value(record, name)}
                        self.assert_closed(theirs, values, f"{record._name}.{name}")
                with self.assertRaises(UserError):
                    (theirs or theirs.browse(1)).copy()
                if theirs and not theirs._people_may_delete:
                    with self.assertRaises(AccessError):
                        theirs.with_context(_force_unlink=True).unlink()
        self.assertEqual(document.xml_sha256, document.sudo().xml_sha256)

    def test_defaults_of_the_context_open_nothing(self):
        manager = self.people["manager"]
        order = self.order(confirm=False)
        defaults = self.env["ir.default"].sudo()
        defaults.set("l10n_cl.emission.request", "state", "ready", user_id=manager.id)
        defaults.set("l10n_cl.statement", "state", "paid", user_id=manager.id)
        statements = self.env["l10n_cl.statement"].with_user(manager)
        statement = statements.with_context(
            default_state="paid", default_paid_on="2026-01-01", default_request_state="ready"
        ).create({"order_id": order.id, "amount": order.amount_total})
        self.assertEqual((statement.state, statement.paid_on), ("pending", False))
        self.assertEqual(statement.request_id.state, "waiting")

    def test_relations_reach_no_closed_field(self):
        statement = self.statement()
        order = statement.order_id.with_user(self.people["manager"])
        request = statement.request_id
        for commands in (
            [Command.update(statement.id, {"state": "paid"})],
            [Command.update(statement.id, {"access_token": "x"})],
            [Command.update(statement.id, {"request_ids": [Command.delete(request.id)]})],
            [Command.create({"amount": 1, "state": "paid"})],
        ):
            with self.assertRaises(AccessError):
                order.write({"l10n_cl_statement_ids": commands})
        other = self.order(confirm=False).with_user(self.people["manager"])
        with self.assertRaises(AccessError):
            other.write({"l10n_cl_statement_ids": [Command.link(statement.id)]})

    def test_imports_and_web_forms_reach_no_closed_field(self):
        statement = self.statement().with_user(self.people["manager"])
        with self.assertRaises(AccessError):
            statement.web_save({"state": "paid"}, {"state": {}})
        result = statement.load([".id", "state"], [[str(statement.id), "paid"]])
        self.assertTrue(result["messages"])
        self.assertEqual(statement.state, "pending")

    def test_a_caf_says_what_its_file_says(self):
        """C1."""
        caf = self.cafs[33].with_user(self.people["manager"])
        for name in ("first", "last", "expires_on", "environment", "issuer_rut", "document_code"):
            self.assert_closed(caf, {name: self.other_value(caf, name)}, name)
        other = self.env["l10n_cl.issuer"].sudo().create({"company_id": self.other_company.id})
        self.assert_closed(caf, {"issuer_id": other.id}, "issuer_id")
        with self.assertRaises(AccessError):
            self.env["l10n_cl.caf"].with_user(self.people["manager"]).create(
                {"issuer_id": self.issuer.id, "file": self.caf_file(33), "last": 9999}
            )
        caf.active = False
        self.assertFalse(caf.active)

    def test_an_issuer_stays_with_its_company(self):
        issuer = self.issuer.with_user(self.people["manager"])
        self.assert_closed(issuer, {"company_id": self.other_company.id}, "company_id")
        issuer.sii_office = "Ñuñoa"
        self.assertEqual(issuer.sii_office, "Ñuñoa")

    def test_files_are_not_changed_by_their_attachments(self):
        move = self.accepted()
        move._l10n_cl_attach_xml()
        files = self.env["ir.attachment"].sudo()
        kept = files.search(
            [
                ("res_model", "=", "l10n_cl.dte"),
                ("res_field", "=", "xml"),
                ("res_id", "=", move.l10n_cl_dte_id.id),
            ]
        ) + files.search(
            [("res_field", "=", "l10n_cl_xml_file"), ("res_id", "=", move.id)],
        )
        self.assertGreaterEqual(len(kept), 2)
        for person in self.people.values():
            mine = self.env["ir.attachment"].with_user(person)
            for attachment in kept.with_user(person):
                for values in ({"raw": b"x"}, {"res_id": 1}, {"res_field": False}, {"name": "x"}):
                    with self.assertRaises(AccessError):
                        attachment.write(values)
                with self.assertRaises(AccessError):
                    attachment.unlink()
            place = {"res_model": "account.move", "res_id": move.id, "name": "x", "raw": b"x"}
            with self.assertRaises(AccessError):
                mine.create({**place, "res_field": "l10n_cl_xml_file"})
            own = mine.create(place)
            with self.assertRaises(AccessError):
                own.res_field = "l10n_cl_xml_file"


class TestSignedInvoices(GuardCase):
    def test_every_field_of_ours_is_decided(self):
        known = move_signed.SAID | move_signed.OURS | _OPEN_ON_MOVES
        for name, field in self.env["account.move"]._fields.items():
            if name.startswith("l10n_cl_") and field.store and field.column_type:
                if field.related and not field.store:
                    continue
                self.assertIn(name, known, "said by the document, ours alone, or open?")

    def test_what_the_document_says_cannot_be_written(self):
        """B3, each field, by each of them, with the contexts that Odoo itself opens doors for."""
        move = self.accepted()
        before = move.sudo().read()[0]
        self.post(partner_id=self._create_customer(vat="76192083-9", name="Otro").id)
        doors = {"skip_readonly_check": True, "check_move_validity": False, "force_delete": True}
        names = sorted(move_signed.SAID | move_signed.OURS)
        for person in self.people.values():
            for name in names:
                values = {name: self.other_value(move, name)}
                if name == "payment_state":
                    values = {name: "paid"}
                if name in ("state", "move_type"):
                    values = {name: {"state": "draft", "move_type": "entry"}[name]}
                theirs = move.with_user(person).with_context(**doors)
                if theirs._fields[name].type == "one2many" and name in move_signed.SAID:
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
            for name in sorted(move_signed_lines.SAID):
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

    def test_what_is_not_said_stays_open(self):
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
            theirs.message_post(body="x")
            theirs.action_toggle_block_payment()
            theirs.action_toggle_block_payment()
        # the same RUT and name on another card: no other receiver
        theirs.with_context(skip_readonly_check=True).partner_id = twin

    def test_a_due_date_is_moved_and_told(self):
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

    def test_whoever_changes_it_is_told_and_taken_back(self):
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
