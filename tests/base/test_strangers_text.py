"""What strangers wrote is text: in notes, mails, spreadsheets and prints."""

import csv
import io
import json
import zipfile

from odoo import http
from odoo.tests import HttpCase, tagged

from ...models.delivery.send import _are_addresses
from ..delivery.mail_case import MailCase
from ..received.received_case import ReceivedCase

FORMULAS = ['=HYPERLINK("http://evil.example";"x")', "@SUM(1)", "\t=1", "+1", "-1", "{=1}"]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStrangersText(ReceivedCase):
    def test_a_file_puts_no_link_into_a_note(self):
        _move, xml = self.issued()
        rut = b"<RUTEmisor>76354771-K</RUTEmisor>"
        self.assertIn(rut, xml)
        evil = b"<RUTEmisor>&lt;a href=x&gt;</RUTEmisor>"
        [document] = self.load(("f.xml", xml.replace(rut, evil)))
        note = document.activity_ids.note
        self.assertIn("&lt;a href=x&gt;", note)
        self.assertNotIn("<a", note)

    def test_every_note_of_ours_is_text(self):
        for model, activity in (
            ("l10n_cl.received.dte", "l10n_cl_sii.activity_received"),
            ("account.move", "l10n_cl_sii.activity_attention"),
        ):
            record = self.env[model].search([], limit=1) or self.receive()
            made = record.sudo().activity_schedule(activity, note="<img src=x>\n<b>b</b>")
            self.assertIn("&lt;img src=x&gt;", made.note)
            self.assertNotIn("<img", made.note)
            self.assertNotIn("<b>", made.note)

    def test_names_in_mails_are_text(self):
        document = self.receive()
        document.sudo().issuer_name = "<a href='https://evil.example'>click</a>"
        delivery = (
            self.env["l10n_cl.delivery"]
            .sudo()
            .create({"received_id": document.id, "kind": "result", "state": "none"})
        )
        delivery.address = "a@b.example"
        mail = self.env["mail.mail"].search(
            [("mail_message_id", "=", delivery._write_mail().id)], limit=1
        )
        self.assertNotIn("<a", mail.body_html)
        self.assertIn("&lt;a href", mail.body_html)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestExports(HttpCase):
    def exported(self, kind):
        names = [*FORMULAS, "Ana", "http://evil.example/", "internal:'a'!A1"]
        partners = self.env["res.partner"].create([{"name": "x"} for _name in names])
        for partner, name in zip(partners, names, strict=True):
            # as a file has it, without what a form strips
            self.env.cr.execute(
                "UPDATE res_partner SET name = %s, complete_name = %s WHERE id = %s",
                [name, name, partner.id],
            )
        self.env.invalidate_all()
        self.authenticate("admin", "admin")
        asked = {
            "model": "res.partner",
            "fields": [{"name": "name", "label": "Name", "type": "char"}],
            "ids": partners.ids,
            "domain": [],
            "import_compat": False,
            "context": {},
            "groupby": [],
        }
        data = {"data": json.dumps(asked), "csrf_token": http.Request.csrf_token(self)}
        answer = self.url_open(f"/web/export/{kind}", data=data)
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        return answer.content

    def test_no_cell_is_a_formula_or_a_link(self):
        with zipfile.ZipFile(io.BytesIO(self.exported("xlsx"))) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            strings = book.read("xl/sharedStrings.xml").decode()
            parts = book.namelist()
        self.assertNotIn("<f", sheet)
        self.assertNotIn("hyperlink", sheet)
        self.assertFalse([name for name in parts if "rels/sheet" in name])
        self.assertIn("=HYPERLINK", strings)

    def test_no_cell_of_a_pivot_is_a_formula_or_a_link(self):
        self.authenticate("admin", "admin")
        names = [*FORMULAS, "{=1+1}", "http://evil.example/", "internal:'a'!A1", "Ana", "- Ana"]
        heads = [{"title": name, "width": 1, "height": 1, "is_bold": False} for name in names]
        values = [{"value": name, "is_bold": False} for name in names]
        asked = {
            "title": "Compras",
            "model": "l10n_cl.received.dte",
            "measure_count": 1,
            "col_group_headers": [heads],
            "measure_headers": heads,
            "rows": [
                {"title": name, "indent": at, "values": values} for name in names for at in (0, 1)
            ],
        }
        data = {"data": json.dumps(asked), "csrf_token": http.Request.csrf_token(self)}
        answer = self.url_open("/web/pivot/export_xlsx", data=data)
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            strings = book.read("xl/sharedStrings.xml").decode()
        self.assertNotIn("<f", sheet)
        self.assertNotIn("hyperlink", sheet)
        for name in ("Ana", "HYPERLINK", "evil.example"):
            self.assertIn(name, strings)

    def test_no_cell_of_a_csv_begins_a_formula(self):
        rows = list(csv.reader(io.StringIO(self.exported("csv").decode())))[1:]
        self.assertEqual(len(rows), len(FORMULAS) + 3)
        for [cell] in rows:
            self.assertNotIn(cell[:1], "=@+-\t\r")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAddresses(MailCase):
    def test_a_name_may_have_a_comma(self):
        for text in (
            "juan@x.example",
            '"Pérez, Juan" <juan@x.example>',
            "a@x.example, b@x.example",
            'a@x.example, "Pérez, Juan" <juan@x.example>',
        ):
            self.assertTrue(_are_addresses(text), text)
        for text in ("", "juan", "a@x.example, juan", "<>", ", ,"):
            self.assertFalse(_are_addresses(text), text)

    def test_it_is_mailed(self):
        self.customer.email = '"Pérez, Juan" <juan@x.example>'
        move = self.post()
        self.run_crons()
        self.deliver()
        self.assertEqual(self.delivery(move).state, "sent", self.delivery(move).failure)
        self.assertEqual(len(self.mails_to("juan@x.example")), 1)
