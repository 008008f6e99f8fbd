"""Odoo renders any report for whoever is logged in: what prints read as system is checked first."""

from odoo.tests import HttpCase, tagged

from .access_case import AccessCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReports(AccessCase, HttpCase):
    def prints(self, login):
        """(kind, report) of those that say what was sold."""
        move = self.row("account.move")
        for report, record in (("ticket", move), ("sheet", move.l10n_cl_dte_id)):
            for kind in ("html", "pdf", "text"):
                path = f"/report/{kind}/l10n_cl_sii.report_{report}/{record.id}"
                if "Cable de cobre" in self.url_open(path, allow_redirects=False).text:
                    yield kind, report

    def test_nobody_prints_what_he_may_not_read(self):
        salesman = self.user_of("salesman_a", "sales_team.group_sale_salesman", self.company)
        self.row("account.move").invoice_user_id = self.owner
        people = {**self.nobodies, "salesman_a": salesman, "manager_a": self.owner}
        for login, user in people.items():
            user.sudo().password = "l10n_cl_sii report"
            self.env.flush_all()
            self.authenticate(user.login, "l10n_cl_sii report")
            with self.subTest(login):
                self.assertEqual(bool(list(self.prints(login))), login == "manager_a")
