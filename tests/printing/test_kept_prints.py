"""A print is made once and kept while it says the same; many are made together."""

from odoo.tests import tagged

from ..printed import PrintedPdf
from .print_case import CEDIBLE, INVOICE, PrintCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestKeptPrints(PrintCase):
    def streams(self, moves, report=INVOICE, data=None):
        """id -> bytes of the PDF, as Send & Print, portal and Print menu get them."""
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            streams, _kind = reports._pre_render_qweb_pdf(report, moves.ids, data=data)
        return {res_id: each["stream"].getvalue() for res_id, each in streams.items()}

    def pdf(self, move):
        return self.streams(move)[move.id]

    def page(self, move):
        """What the public page gives."""
        document = move.l10n_cl_dte_id.sudo().with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            return document._public_pdf_bytes()

    def test_made_once_for_everybody(self):
        move = self.post()
        first = self.pdf(move)
        self.assertEqual(self.pdf(move), first)
        self.assertEqual(self.page(move), first)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertEqual(self.page(move), first, "accepted it says the same")
        kept = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "l10n_cl.dte"), ("res_field", "=", "public_pdf"),
             ("res_id", "=", move.l10n_cl_dte_id.id)]
        )  # fmt: skip
        self.assertEqual(len(kept), 1)

    def made_yesterday(self):
        """Within one transaction, as a test is, all is written at the same moment."""
        self.env.flush_all()
        for table in ("res_company", "ir_ui_view"):
            self.cr.execute(f"UPDATE {table} SET write_date = write_date - interval '1 day'")
        self.env.registry.clear_cache("templates")
        self.env.invalidate_all()

    def test_made_anew_when_it_says_something_else(self):
        move, style = self.post(), self.env.ref("l10n_cl_sii.print_style")
        document = move.l10n_cl_dte_id.sudo()
        changes = {
            "template": lambda: style.write({"arch_db": style.arch_db + "\n"}),
            "company": lambda: self.company.write({"phone": "+56 2 2345 6789"}),
            "issuer": lambda: self.issuer.sudo().write({"print_qr": True}),
            "due date": lambda: move.write({"invoice_date_due": "2026-12-31"}),
            "copy": lambda: self.issuer.sudo().write({"print_cedible": "appended"}),
        }
        for what, change in changes.items():
            with self.subTest(what):
                self.made_yesterday()
                self.pdf(move)
                self.assertTrue(document._kept_print())
                change()
                self.env.flush_all()
                self.assertFalse(document._kept_print())
        self.assertEqual(len(PrintedPdf(self.pdf(move)).pages), 2)

    def test_a_rejected_one_says_so(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.pdf(move)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertRegex(PrintedPdf(self.pdf(move)).text.upper(), "REJECTED|RECHAZAD")
        move.button_draft()
        move.invoice_line_ids.price_unit = 2000
        move.action_post()
        self.assertIn("$ 2.380", PrintedPdf(self.pdf(move)).text)

    def test_a_draft_and_a_proforma_are_not_kept(self):
        move = self.draft()
        self.pdf(move)
        move.action_post()
        self.streams(move, data={"proforma": True})
        self.assertFalse(move.l10n_cl_dte_id.sudo()._kept_print())

    def test_together_each_is_as_it_is_alone(self):
        moves = self.env["account.move"]
        for count in (1, 2, 60, 3):
            moves += self.post(lines=[{"name": f"Artículo {n}"} for n in range(count)])
        together = self.streams(moves)
        self.assertEqual(list(together), moves.ids)
        for move, pages in zip(moves, (1, 1, 2, 1), strict=True):
            alone = self.env["ir.attachment"].sudo().search(
                [("res_model", "=", "l10n_cl.dte"), ("res_id", "=", move.l10n_cl_dte_id.id),
                 ("res_field", "=", "public_pdf")]
            )  # fmt: skip
            self.assertEqual(alone.raw, together[move.id])
            alone.unlink()
            one, two = PrintedPdf(together[move.id]), PrintedPdf(self.pdf(move))
            self.assertEqual([len(one.pages), len(two.pages)], [pages, pages])
            self.assertEqual(one.text, two.text)
            [(read, box)], [(_read, other)] = one.stamps(), two.stamps()
            self.assertEqual(read, self.ted(move))
            for edge, same in zip(box, other, strict=True):
                self.assertAlmostEqual(edge, same, delta=0.5)

    def test_copies_together(self):
        moves = self.post() + self.post() + self.post(code=34)
        copies = self.streams(moves, CEDIBLE)
        for move in moves:
            printed = PrintedPdf(copies[move.id])
            self.assertEqual(len(printed.pages), 1)
            self.assertIn("CEDIBLE", printed.text)
            self.assertEqual([read for read, _box in printed.stamps()], [self.ted(move)])
