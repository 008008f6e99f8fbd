"""Each way to the file of a CAF is logged for the company's managers."""

from odoo.tests import HttpCase

from ..common import SiiCase


class TestCafRead(SiiCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.admin = self.member("keeper", "base.group_system,l10n_cl_sii.group_manager")
        self.caf = self.cafs[33].with_user(self.admin)

    def lines(self):
        return self.env["l10n_cl.trace"].sudo().search([("kind", "=", "caf_read")])

    def test_every_way_to_the_file_leaves_a_line(self):
        document = self.post().sudo().l10n_cl_dte_id.with_user(self.admin)
        of_caf = [("res_model", "=", "l10n_cl.caf"), ("res_id", "=", self.caf.id)]
        of_field = [*of_caf, ("res_field", "=", "xml")]
        file = self.env["ir.attachment"].sudo().search(of_field)
        here = [("id", "=", self.caf.id)]
        ways = {
            "read": lambda: self.caf.read(["xml"]),
            "read all": self.caf.read,
            "search": lambda: self.caf.search_read(here, ["xml"]),
            "form": lambda: self.caf.web_read({"xml": {}}),
            "list": lambda: self.caf.web_search_read(here, {"xml": {}}),
            "through a document": lambda: document.web_read({"caf_id": {"fields": {"xml": {}}}}),
            "export": lambda: self.caf.export_data(["xml"]),
            "export of a document": lambda: document.export_data(["folio", "caf_id/xml"]),
            "attachment": lambda: file.with_user(self.admin).read(["datas"]),
            "stream": lambda: (
                self.env["ir.binary"].with_user(self.admin)._get_stream_from(self.caf, "xml")
            ),
        }
        for name, way in ways.items():
            with self.subTest(name):
                before = self.lines()
                self.assertTrue(way())
                new = self.lines() - before
                self.assertEqual(new.user_id, self.admin)
                self.assertEqual(new.company_id, self.company)
                self.assertIn(self.caf.display_name, new.text)

    def test_a_download_leaves_a_line(self):
        self.authenticate("keeper", "keeper")
        answer = self.url_open(f"/web/content/l10n_cl.caf/{self.caf.id}/xml?download=1")
        self.assertIn(b"<CAF", answer.content)
        self.assertEqual(self.lines().user_id, self.admin)

    def test_what_is_read_beside_it_leaves_none(self):
        self.caf.read(["first", "last"])
        self.caf.export_data(["first"])
        # what our own code does with it is logged where it does it
        self.post()
        self.run_crons()
        self.assertFalse(self.lines())

    def test_several_are_logged_in_one_line(self):
        both = (self.cafs[33] | self.cafs[61]).with_user(self.admin)
        both.read(["xml"])
        self.assertEqual(len(self.lines()), 1)
        for caf in both:
            self.assertIn(caf.display_name, self.lines().text)
