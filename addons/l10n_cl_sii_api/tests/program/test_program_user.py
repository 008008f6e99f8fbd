"""A program stays of its company and its user; nobody but an administrator changes that user."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestProgramUser(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "A", "country_id": cls.env.ref("base.cl").id}
        )
        cls.other = cls.env["res.company"].create(
            {"name": "B", "country_id": cls.env.ref("base.cl").id}
        )
        cls.manager = cls.person("gerente", "base.group_user,l10n_cl_sii.group_manager")
        cls.clerk = cls.person(
            "personal", "base.group_user,base.group_erp_manager,base.group_partner_manager"
        )
        cls.client = cls.env["l10n_cl.api.client"].with_user(cls.manager).create({"name": "Tienda"})

    @classmethod
    def person(cls, login, groups):
        company = cls.company
        return new_test_user(cls.env, login, groups, company_id=company.id, company_ids=company.ids)

    def test_a_program_is_not_taken_over(self):
        """A3, step by step."""
        for values in (
            {"user_id": self.env.ref("base.user_admin").id},
            {"user_id": self.manager.id},
            {"company_id": self.other.id},
            {"api_key": "mine"},
            {"link_token": "mine"},
        ):
            with self.assertRaises(AccessError):
                self.client.write(values)
            if "company_id" not in values:
                with self.assertRaises(AccessError):
                    self.client.create({"name": "x", **values})
                name, value = next(iter(values.items()))
                made = self.client.with_context(**{f"default_{name}": value}).create({"name": "x"})
                self.assertNotEqual(made.user_id, self.env.ref("base.user_admin"))
                self.assertNotEqual(made.api_key, "mine")
        with self.assertRaises(AccessError):
            self.client.create({"name": "x", "company_id": self.other.id})
        with self.assertRaises(AccessError):
            self.client.copy({"user_id": self.manager.id})
        self.assertEqual(self.client.user_id.login, f"api_{self.client.api_key}")

    def test_its_user_stays_as_it_was_made(self):
        user = self.client.sudo().user_id.with_user(self.clerk)
        system = self.env.ref("base.group_user")
        for values in (
            {"password": "Password.1234"},
            {"new_password": "Password.1234"},
            {"login": "x@example.com"},
            {"group_ids": [Command.link(self.env.ref("base.group_erp_manager").id)]},
            {"group_ids": [Command.set(system.ids)]},
            {"company_ids": [Command.link(self.other.id)]},
            {"company_id": self.other.id},
            {"active": False},
            {"email": "x@example.com"},
            {"partner_id": self.clerk.partner_id.id},
        ):
            with self.assertRaises(AccessError, msg=values):
                user.write(values)
        with self.assertRaises(AccessError):
            user.unlink()

    def test_nor_from_the_other_side(self):
        user = self.client.sudo().user_id
        groups = self.env["res.groups"].with_user(self.clerk)
        commands = [Command.link(user.id)]
        with self.assertRaises(AccessError):
            groups.browse(self.env.ref("base.group_erp_manager").id).user_ids = commands
        with self.assertRaises(AccessError):
            groups.create({"name": "x", "user_ids": commands})
        integrators = groups.browse(self.env.ref("l10n_cl_sii_api.group_integrator").id)
        with self.assertRaises(AccessError):
            integrators.implied_ids = [Command.link(self.env.ref("base.group_erp_manager").id)]
        companies = self.env["res.company"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            companies.browse(self.company.id).user_ids = [Command.unlink(user.id)]

    def test_no_password_by_a_reset(self):
        """Anybody asks for one at the login page, which writes it as system."""
        user = self.client.sudo().user_id
        public = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            user.with_user(public).sudo().password = "Password.1234"
        with self.assertRaises(AccessError):
            user.with_user(self.manager).sudo().write({"new_password": "Password.1234"})

    def test_an_administrator_may(self):
        user = self.client.sudo().user_id.with_user(self.env.ref("base.user_admin"))
        user.name = "Tienda nueva"
        self.assertEqual(user.name, "Tienda nueva")

    def test_events_and_answers_are_not_written(self):
        for model in ("l10n_cl.webhook.delivery", "l10n_cl.api.call"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.manager).create({})
        hook = self.env["l10n_cl.webhook"].with_user(self.manager)
        hook = hook.create({"name": "x", "url": "https://example.com"})
        for values in ({"company_id": self.other.id}, {"uuid": "x"}, {"secret_id": 1}):
            with self.assertRaises(AccessError):
                hook.write(values)
        hook.url = "https://example.com/other"
