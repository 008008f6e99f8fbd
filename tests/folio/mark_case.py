"""A database with its mark, in production, copied or restored."""

import json

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ..taxpayer.identity_case import IdentityCase


class MarkCase(IdentityCase):
    def setUp(self):
        super().setUp()
        self.mark = self.env["l10n_cl.mark"].sudo()

    def file(self):
        return json.loads(self.mark._path().read_text())

    def go_to_production(self, move):
        """Issuer and document as if they had always been there: no simulator has folios there."""
        move.l10n_cl_dte_id.sudo().environment = "production"
        self.issuer.write({"environment": "production", "resolution_number": 80})
        self.env.flush_all()

    def asked(self):
        return [each["operation"] for each in self.exchanges()]

    def sent_in_production(self):
        move = self.post()
        self.go_to_production(move)
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())
        return move

    def waiting_in_production(self):
        """The mark is filed, and one document waits."""
        self.run_crons()
        move = self.post()
        self.go_to_production(move)
        return move

    def new_manager(self):
        return new_test_user(
            self.env,
            "jefa_de_marcas",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def assert_asks(self, move):
        self.run_crons()
        self.assertEqual(self.asked(), [])
        self.assertTrue(self.issuer.is_copy)
        self.assertIn("perhaps a copy", self.issuer.alarms)
        self.assertIn("perhaps a copy", move.l10n_cl_dte_waiting_text)
        with self.assertRaisesRegex(UserError, "perhaps a copy"):
            self.draft().action_post()
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        self.assertFalse(self.issuer.is_copy)
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())
        self.assertEqual(self.file()["database"], self.env.cr.dbname)


class RestoredCase(MarkCase):
    def restored(self, count=3, script=None):
        """A backup is restored, of before ``count`` documents were sent; their folios."""
        self.run_crons()
        with self.forgotten():
            if script:
                self.sii.add_to_script(script)
            moves = self.env["account.move"]
            for number in range(count):
                moves |= self.post(lines=[{"price_unit": 5000 + number}])
            self.run_crons()
            return moves.l10n_cl_dte_ids.sorted("folio").mapped("folio")

    def examine(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_examine").method_direct_trigger()
        self.env.invalidate_all()

    def elsewhere(self):
        return (
            self.env["l10n_cl.dte"]
            .search([("issuer_id", "=", self.issuer.id), ("state", "=", "elsewhere")])
            .sorted("folio")
        )
