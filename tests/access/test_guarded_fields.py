"""What people may change is set in the models: no field that is closed can be written by anybody.

Tried over all fields of all guarded models.
"""

from odoo import Command, models
from odoo.exceptions import AccessError, UserError

from ...models.access.guard import ALWAYS
from .guard_case import GuardCase

# Models of ours that people write as they like, within their rights
_TABLES = {
    "l10n_cl.acteco",
    "l10n_cl.sii.code",
    "l10n_cl.sii.office",
    "l10n_cl.subscription.product",
}


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

    def test_a_caf_has_the_values_of_its_file(self):
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
        issuer.sii_office = "Isla de Pascua"
        self.assertEqual(issuer.sii_office_id.name, "Isla de Pascua")

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
