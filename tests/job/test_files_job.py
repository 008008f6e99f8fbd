"""Zips of many documents, as XML and as PDF, made by a job and fetched from its page."""

import io
import zipfile

from odoo.exceptions import AccessError

from ..printing.print_case import PrintCase
from .job_case import JobCase


class TestFilesJob(JobCase, PrintCase):
    def setUp(self):
        super().setUp()
        self.moves = self.post() + self.post() + self.post()
        self.documents = self.moves.l10n_cl_dte_id

    def files(self, job):
        """Name -> bytes, of all zips that the page offers."""
        found = {}
        for file in job.with_user(self.clerk).file_ids:
            with zipfile.ZipFile(io.BytesIO(file.raw)) as archive:
                found |= {name: archive.read(name) for name in archive.namelist()}
        return found

    def asked(self, action, size):
        job = self.env["l10n_cl.job"].with_user(self.clerk).browse(action["res_id"])
        job.sudo().size = size
        return job

    def test_xml_byte_by_byte(self):
        action = (self.moves + self.draft()).with_user(self.clerk).l10n_cl_action_files("xml")
        job = self.asked(action, 2)
        self.run_jobs()
        self.assertEqual(self.figures(job), (3, 3, 0, 0))
        self.assertEqual(len(job.file_ids), 1, "the parts are one")
        signed = {document.xml_name: document._xml_bytes() for document in self.documents.sudo()}
        self.assertEqual(self.files(job), signed)

    def test_prints(self):
        action = self.documents.with_user(self.clerk).action_files("pdf")
        job = self.asked(action, 10)
        with (
            self.enter_registry_test_mode(),
            self.allow_pdf_render(),
            self.registry.cursor() as cr,
        ):
            jobs = self.env(cr=cr, su=True)["l10n_cl.job"]
            jobs.with_context(force_report_rendering=True)._cron_work()
        self.env.invalidate_all()
        files = self.files(job)
        self.assertEqual(len(files), 3)
        self.assertTrue(all(content.startswith(b"%PDF") for content in files.values()))

    def test_nobody_else_fetches_them(self):
        job = self.asked(self.documents.with_user(self.clerk).action_files("xml"), 10)
        self.run_jobs()
        other = self.member("otra", "account.group_account_invoice,base.group_user")
        with self.assertRaises(AccessError):
            job.file_ids.sudo(False).with_user(other).mapped("raw")

    def test_they_go_after_a_week(self):
        job = self.asked(self.documents.with_user(self.clerk).action_files("xml"), 10)
        self.run_jobs()
        self.env.flush_all()
        self.cr.execute("UPDATE l10n_cl_job SET ended_at = ended_at - interval '8 days'")
        self.env.invalidate_all()
        job.sudo()._forget_files()
        self.assertFalse(job.file_ids)
        self.assertTrue(job.line_ids)
