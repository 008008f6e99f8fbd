"""Boletas on letter and on a ticket, mailed as soon as they are signed (PROTOCOL 4.4, 6.3)."""

from odoo import Command
from odoo.tests import tagged

from ..boleta_case import BoletaCase
from ..delivery.mail_case import MailCase

TICKET = "l10n_cl_sii.action_report_ticket"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestBoletaPrint(BoletaCase, MailCase):
    def test_ticket_of_nobody_in_particular(self):
        move = self.boleta(lines=[{"quantity": 3, "discount": 10}])
        printed = self.print_out(move, TICKET)
        [page] = printed.pages
        self.assert_prints(
            printed,
            "BOLETA ELECTRÓNICA",
            f"N° {move.l10n_cl_dte_id.folio}",
            "x $ 1.190 desc. $ 357",
            "$ 3.213",
            "IVA (19%) $ 513",
            "Total $ 3.213",
            "Res. 0 de 2019 Verifique documento: www.sii.cl",
        )
        self.assertNotIn("66.666.666-6", printed.text)
        self.assertNotIn("Timbre", printed.text)
        self.assertFalse(page.stamps())
        [(address, _box)] = page.qr_codes()
        self.assertEqual(address.decode(), move.l10n_cl_public_url())
        self.assert_query_address(printed, move)

    def assert_query_address(self, printed, move):
        address = self.env["l10n_cl.dte"]._query_url(move.l10n_cl_dte_id.issuer_id)
        self.assertIn(address.removeprefix("https://"), "".join(printed.text.split()))

    def test_stamped_where_the_issuer_wants_it(self):
        self.issuer.sudo().print_boleta_stamp = True
        move = self.boleta()
        for report in ("account.account_invoices", TICKET):
            printed = self.print_out(move, report)
            [page] = printed.pages
            self.assertEqual([read for read, _box in page.stamps()], [self.ted(move)])
            self.assertNotIn(self.ted(move), [read for read, _box in page.qr_codes()])
            self.assert_prints(printed, "Timbre Electrónico SII Res. 0 de 2019")
            self.assert_query_address(printed, move)

    def test_a_strip_without_stamp_is_shorter(self):
        move = self.boleta()
        [short] = self.print_out(move, TICKET).pages
        self.issuer.sudo().write({"print_boleta_stamp": True, "ticket_page_qr": True})
        [long] = self.print_out(move, TICKET).pages
        self.assertLess(short.height + 20, long.height)

    def test_all_others_bear_their_stamp(self):
        invoice = self.post()
        note = self.post(
            code=61,
            l10n_cl_reference_ids=[
                Command.create(
                    {
                        "l10n_cl_reference_doc_type_selection": "33",
                        "folio": str(invoice.l10n_cl_dte_id.folio),
                        "issued_on": invoice.invoice_date,
                        "code": "1",
                        "reason": "Anula",
                    }
                )
            ],
        )
        for move in invoice | note:
            for report in ("account.account_invoices", TICKET):
                printed = self.print_out(move, report)
                self.assertEqual([read for read, _box in printed.stamps()], [self.ted(move)])

    def test_letter_shows_the_vat_apart(self):
        section = {"display_type": "line_section", "name": "Equipos", "sequence": -1}
        move = self.draft(code=39, lines=[{}, {"quantity": 2, "discount": 10}])
        move.invoice_line_ids = [Command.create(section)]
        move.action_post()
        printed = self.print_out(move)
        self.assert_prints(printed, "BOLETA ELECTRÓNICA", "IVA (19%) $ 532", "Total $ 3.332")
        self.assert_prints(printed, "Equipos $ 3.332", "2 Unid 1.190 10 % 2.142")
        self.assertNotIn("CEDIBLE", printed.text)
        self.assertFalse(printed.stamps())
        [(address, (left, top, right, bottom))] = printed.pages[0].qr_codes()
        self.assertEqual(address.decode(), move.l10n_cl_public_url())
        self.assertTrue(20 < right - left < 45, f"{right - left} mm wide")
        self.assert_query_address(printed, move)

    def test_exempt_boleta(self):
        move = self.boleta(code=41)
        for report in ("account.account_invoices", TICKET):
            printed = self.print_out(move, report)
            self.assert_prints(printed, "BOLETA NO AFECTA O EXENTA ELECTRÓNICA")
            self.assert_prints(printed, "Monto exento $ 1.000", "Total $ 1.000")
            self.assertNotIn("IVA", printed.text)

    def test_a_hundred_lines_are_numbered_pages(self):
        lines = [
            {
                "name": f"Artículo {number}",
                "price_unit": 100,
                "tax_ids": [Command.set(self.vat.ids)],
            }
            for number in range(1, 101)
        ]
        move = self.boleta(lines=lines)
        pages = self.print_out(move).pages
        for number, page in enumerate(pages, start=1):
            self.assertTrue(page.shows(f"Página {number} de {len(pages)}"))
            self.assertEqual(len(page.qr_codes()), int(number == len(pages)))
        [strip] = self.print_out(move, TICKET).pages
        self.assertEqual(len(strip.qr_codes()), 1)
        self.assertTrue(strip.shows("Artículo 100"))

    def test_mailed_at_signature(self):
        move = self.boleta(partner_id=self.customer.id)
        self.assertEqual(move.l10n_cl_dte_state, "signed")
        self.deliver()
        self.assertEqual(self.delivery(move).state, "sent")
        [mail] = self.mails_to("compras@penalolen.example")
        self.assertIn(move.l10n_cl_dte_id.xml_name, self.files(mail))
        self.run_crons()
        self.deliver()
        self.assertEqual(len(self.mail_server.mails), 1, "once")

    def test_boletas_are_not_exchanged_and_nobody_is_asked_for_an_address(self):
        self.issuer.sudo().exchange_auto = True
        self.customer.write({"l10n_cl_exchange_mailbox": "dte@x.example", "email": False})
        moves = self.boleta() + self.boleta(partner_id=self.customer.id)
        self.run_crons()
        self.deliver()
        self.assertFalse(moves.l10n_cl_dte_id.delivery_ids)
        self.assertFalse(self.mail_server.mails)
