"""Mails to those who want them: what, to whom, in which language, and never twice."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import Form

from ..access.access_case import AccessCase

VIEWER = "base.group_user,l10n_cl_sii.group_viewer"


class TestMails(AccessCase):
    def setUp(self):
        super().setUp()
        self.board = self.env["l10n_cl.board"].sudo()
        self.ana = self.wanting("ana", "daily", self.company)
        self.bruno = self.wanting("bruno", "rejected", self.company)
        self.carla = self.wanting("carla", "none", self.company)
        self.diego = self.wanting("diego", "daily", self.other)

    def wanting(self, login, wish, company):
        user = self.user_of(f"mails_{login}", VIEWER, company)
        user.write({"l10n_cl_sii_mails": wish, "email": f"{login}@example.com", "lang": "es_CL"})
        return user

    def rejected(self):
        document = self.post().l10n_cl_dte_id.sudo()
        document._move_to(
            "rejected", "x", reason_ids=document._reasons("reason", "HED-3-861", "HED-3-861")
        )
        return document

    def mails(self, run):
        """login -> body of what a run writes."""
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        run()
        new = mails.search([]) - before
        return {mail.email_to.split("<")[-1].split("@")[0]: mail for mail in new}

    def test_what_was_rejected_is_told_once(self):
        document = self.rejected()
        found = self.mails(self.board._cron_rejected)
        self.assertEqual(set(found), {"ana", "bruno"})
        mail = found["bruno"]
        self.assertIn(str(document.folio), mail.subject)
        self.assertIn(f"/odoo/action-l10n_cl_sii.dte_action/{document.id}", mail.body_html)
        self.assertIn(document.reason_ids.with_context(lang="es_CL").title, mail.body_html)
        self.assertFalse(self.mails(self.board._cron_rejected))

    def test_the_same_document_rejected_again_is_news(self):
        document = self.rejected()
        self.mails(self.board._cron_rejected)
        document.generation += 1
        self.assertEqual(set(self.mails(self.board._cron_rejected)), {"ana", "bruno"})

    def test_several_are_one_mail(self):
        self.rejected()
        self.rejected()
        [mail] = [m for who, m in self.mails(self.board._cron_rejected).items() if who == "bruno"]
        self.assertEqual(mail.body_html.count("dte_action/"), 2)

    def test_the_summary_comes_once_in_the_morning(self):
        self.rejected()
        today = fields.Datetime.now().replace(hour=10, minute=0)
        with freeze_time(today):  # seven in Chile, or six
            self.assertFalse(self.mails(self.board._cron_summary))
        with freeze_time(today + timedelta(hours=3)):
            found = self.mails(self.board._cron_summary)
            self.assertEqual(set(found), {"ana"})
            self.assertIn(self.company.name, found["ana"].body_html)
            self.assertNotIn(self.other.name, found["ana"].body_html)
            self.assertFalse(self.mails(self.board._cron_summary))

    def test_nothing_to_do_is_no_mail(self):
        issuer = self.env["l10n_cl.issuer"].sudo().create({"company_id": self.other.id})
        self.assertTrue(issuer)
        noon = fields.Datetime.now().replace(hour=15, minute=0)
        self.env["ir.cron"].sudo().search([]).nextcall = noon
        with freeze_time(noon):
            self.assertNotIn("diego", self.mails(self.board._cron_summary))

    def test_it_is_chosen_on_ones_own_page(self):
        mine = self.env["res.users"].with_user(self.carla).browse(self.carla.id)
        view = self.env.ref("base.view_users_form_simple_modif")
        with Form(mine, view) as form:
            form.l10n_cl_sii_mails = "daily"
        self.assertEqual(self.carla.l10n_cl_sii_mails, "daily")
        for user, reads in ((self.carla, True), (self.nobodies["employee"], False)):
            mine = self.env["res.users"].with_user(user).browse(user.id)
            self.assertEqual(mine.read(["l10n_cl_reads_documents"])[0].popitem()[1], reads)
