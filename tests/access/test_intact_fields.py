"""Every file that a field of ours keeps is compared before anybody gets it."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase

from ..boleta_case import BoletaCase
from ..taxpayer.identity_case import IdentityCase


class TestFields(BoletaCase, IdentityCase, HttpCase):
    def kept_files(self):
        """(model, field) of each of our fields whose content is a stored file."""
        for name, model in sorted(self.registry.items()):
            if name.startswith("l10n_cl.") and not model._abstract:
                for field in model._fields.values():
                    if isinstance(field, fields.Binary) and field.store and field.attachment:
                        yield name, field.name

    def test_walk(self):
        found = list(self.kept_files())
        self.assertIn(("l10n_cl.consumo.folios", "file"), found)
        self.assertIn(("l10n_cl.received.heavy", "file"), found)
        attachments = self.env["ir.attachment"].sudo()
        for model, field in found:
            with self.subTest(model=model, field=field):
                kept = attachments.create(
                    {
                        "name": field,
                        "res_model": model,
                        "res_field": field,
                        "res_id": 2_000_000_000,
                        "raw": b"<signed/>",
                    }
                )
                self.env.flush_all()
                kept.invalidate_recordset()
                self.assertEqual(kept.raw, b"<signed/>")
                for data in (b"<forged/>", None):
                    self.keep(kept, data)
                    with self.assertRaises(UserError):
                        self.assertFalse(kept.raw)

    def test_the_daily_summary_in_the_browser(self):
        """Altered between signing and download, on its way to the SII's portal."""
        self.boleta()
        manager = self.sii_manager()
        manager.password = "jefa-jefa-jefa"
        wizard = self.env["l10n_cl.consumo.folios"].with_user(manager).create({})
        wizard.action_sign()
        self.env.flush_all()
        self.authenticate("jefa", "jefa-jefa-jefa")
        address = f"/web/content/l10n_cl.consumo.folios/{wizard.id}/file?download=1"
        self.assertIn(b"ConsumoFolios", self.url_open(address).content)
        self.alter(wizard.sudo(), b"<FoliosEmitidos>1<", b"<FoliosEmitidos>0<", "file")
        answer = self.url_open(address)
        self.assertNotIn(b"FoliosEmitidos", answer.content)
        self.assertEqual(self.incidents(self.attachment(wizard, "file")).kind, "altered")
