"""What a person sees: nothing that cannot be opened, no word that only programs know."""

from lxml import etree

from ...models.base.texts.places import place_text
from ..taxpayer.identity_case import IdentityCase


class TestScreens(IdentityCase):
    def test_a_file_in_a_list_can_be_downloaded(self):
        """Without its widget Odoo shows no more of a file in a list than how long it is."""
        bare, found = [], 0
        for name in self.env.registry:
            if not name.startswith("l10n_cl.") or self.env[name]._abstract:
                continue
            for kind in ("form", "list"):
                arch = etree.fromstring(self.env[name].sudo().get_view(view_type=kind)["arch"])
                for model, field in self.list_fields(self.env[name], arch, kind == "list"):
                    if model._fields[field.get("name")].type == "binary":
                        found += 1
                        if field.get("widget") != "binary":
                            bare.append((name, field.get("name")))
        self.assertTrue(found)
        self.assertFalse(bare)

    def list_fields(self, model, node, in_list):
        """(model, field) of each field that a list shows, also one inside a form."""
        for child in node:
            if child.tag != "field":
                yield from self.list_fields(model, child, in_list or child.tag == "list")
                continue
            if child.get("name") not in model._fields:
                continue
            if in_list:
                yield model, child
            comodel = model._fields[child.get("name")].comodel_name
            if comodel and len(child):
                yield from self.list_fields(self.env[comodel], child, False)

    def test_a_view_of_ours_is_edited_not_patched(self):
        """Only views of other addons are patched; ours may be what a second one is built on."""
        ids = self.env["ir.model.data"].search(
            [("model", "=", "ir.ui.view"), ("module", "=like", "l10n_cl_sii%")]
        )
        addons = {row.res_id: row.module for row in ids}
        views = self.env["ir.ui.view"].browse(addons)
        self.assertEqual(views, views.exists())
        patches = [
            f"{view.xml_id} patches {view.inherit_id.xml_id}"
            for view in views
            if view.mode == "extension" and addons.get(view.inherit_id.id) == addons[view.id]
        ]
        self.assertEqual(patches, [])

    def test_places_of_a_document_in_words(self):
        for path, words in (
            ("Encabezado/Totales/MntTotal", "Total (Encabezado/Totales/MntTotal)"),
            ("Detalle 2/NmbItem", "Line 2, name (Detalle 2/NmbItem)"),
            ("Encabezado/Receptor/CmnaRecep", "Customer, commune (Encabezado/Receptor/CmnaRecep)"),
            ("Encabezado/IdDoc/FchVenc 2", "Due date (Encabezado/IdDoc/FchVenc 2)"),
            ("Encabezado/IdDoc/TpoImpresion", "Encabezado/IdDoc/TpoImpresion"),
        ):
            self.assertEqual(place_text(self.env, path), words)

    def test_an_incident_names_its_record_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("es_CL")
        move = self.post()
        self.env["l10n_cl.incident"].sudo()._put_off(move.sudo(), "No reason.")
        incident = self.incidents(move)
        kind = self.env["ir.model"]._get("account.move")
        kind.sudo().with_context(lang="es_CL").name = "Asiento"
        incident.invalidate_recordset()
        for lang, name in (("en_US", kind.with_context(lang="en_US").name), ("es_CL", "Asiento")):
            shown = incident.with_context(lang=lang).record_name
            self.assertEqual(shown, f"{name}: {move.display_name}")
