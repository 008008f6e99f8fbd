"""Every text of the addon is shown in Spanish to users who work in Spanish."""

import re
from pathlib import Path

import polib

from odoo.modules.module import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

from ...sii import sentences

LANGUAGES = ("es", "es_CL")
# what Odoo reads of the pages in the browser, and how it marks it
_OF_PAGES = {
    ".js": "odoo.tools.babel:extract_javascript",
    ".xml": "odoo.tools.translate:babel_extract_qweb",
}
_IN_PAGES = ["odoo-javascript"]
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]")


class AddonTexts(TranslationModuleReader):
    """The texts that Odoo exports for an addon, each with what a language makes of it."""

    def __init__(self, cr, addon, lang):
        self._addon = addon
        super().__init__(cr, [addon], lang)

    def _export_translatable_resources(self):
        # Odoo's own walk over the addons follows the checkout's links in circles.
        addon = Path(get_module_path(self._addon))
        siblings = addon / "addons"
        for path in sorted(addon.glob("[!.]*/**/*.py")):
            if siblings in path.parents:
                continue  # they bring texts of their own
            place = (path.name, str(addon.parent), str(path.parent))
            self._babel_extract_terms(*place, extract_keywords={"_": None, "_lt": None})
        for path in sorted(addon.glob("static/src/**/*.*")):
            if method := _OF_PAGES.get(path.suffix):
                place = (path.name, str(addon.parent), str(path.parent))
                options = {"extra_comments": _IN_PAGES, "extract_keywords": {"_t": None}}
                self._babel_extract_terms(*place, method, **options)

    def __iter__(self):
        """Source and translation of each text but the communes, whose names are the same."""
        for _module, _type, name, _id, source, value, _comments in super().__iter__():
            if name != "res.city,name":
                yield source, value


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTranslations(TransactionCase):
    addon = "l10n_cl_sii"
    # one of the data, and one of the code
    known = ("Nothing to correct: the SII is asked again.", "It will be sent to the SII.")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_CL")
        addon = cls.env["ir.module.module"].search([("name", "=", cls.addon)])
        addon._update_translations(["es_CL"], overwrite=True)
        cls.env.flush_all()
        cls.texts = dict(AddonTexts(cls.env.cr, cls.addon, "es_CL"))
        cls.files = {language: cls._read(language) for language in LANGUAGES}

    @classmethod
    def _read(cls, language):
        file = polib.pofile(Path(get_module_path(cls.addon), "i18n", f"{language}.po"))
        return {entry.msgid: entry.msgstr for entry in file.translated_entries()}

    def test_every_text_is_in_the_files(self):
        self.assertFalse(set(self.known) - self.texts.keys())
        for language, translations in self.files.items():
            missing = sorted(self.texts.keys() - translations.keys())
            self.assertEqual(missing, [], f"to translate in i18n/{language}.po")

    def test_placeholders_survive(self):
        for language, translations in self.files.items():
            for source, text in translations.items():
                with self.subTest(language=language, source=source):
                    self.assertEqual(self._placeholders(source), self._placeholders(text))

    def test_a_coded_sentence_stands_in_the_table_alone(self):
        coded = {words["en"] for words in sentences.table().values()}
        for language, translations in self.files.items():
            self.assertEqual(coded & translations.keys(), set(), f"in i18n/{language}.po as well")

    def _placeholders(self, text):
        return sorted(_PLACEHOLDER.findall(text))

    def test_chile_reads_the_texts_of_its_file(self):
        """Odoo takes from the .pot which record a text belongs to: it must be of today."""
        translations = self.files["es_CL"]
        wrong = [
            (source, value)
            for source, value in self.texts.items()
            if (value or source) != translations.get(source)
        ]
        self.assertEqual(wrong, [])
