"""Mails to customers by the thousand: put into the queue by a job, sent by its scheduled action."""

from ..delivery.mail_case import MailCase
from .job_case import JobCase


class TestMailJob(JobCase, MailCase):
    def setUp(self):
        super().setUp()
        self.issuer.sudo().mail_auto = False
        self.issuer.sudo().mail_waits = False

    def issued(self, **values):
        return self.post(**values)

    def mail(self, moves):
        """The job, as the clerk asks for it in the list of invoices."""
        action = moves.with_user(self.clerk).l10n_cl_action_mail_many()
        wizard = self.env["l10n_cl.mail.many"].with_user(self.clerk).browse(action["res_id"])
        self.assertEqual(wizard.count, len(moves.l10n_cl_dte_id))
        job = self.env["l10n_cl.job"].browse(wizard.action_mail()["res_id"])
        self.run_jobs()
        return job

    def test_each_customer_once(self):
        mute = self._create_customer(name="Sin Correo SpA", vat="77123456-9")
        moves = self.issued() + self.issued() + self.issued(partner_id=mute.id)
        job = self.mail(moves + self.draft())
        self.assertEqual(self.figures(job), (3, 2, 0, 1))
        self.assertIn("no e-mail address", self.line(job, moves[2].l10n_cl_dte_id).text)
        self.assertFalse(self.mail_server.mails, "nothing leaves with the job")
        again = self.mail(moves[:1])
        self.assertEqual(self.figures(again), (1, 0, 0, 1))
        self.deliver()
        self.assertEqual(len(self.mails_to(self.customer.email)), 2)
        again = self.mail(moves[:1])
        self.assertIn("Mailed already", self.line(again, moves[0].l10n_cl_dte_id).text)
        self.deliver()
        self.assertEqual(len(self.mails_to(self.customer.email)), 2)

    def test_what_the_sii_rejected_nobody_gets(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.issued()
        self.run_crons()
        job = self.mail(move)
        self.assertIn("no valid tax document", self.line(job, move.l10n_cl_dte_id).text)
