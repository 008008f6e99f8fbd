"""Secrets are shown once, from memory: nothing that is stored holds one in clear."""

import threading

from psycopg2 import OperationalError

from odoo import Command, api
from odoo.exceptions import AccessError, UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import new_test_user, tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import SQL

from ..common import ApiCase
from ..webhook.receiver import Receiver


def places(env, secret):
    """``table.column`` of every text, JSON or binary column that holds it."""
    env.flush_all()
    env.cr.execute(
        """SELECT c.table_name, c.column_name, c.udt_name
             FROM information_schema.columns c
             JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = current_schema AND t.table_type = 'BASE TABLE'
              AND c.udt_name IN ('varchar', 'text', 'bytea', 'json', 'jsonb')"""
    )
    found = []
    for table, column, kind in env.cr.fetchall():
        name = SQL.identifier(column)
        value = name if kind == "bytea" else SQL("convert_to(%s::text, 'UTF8')", name)
        held = SQL("position(%s::bytea in %s) > 0", secret.encode(), value)
        env.cr.execute(SQL("SELECT 1 FROM %s WHERE %s LIMIT 1", SQL.identifier(table), held))
        if env.cr.fetchall():
            found.append(f"{table}.{column}")
    return found


class TestSecrets(ApiCase):
    def setUp(self):
        super().setUp()
        self.boss = self.make_user("boss", self.company)
        self.mine = self.client.with_user(self.boss)
        self.receiver = Receiver()
        self.addCleanup(self.receiver.stop)

    def make_user(self, login, company, groups="account.group_account_manager"):
        return new_test_user(
            self.env(su=True),
            login,
            groups,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def status(self, secret):
        return self.call("GET", "/buyers", auth=(self.client.api_key, secret))[0]

    def live(self):
        users = self.client.user_id.ids
        return self.env["res.users.apikeys"].sudo().search([("user_id", "in", users)])

    def test_a_program_s_secret(self):
        action = self.mine.action_issue_secret()
        secret = action["params"]["secret"]
        self.assertEqual(action["type"], "ir.actions.client")
        self.assertNotIn("res_model", action)
        self.assertEqual(self.status(secret), 200)
        self.assertEqual(places(self.env, secret), [])
        newer = self.mine.action_issue_secret()["params"]["secret"]
        self.assertEqual((self.status(secret), self.status(newer)), (401, 200))
        self.assertEqual(len(self.live()), 1)
        self.assertTrue(self.client.secret_made_at)
        self.mine.action_revoke()
        self.assertEqual(self.status(newer), 401)

    def test_a_webhook_s_secret(self):
        webhook = (
            self.env["l10n_cl.webhook"]
            .with_user(self.boss)
            .create({"name": "x", "url": self.receiver.url, "company_id": self.company.id})
        )
        first = webhook._secret()
        second = webhook.action_issue_secret()["params"]["secret"]
        self.assertNotEqual(first, second)
        self.assertEqual(webhook._secret(), second)
        for secret in (first, second):
            self.assertEqual(places(self.env, secret), [])
        kept = webhook.sudo().secret_id
        for call in (
            lambda: webhook.read(["secret_id"]),
            lambda: webhook.write({"secret_id": False}),
            lambda: webhook.export_data(["secret_id/kept"]),
            lambda: kept.with_user(self.boss).read(["kept"]),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                call()
        self.assertNotIn("secret", webhook.read()[0])
        webhook.unlink()
        self.assertFalse(kept.exists())

    def test_no_wizard_keeps_one(self):
        for model in ("l10n_cl.api.client.secret", "l10n_cl.webhook.secret"):
            self.assertNotIn(model, self.env)

    def test_an_answer_that_is_kept(self):
        """POST /webhooks with an Idempotency-Key, and again."""
        headers = {"Idempotency-Key": "k-1"}
        body = {"webhook": {"url": self.receiver.url, "name": 'a "secret": "name"'}}
        status, first = self.call("POST", "/webhooks", body, headers=headers)
        self.assertEqual(status, 201, first)
        secret = first["data"].pop("secret")
        self.assertEqual(places(self.env, secret), [])
        status, again = self.call("POST", "/webhooks", body, headers=headers)
        self.assertEqual(status, 201)
        self.assertIsNone(again["data"].pop("secret"))
        self.assertIn("first answer", again["data"].pop("secret_note"))
        self.assertEqual(again, first, "all the rest is the same")
        self.assertEqual(len(self.call("GET", "/webhooks")[1]["data"]), 1)

    def test_it_acts_as_its_own_user_and_no_other(self):
        """Whatever stands in the row: another user, a user of more companies, another company."""
        secret = self.mine.action_issue_secret()["params"]["secret"]
        admin = self.env.ref("base.user_admin")
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        client, own = self.client.sudo(), self.client.sudo().user_id
        for change, back in (
            (
                lambda: client.write({"user_id": admin.id}),
                lambda: client.write({"user_id": own.id}),
            ),
            (
                lambda: client.write({"company_id": other.id}),
                lambda: client.write({"company_id": self.company.id}),
            ),
            (
                lambda: own.write({"company_ids": [Command.link(other.id)]}),
                lambda: own.write({"company_ids": [Command.set(self.company.ids)]}),
            ),
        ):
            change()
            self.assertEqual(self.status(secret), 401)
            with self.assertRaises(AccessError), self.cr.savepoint():
                client._issue_secret()
            back()
            self.assertEqual(self.status(secret), 200)
        self.assertFalse(self.env["res.users.apikeys"].sudo().search([("user_id", "=", admin.id)]))

    def test_made_with_somebody_else_s_user(self):
        """A user given at creation is not taken."""
        values = {"name": "x", "company_id": self.company.id}
        for given in ({"user_id": self.env.ref("base.user_admin").id},):
            try:
                with self.cr.savepoint():
                    client = self.env["l10n_cl.api.client"].with_user(self.boss)
                    client = client.create({**values, **given})
            except (AccessError, UserError):
                continue
            self.assertEqual(client.user_id.login, f"api_{client.api_key}")


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestSecretTour(ApiCase):
    """In the browser: it is shown in a dialog, and the browser keeps nothing of it."""

    def test_shown_once(self):
        new_test_user(
            self.env(su=True),
            "boss",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        url = f"/odoo/action-l10n_cl_sii_api.api_client_action/{self.client.id}"
        self.start_tour(url, "l10n_cl_sii_api_secret", login="boss")
        keys = self.env["res.users.apikeys"].sudo()
        self.assertEqual(keys.search_count([("user_id", "=", self.client.user_id.id)]), 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSecretsAtOnce(BaseCase):
    """Six managers at once, each in a transaction of their own that is really committed."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            client = env["l10n_cl.api.client"].create({"name": "At once"})
            self.client, self.company = client.id, client.company_id.id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            client = env["l10n_cl.api.client"].browse(self.client)
            user = client.user_id
            client._end_secrets()
            client.unlink()
            user.unlink()

    def test_one_lives(self):
        start, shown, failures = threading.Barrier(6), [], []

        def issue():
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, api.SUPERUSER_ID, {})
                    client = env["l10n_cl.api.client"].browse(self.client)
                    client.read(["name"])  # the transaction has seen the row as it was
                    start.wait()
                    secret = retrying(client._issue_secret, env)
                    shown.append(secret)
            except (OperationalError, AccessError) as error:
                failures.append(repr(error))

        threads = [threading.Thread(target=issue) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertTrue(shown, failures)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            client = env["l10n_cl.api.client"].browse(self.client)
            keys = env["res.users.apikeys"].search([("user_id", "=", client.user_id.id)])
            self.assertEqual(len(keys), 1, shown)
            alive = [each for each in shown if client._authenticate(client.api_key, each)]
        self.assertEqual(len(alive), 1)
