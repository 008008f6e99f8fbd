"""When the addon goes, the documents that the law has a taxpayer keep stay."""

import base64

from odoo.tests import Form

from ... import keep_documents
from ...models.access.kept import _KEPT
from ..common import SiiCase


class TestKept(SiiCase):
    def attachments(self, name):
        return self.env["ir.attachment"].sudo().search([("name", "=", name)])

    def test_the_signed_xml_becomes_an_attachment_of_its_invoice(self):
        move = self.post()
        self.run_crons()
        document, envelope = move.l10n_cl_dte_id, move.l10n_cl_dte_id.envio_id
        signed, sent = base64.b64decode(document.xml), base64.b64decode(envelope.xml)
        name, track = document.xml_name, envelope.track_id
        keep_documents(self.env)
        kept = self.attachments(name)
        self.assertEqual((kept.res_model, kept.res_id), ("account.move", move.id))
        self.assertFalse(kept.res_field)
        self.assertEqual(kept.raw, signed)
        self.assertIn(track, kept.description)
        kept = self.attachments(f"envio_{track}.xml")
        self.assertEqual((kept.res_model, kept.raw), (False, sent))

    def test_nothing_of_ours_is_left_to_be_deleted(self):
        """Every model that keeps signed files is one of those."""
        kinds = {
            name
            for name, model in self.registry.items()
            if name.startswith("l10n_cl.") and not model._abstract and "xml_sha256" in model._fields
        }
        self.assertEqual(kinds - {"l10n_cl.caf"}, set(_KEPT))

    def test_the_dialogue_shows_what_is_kept(self):
        self.post()
        addon = self.env.ref("base.module_l10n_cl_sii").sudo()
        wizard = self.env["base.module.uninstall"].sudo().create({"module_ids": addon.ids})
        self.assertIn("six years", wizard.l10n_cl_kept_text)
        with Form(wizard) as form:
            self.assertRegex(form.l10n_cl_kept_text, r"holds [1-9]\d* tax documents")

    def test_another_module_shows_no_warning(self):
        other = self.env.ref("base.module_base_setup").sudo()
        kept = self.env["base.module.uninstall"].sudo().create({"module_ids": other.ids})
        impacted = other.downstream_dependencies(other).mapped("name")
        self.assertEqual(bool(kept.l10n_cl_kept_text), "l10n_cl_sii" in impacted)
