"""The main job: an invoice is confirmed, and the SII accepts it."""

import base64
import hashlib

from lxml import etree

from ..common import COMPANY_RUT, SiiCase


class TestFirstLight(SiiCase):
    def test_posted_means_signed(self):
        move = self.post()
        document = move.l10n_cl_dte_id
        self.assertEqual(document.state, "signed")
        self.assertEqual(move.name, f"FAC {document.folio:06d}")
        self.assertEqual(document.caf_id, self.cafs[33])
        xml = base64.b64decode(document.xml)
        self.assertEqual(document.xml_sha256, hashlib.sha256(xml).hexdigest())
        root = etree.fromstring(xml)
        self.assertEqual(root.findtext(".//{*}Folio"), str(document.folio))
        self.assertEqual(root.findtext(".//{*}MntTotal"), "1190")

    def test_sent_and_accepted(self):
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "sent")
        self.assertRegex(move.l10n_cl_sii_track_id, r"^\d{10}$")
        self.run_crons("cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        held = self.sii.documents(COMPANY_RUT, 33, move.l10n_cl_dte_id.folio)
        self.assertEqual([each["total"] for each in held], [1190])
        self.assertEqual(move.l10n_cl_event_ids.mapped("to_state"), ["accepted", "sent", "signed"])

    def test_what_the_sii_got_is_what_we_keep(self):
        move = self.post()
        self.run_crons()
        envio = move.l10n_cl_dte_id.envio_id
        self.assertEqual(self.sii.envelope_xml(envio.track_id), base64.b64decode(envio.xml))
        self.assertIn(
            base64.b64decode(move.l10n_cl_dte_id.xml).split(b"?>\n", 1)[1].rstrip(),
            base64.b64decode(envio.xml),
        )

    def test_folios_follow_each_other(self):
        moves = self.draft() + self.draft() + self.draft()
        moves.action_post()
        first = self.cafs[33].first
        folios = moves.l10n_cl_dte_ids.sorted("move_id").mapped("folio")
        self.assertEqual(sorted(folios), [first, first + 1, first + 2])

    def test_all_four_types_are_accepted(self):
        invoice = self.post()
        exempt = self.post(code=34)
        self.run_crons()
        note = self._note(invoice, 61, "1")
        self.run_crons()
        lines = [{"tax_ids": False}]
        debit = self._note(exempt, 56, "3", debit_origin_id=exempt.id, lines=lines)
        self.run_crons()
        for move in invoice + exempt + note + debit:
            self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def _note(self, origin, code, does, **values):
        reference = {
            "document_type_id": origin.l10n_latam_document_type_id.id,
            "l10n_cl_reference_doc_type_selection": origin.l10n_latam_document_type_id.code,
            "folio": str(origin.l10n_cl_dte_id.folio),
            "issued_on": origin.invoice_date,
            "code": does,
            "reason": "Anula" if does == "1" else "Corrige montos",
        }
        if code == 61:
            values["reversed_entry_id"] = origin.id
        return self.post(code=code, l10n_cl_reference_ids=[(0, 0, reference)], **values)
