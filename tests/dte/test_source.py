"""What is no invoice becomes a tax document too (l10n_cl.dte.source.mixin)."""

import base64
import re

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..delivery.mail_case import MailCase
from ..printed import PrintedPdf
from .parcel import ParcelCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSource(ParcelCase, MailCase, HttpCase):
    def issue(self, **values):
        parcel = self.parcel(**values)
        return parcel, parcel._l10n_cl_issue()

    def print_pdf(self, document):
        document = document.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            return document._public_pdf_bytes()

    def stamp(self, document):
        xml = base64.b64decode(document.xml)
        return re.sub(rb">\s+<", b"><", re.search(rb"<TED .*</TED>", xml, re.DOTALL)[0])

    def test_signed_sent_and_accepted(self):
        parcel, document = self.issue()
        self.assertEqual((document.state, document.folio), ("signed", self.cafs[33].first))
        self.assertEqual((document.amount_total, document.receiver_id), (5950, self.customer))
        self.assertEqual(document._source(), parcel)
        self.assertFalse(document.move_id)
        self.assertEqual(parcel._l10n_cl_current(), document)
        self.run_crons()
        self.assertEqual(document.state, "accepted")
        self.assertTrue(document.track_id)
        self.assertEqual(document.answer, "open", "the customer may still claim it")
        self.assertEqual(parcel.heard, "signed sent accepted")
        self.assertIn("SII: FAC", " ".join(parcel.message_ids.mapped("body")))
        with self.assertRaises(UserError):
            parcel.unlink()

    def test_rejected_calls_a_person_and_goes_out_again_with_its_folio(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        parcel, document = self.issue()
        self.run_crons()
        self.assertEqual(document.state, "rejected")
        self.assertEqual(
            parcel.activity_ids.activity_type_id,
            self.env.ref("l10n_cl_sii.activity_attention"),
        )
        folio = document.folio
        self.assertEqual(parcel._l10n_cl_issue(), document)
        self.run_crons()
        self.assertEqual((document.state, document.folio), ("accepted", folio))
        self.assertFalse(parcel.activity_ids)

    def test_what_was_issued_is_never_signed_again(self):
        parcel, document = self.issue()
        signed = document.xml_sha256
        for state in ("signed", "sent", "accepted"):
            with self.assertRaisesRegex(UserError, "Emitted already"):
                parcel._l10n_cl_issue()
            self.run_crons("cron_send" if state == "signed" else "cron_poll")
        self.assertEqual((document.state, document.xml_sha256), ("accepted", signed))

    def test_a_source_that_is_gone_holds_up_no_other(self):
        """Its row, or the addon of its model: the SII's verdict is taken over all the same."""
        gone = [self.issue()[1], self.issue()[1]]
        _parcel, kept = self.issue()
        self.env.flush_all()
        for document, source in zip(gone, ("l10n_cl.no.such.model", "res.users"), strict=True):
            self.cr.execute(
                "UPDATE l10n_cl_dte SET source_model = %s WHERE id = %s", [source, document.id]
            )
        self.env.invalidate_all()
        self.run_crons()
        self.assertEqual([each.state for each in (*gone, kept)], ["accepted"] * 3)
        self.assertFalse(self.env["l10n_cl.incident"].search([]))

    def test_a_folio_given_up_makes_room_for_another(self):
        parcel, document = self.issue()
        document.action_void()
        self.assertEqual(parcel.heard, "signed void free")
        other = parcel._l10n_cl_issue()
        self.assertEqual(other.folio, document.folio + 1)
        self.assertEqual(parcel._l10n_cl_documents(), document | other)

    def test_what_is_not_legal_takes_no_folio(self):
        parcel = self.parcel(name="")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            parcel._l10n_cl_issue()
        self.assertFalse(parcel._l10n_cl_documents())

    def test_its_print_bears_the_stamp(self):
        _parcel, document = self.issue()
        printed = PrintedPdf(self.print_pdf(document))
        self.assertEqual([read for read, _box in printed.stamps()], [self.stamp(document)])
        for text in ("Encomienda Ñuble", "5.950", "S.I.I. - Santiago Oriente", "Res. 0 de 2019"):
            self.assertTrue(printed.pages[0].shows(text) or printed.pages[0].shows(text.upper()))

    def test_its_public_page(self):
        _parcel, document = self.issue()
        self.run_crons()
        path = document._public_path()
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        for text in ("Factura Electrónica", str(document.folio), "5.950"):
            self.assertIn(text, page.text)
        xml = self.url_open(f"{path}/xml")
        self.assertEqual(xml.content, base64.b64decode(document.xml))
        self.print_pdf(document)
        self.env.flush_all()
        pdf = self.url_open(f"{path}/pdf")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")

    def test_its_query_page(self):
        _parcel, document = self.issue()
        asked = {
            "rut": document.issuer_rut,
            "kind": 33,
            "folio": document.folio,
            "day": document.issued_on.strftime("%d-%m-%Y"),
            "total": "5.950",
        }
        self.env.flush_all()
        found = self.url_open("/consulta-dte", data=asked, allow_redirects=False)
        self.assertEqual(found.status_code, 303)
        self.assertTrue(found.headers["Location"].endswith(document._public_path()))

    def test_the_customer_gets_it_and_the_exchange_mailbox_too(self):
        self.issuer.sudo().exchange_auto = True
        self.customer.l10n_cl_exchange_mailbox = "dte@penalolen.example"
        _parcel, document = self.issue()
        self.assertFalse(document.delivery_ids, "not before the SII has accepted it")
        self.run_crons()
        self.print_pdf(document)
        self.deliver()
        self.assertEqual(set(document.delivery_ids.mapped("state")), {"sent"})
        [mail] = self.mails_to("compras@penalolen.example")
        self.assertIn(f"Factura Electrónica N° {document.folio}", str(mail["Subject"]))
        files = self.files(mail)
        self.assertEqual(files[document.xml_name], base64.b64decode(document.xml))
        self.assertTrue(files[document.xml_name.removesuffix(".xml") + ".pdf"].startswith(b"%PDF"))
        [exchanged] = self.mails_to("dte@penalolen.example")
        self.assertIn(document.xml_name, next(iter(self.files(exchanged))))
