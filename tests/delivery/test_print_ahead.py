"""The prints of mails that wait are made together, by one run of wkhtmltopdf."""

from odoo.tests import tagged

from ..printed import PrintedPdf
from .mail_case import MailCase

ADDRESS = "compras@penalolen.example"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPrintAhead(MailCase):
    def setUp(self):
        super().setUp()
        self.moves = self.post() + self.post() + self.post(code=34)
        self.run_crons()

    def deliver_for_real(self):
        """As in production, where PDFs are made."""
        with self.enter_registry_test_mode(), self.allow_pdf_render(), self.registry.cursor() as cr:
            deliveries = self.env(cr=cr, su=True)["l10n_cl.delivery"]
            deliveries.with_context(force_report_rendering=True)._cron_deliver()
        self.env.invalidate_all()

    def deliveries(self):
        return self.moves.l10n_cl_dte_id.delivery_ids.sudo()

    def test_prints_are_made_before_the_mails_are_written(self):
        deliveries = self.deliveries().with_context(force_report_rendering=True)
        self.assertEqual(deliveries.search(deliveries._to_print()), deliveries)
        with self.allow_pdf_render():
            deliveries._print_ahead()
        kept = [move.l10n_cl_dte_id._kept_print() for move in self.moves]
        self.assertTrue(all(kept))
        self.assertFalse(deliveries.search(deliveries._to_print()))
        self.deliver_for_real()
        self.assertEqual(deliveries.mapped("state"), ["sent"] * 3)
        for move, content in zip(self.moves, kept, strict=True):
            self.assertEqual(move.invoice_pdf_report_id.raw, content)
            [(read, _box)] = PrintedPdf(content).stamps()
            self.assertEqual(read, self.ted(move))

    def test_each_mail_has_its_own_print(self):
        self.deliver_for_real()
        self.assertEqual(self.deliveries().mapped("state"), ["sent"] * 3)
        mails = self.mails_to(ADDRESS)
        prints = [
            data for m in mails for name, data in self.files(m).items() if name.endswith(".pdf")
        ]
        self.assertEqual(len(prints), 3)
        self.assertEqual(set(prints), {move.l10n_cl_dte_id._kept_print() for move in self.moves})

    def test_one_that_cannot_be_printed_holds_up_no_other(self):
        """Its signed file was altered: nothing of it leaves, the others do."""
        document = self.moves[1].l10n_cl_dte_id
        document.sudo()._stored_xml().raw = b"<forged/>"
        self.deliver_for_real()
        states = [move.l10n_cl_dte_id.delivery_ids.state for move in self.moves]
        self.assertEqual(states, ["sent", "failed", "sent"])
        self.assertEqual(len(self.mails_to(ADDRESS)), 2)
