"""What somebody loads into a wizard is nobody else's, whatever rights the other one has."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...models.base.wizard import OF_ODOO
from .access_case import ALL, AccessCase


def wizards(registry):
    """Names of our transient models, lines included."""
    return [
        name
        for name in sorted(registry.models)
        if name.startswith("l10n_cl.") and registry[name]._transient
    ]


class TestWizards(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # in the same company, with the same rights
        cls.colleague = cls.user_of("manager_a2", ALL, cls.company)
        cls.administrator = cls.user_of("admin_a", f"{ALL},base.group_system", cls.company)

    def test_each_is_of_who_made_it(self):
        problems = []
        for name in wizards(self.registry):
            row = self.row(name)
            self.assertEqual(row.create_uid, self.owner)
            for user in (self.colleague, self.administrator, *self.nobodies.values()):
                for what, act in self.acts(row, user):
                    if problem := self.problem(user, act):
                        problems.append(f"{name}: {what} as {user.login} {problem}")
                problems += self.found(row, user)
        self.assertFalse(problems, "\n".join(problems))

    def acts(self, row, user):
        def on(act):
            return lambda env: act(row.with_env(env))

        binary = [name for name, field in row._fields.items() if field.type == "binary"]
        yield "read", on(lambda mine: mine.read())
        yield "read one field", on(lambda mine: mine.read(["create_date"]))
        yield "web_read", on(lambda mine: mine.web_read({"display_name": {}}))
        yield "write", on(lambda mine: mine.write({"create_uid": mine.env.uid}))
        yield "unlink", on(lambda mine: mine.unlink())
        yield "copy", on(lambda mine: mine.copy())
        if user.has_group("base.group_allow_export"):
            yield "export", on(lambda mine: mine.export_data(["create_date"]))
        for name in binary:
            yield f"file {name}", on(lambda mine, name=name: mine.mapped(name))

    def found(self, row, user):
        """How the row shows in what the user may ask without naming it."""
        mine = row.with_env(self.env(user=user, su=False)).browse()
        domain = [("id", "=", row.id)]
        asked = {
            "search": lambda: mine.search(domain),
            "search_count": lambda: mine.search_count(domain),
            "name_search": lambda: mine.name_search("", domain),
            "read_group": lambda: mine._read_group(domain, [], ["__count"])[0][0],
            "search_read": lambda: mine.search_read(domain, ["id"]),
        }
        for how, ask in asked.items():
            try:
                if ask():
                    yield f"{row._name}: {how} as {user.login} finds it"
            except AccessError:
                continue

    def test_those_of_odoo_that_documents_are_made_by_too(self):
        move, order = self.row("account.move"), self.row("sale.order")
        env = self.env(user=self.owner, su=False)
        of_move = {"active_model": "account.move", "active_ids": move.ids}
        of_order = {"active_model": "sale.order", "active_ids": order.ids}
        rows = [
            env["account.move.send.wizard"].with_context(**of_move).create({"move_id": move.id}),
            env["account.payment.register"].with_context(**of_move).create({}),
            env["sale.advance.payment.inv"].with_context(**of_order).create({}),
        ]
        self.assertLessEqual({row._name for row in rows}, OF_ODOO)
        problems = []
        for row in rows:
            self.assertEqual(row.search([("id", "=", row.id)]), row)
            for user in (self.colleague, self.nobodies["manager_b"], self.nobodies["billing_b"]):
                mine = env[row._name].browse(row.id)
                acts = dict(self.acts(mine, user))
                for what in ("read", "write", "unlink"):
                    if problem := self.problem(user, acts[what]):
                        problems.append(f"{row._name}: {what} as {user.login} {problem}")
                problems += self.found(mine, user)
        self.assertFalse(problems, "\n".join(problems))

    def test_the_owner_works(self):
        for name in wizards(self.registry):
            mine = self.row(name).with_env(self.env(user=self.owner, su=False))
            self.assertEqual(mine.search([("id", "=", mine.id)]), mine, name)
            self.assertEqual(mine.read(["create_uid"])[0]["id"], mine.id)

    def test_files_of_rows(self):
        row = self.row("l10n_cl.read.result")
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", row._name), ("res_id", "=", row.id), ("res_field", "=", "file")]
            )
        )
        self.assertTrue(attachment)
        mine = attachment.with_env(self.env(user=self.owner, su=False))
        self.assertTrue(mine.raw)
        for user in (self.colleague, *self.nobodies.values()):
            theirs = attachment.with_env(self.env(user=user, su=False))
            self.assertFalse(
                theirs.search([("id", "=", attachment.id), ("res_field", "!=", False)])
            )
            self.assertTrue(self.refused(theirs, "raw"), user.login)
            self.assertTrue(self.refused(theirs, "write"), user.login)

    def refused(self, record, what):
        self.env.invalidate_all()
        try:
            record.write({"name": "y"}) if what == "write" else record.read([what])
        except AccessError:
            return True
        return False

    def test_lines_are_not_put_into_a_row_of_another(self):
        wizard, move = self.row("l10n_cl.emit"), self.row("account.move")
        lines = self.env(user=self.colleague, su=False)["l10n_cl.emit.line"]
        with self.assertRaises(AccessError):
            lines.create({"wizard_id": wizard.id, "move_id": move.id})
        with self.assertRaises(AccessError):
            lines.with_context(default_wizard_id=wizard.id).create({"move_id": move.id})

    def test_all_are_known_to_the_rule(self):
        mixin = self.registry["l10n_cl.wizard.mixin"]
        for name in wizards(self.registry):
            self.assertTrue(issubclass(self.registry[name], mixin), f"{name} inherits it not")
        for name in ("account.move.reversal", "account.debit.note"):
            self.assertTrue(issubclass(self.registry[name], mixin))
            self.assertTrue(issubclass(self.registry[name], models.TransientModel))


@tagged("post_install", "-at_install")
class TestWizardOverHttp(AccessCase, HttpCase):
    def test_a_file_is_downloaded_by_its_owner_alone(self):
        row = self.row("l10n_cl.print.received")
        self.user_of("manager_a2", ALL, self.company)
        self.env.flush_all()
        url = f"/web/content/{row._name}/{row.id}/file"
        for login, status in (("manager_a", 200), ("manager_a2", 404), ("manager_b", 404)):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, status, login)
