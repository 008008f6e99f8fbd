"""What the SII has processed is kept once, and given out to the byte as it was sent."""

import base64

from odoo.tests import HttpCase

from ... import keep_documents
from ...models.access.intact import AlteredFile
from ...sii.dte import packed
from ..boleta_case import BoletaCase
from ..taxpayer.identity_case import IdentityCase


class TestPacked(BoletaCase, IdentityCase, HttpCase):
    def processed(self, *moves):
        self.run_crons()
        envio = moves[0].l10n_cl_dte_id.envio_id
        self.assertEqual(envio.state, "processed")
        return envio

    def pack(self):
        self.env["l10n_cl.envio"]._gc_envelopes()
        self.env.flush_all()
        self.env.invalidate_all()

    def in_store(self, envio):
        """The bytes of its file, not rebuilt."""
        stored = self.attachment(envio)
        return stored._file_read(stored.store_fname) if stored.store_fname else stored.db_datas

    def assert_packed(self, envio):
        self.assertEqual(envio.kept_as, "packed")
        self.assertTrue(packed.is_packed(self.in_store(envio)))

    def test_an_envelope_of_a_factura(self):
        envio = self.processed(self.post())
        sent, digest = envio._xml_bytes(), envio.xml_sha256
        self.pack()
        self.assert_packed(envio)
        self.assertLess(len(self.in_store(envio)), len(sent) / 2)
        self.assertEqual(envio._xml_bytes(), sent)
        self.assertEqual(base64.b64decode(envio.xml), sent)
        self.assertEqual(self.attachment(envio).raw, sent)
        self.assertEqual(envio.xml_sha256, digest)
        self.assertFalse(self.attachment(envio).index_content)
        held = self.sii.envelope_xml(envio.track_id)
        self.assertEqual(held, sent)

    def test_many_boletas_in_one(self):
        moves = [self.boleta() for _each in range(5)]
        envio = self.processed(*moves)
        sent = envio._xml_bytes()
        self.assertEqual(len(envio.dte_ids), 5)
        self.pack()
        self.assert_packed(envio)
        self.assertEqual(envio._xml_bytes(), sent)

    def test_in_the_filestore(self):
        self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", "file")
        envio = self.processed(self.post())
        sent, before = envio._xml_bytes(), self.attachment(envio).store_fname
        self.pack()
        self.assert_packed(envio)
        self.assertNotEqual(self.attachment(envio).store_fname, before)
        self.assertEqual(envio._xml_bytes(), sent)

    def test_downloads_are_what_was_sent(self):
        envio = self.processed(self.post())
        sent = envio._xml_bytes()
        self.pack()
        self.authenticate("admin", "admin")
        self.env.ref("base.user_admin").sudo().company_ids |= self.company
        for address in (
            f"/web/content/l10n_cl.envio/{envio.id}/xml?download=1",
            f"/web/content/{self.attachment(envio).id}",
        ):
            answer = self.url_open(address)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.content, sent)

    def test_what_is_on_its_way_stays_as_it_is(self):
        move = self.post()
        self.run_crons("cron_send")
        self.pack()
        self.assertFalse(move.l10n_cl_dte_id.envio_id.kept_as)

    def test_what_holds_nothing_legal_stays_whole(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        envio = self.processed(move)
        sent = envio._xml_bytes()
        self.pack()
        self.assertEqual(envio.kept_as, "whole")
        move.button_draft()
        move.invoice_line_ids.price_unit = 2000
        move.action_post()
        self.assertEqual(envio._xml_bytes(), sent, "the document was signed anew meanwhile")

    def test_alterations_are_found(self):
        first, second = (self.processed(self.post()) for _each in range(2))
        document = first.dte_ids
        self.pack()
        self.alter(document, b"<MntTotal>1190<", b"<MntTotal>9190<")
        with self.assertRaisesRegex(AlteredFile, "not the one that was kept"):
            first._xml_bytes()
        with self.assertRaises(AlteredFile):
            bytes(self.attachment(first).raw)
        self.keep(self.attachment(second), self.in_store(second)[:-9])
        with self.assertRaises(AlteredFile):
            second._xml_bytes()

    def test_altered_before_it_was_packed(self):
        envio = self.processed(self.post())
        self.alter(envio, b"<MntTotal>1190<", b"<MntTotal>9190<")
        self.pack()
        self.assertEqual(envio.kept_as, "whole")
        self.assertIn(b"9190", self.in_store(envio))

    def test_whole_again_when_the_addon_goes(self):
        envio = self.processed(self.post())
        sent, track = envio._xml_bytes(), envio.track_id
        self.pack()
        keep_documents(self.env)
        kept = self.env["ir.attachment"].sudo().search([("name", "=", f"envio_{track}.xml")])
        self.assertEqual(kept.raw, sent)
        self.assertEqual(kept._l10n_cl_stored_bytes(), sent)

    def test_nobody_elses_file_is_rebuilt(self):
        """Only the file of an envelope is: a stranger's would draw documents out of the ledger."""
        document = self.post().l10n_cl_dte_id
        recipe = packed.pack(document._xml_bytes(), {document.id: document._xml_bytes()})
        file = self.env["ir.attachment"].create({"name": "x.xml", "raw": recipe})
        self.assertEqual(file.raw, recipe)
