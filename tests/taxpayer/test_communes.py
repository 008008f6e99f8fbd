"""The communes as data, and the ways in which people find them."""

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, TransactionCase, tagged
from odoo.tools import mute_logger

COMUNA_TYPE_LENGTH = 20  # ComunaType (SiiTypes_v10.xsd)


@tagged("post_install", "-at_install")
class TestCommunes(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.communes = cls.env["res.city"].search([("l10n_cl_cut_code", "!=", False)])

    def commune(self, cut_code):
        return self.env.ref(f"l10n_cl_sii.city_cl_{cut_code}")

    def find(self, name, operator="ilike"):
        return self.communes.browse(
            [
                city_id
                for city_id, _name in self.env["res.city"].name_search(name, operator=operator)
            ]
        )

    def test_all_communes_are_here_once(self):
        self.assertEqual(len(self.communes), 346)
        self.assertEqual(len(set(self.communes.mapped("name"))), 346)
        self.assertEqual(self.communes.country_id.code, "CL")

    def test_every_name_fits_the_sii_type(self):
        self.assertEqual(
            [c.name for c in self.communes if not 0 < len(c.name) <= COMUNA_TYPE_LENGTH], []
        )
        for commune in self.communes:
            self.assertEqual(commune.name.encode("iso-8859-1").decode("iso-8859-1"), commune.name)

    def test_region_follows_the_code(self):
        for commune in self.communes:
            region = self.env.ref(f"base.state_cl_{commune.l10n_cl_cut_code[:2]}")
            self.assertEqual(commune.state_id, region, commune.name)
        self.assertEqual(len(self.communes.state_id), 16)

    def test_spellings_never_lead_to_two_communes(self):
        keys = [k for c in self.communes for k in c.l10n_cl_search_names.strip("|").split("|")]
        self.assertEqual(len(keys), len(set(keys)))

    def test_found_without_accents_case_or_the_official_name(self):
        for typed, cut_code in {
            "paihuano": "04105",
            "Coihaique": "11101",
            "COYHAIQUE": "11101",
            "los ángeles": "08301",
            "los angeles": "08301",
            "nunoa": "13120",
            "  Ñuñoa ": "13120",
            "O´Higgins": "11302",
            "rapa nui": "05201",
            "Cabo de Hornos (Ex Navarino)": "12201",
            "llay-llay": "05703",
        }.items():
            with self.subTest(typed):
                self.assertIn(self.commune(cut_code), self.find(typed))
                self.assertEqual(self.find(typed, "="), self.commune(cut_code))

    def test_part_of_a_name_finds_and_equality_does_not(self):
        self.assertIn(self.commune("13119"), self.find("maip"))
        self.assertFalse(self.find("maip", "="))

    def test_exclusion_is_the_complement_of_search(self):
        cities = self.env["res.city"]
        found = cities.search([("display_name", "ilike", "nunoa")])
        excluded = cities.search([("display_name", "not ilike", "nunoa")])
        self.assertEqual(found, self.commune("13120"))
        self.assertEqual(found | excluded, cities.search([]))
        self.assertFalse(found & excluded)

    def test_wildcards_and_bars_match_nothing(self):
        for hostile in ("%", "_", "|", "|maipu|providencia|", "'; --", "\\", "🏔"):
            with self.subTest(hostile):
                self.assertFalse(self.find(hostile, "="))
        self.assertFalse(self.env["res.city"]._l10n_cl_find_commune("🏔"))

    def test_cities_of_other_countries_keep_the_usual_search(self):
        lima = self.env["res.city"].create(
            {"name": "Límá", "country_id": self.env.ref("base.pe").id}
        )
        self.assertFalse(lima.l10n_cl_search_names)
        self.assertIn(lima, self.find("Límá"))
        self.assertFalse(self.env["res.city"]._l10n_cl_find_commune("Límá"))

    def test_a_changed_alias_is_found(self):
        commune = self.commune("13101")
        commune.l10n_cl_aliases = "Stgo., Santiago Centro"
        self.assertEqual(self.find("stgo", "="), commune)

    @mute_logger("odoo.sql_db")
    def test_a_code_belongs_to_one_commune(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.commune("13101").copy({"l10n_cl_cut_code": "13102"})

    def test_document_types_47_and_48_are_named_and_never_offered_for_issue(self):
        types = self.env["l10n_latam.document.type"].search(
            [("country_id.code", "=", "CL"), ("code", "in", ("47", "48"))]
        )
        self.assertEqual(sorted(types.mapped("code")), ["47", "48"])
        self.assertEqual(set(types.mapped("internal_type")), {"receipt_invoice"})


@tagged("post_install", "-at_install")
class TestActecos(TransactionCase):
    def test_found_by_code_and_name(self):
        acteco = self.env.ref("l10n_cl_sii.acteco_011101")
        self.assertEqual(acteco.display_name, "011101 Cultivo de trigo")
        self.assertEqual(self.env["l10n_cl.acteco"].search_count([("code", "!=", "0")]), 674)
        for typed in ("011101", "trigo"):
            found = self.env["l10n_cl.acteco"].name_search(typed)
            self.assertIn(acteco.id, [acteco_id for acteco_id, _name in found])

    def test_found_without_accents_and_in_any_order(self):
        for typed, code in (
            ("informatica", "620100"),
            ("PROGRAMACIÓN informática", "620100"),
            ("informaticas programacion", False),
            ("trigo cultivo", "011101"),
            ("0111 trigo", "011101"),
        ):
            found = self.env["l10n_cl.acteco"].name_search(typed, limit=1000)
            codes = [name[:6] for _id, name in found]
            self.assertIn(code, codes) if code else self.assertEqual(codes, [], typed)

    def test_a_typed_number_becomes_the_code(self):
        """Quick creation, and the form that opens with what was typed."""
        actecos = self.env["l10n_cl.acteco"]
        for typed, code, name in (
            ("803010", "803010", False),
            (" 803020 - De una lista antigua ", "803020", "De una lista antigua"),
            ("803030: Otra", "803030", "Otra"),
            ("11999 Sin su cero", "011999", "Sin su cero"),
        ):
            with self.subTest(typed):
                form = Form(actecos.with_context(default_name=typed))
                self.assertEqual((form.code, form.name), (code, name))
                made = actecos.browse(actecos.name_create(typed)[0])
                self.assertEqual((made.code, made.name), (code, name))
                self.assertEqual(made.display_name, f"{code} {name}" if name else code)
        known = self.env.ref("l10n_cl_sii.acteco_011101")
        self.assertEqual(actecos.name_create("011101")[0], known.id)
        self.assertEqual(actecos.name_create("11101 trigo")[0], known.id)

    def test_words_alone_are_a_name(self):
        actecos = self.env["l10n_cl.acteco"]
        for typed in ("Venta de pan", "1234567", "620", ""):
            with self.assertRaisesRegex(ValidationError, "six digits"):
                actecos.name_create(typed)
        form = Form(actecos.with_context(default_name="Venta de pan"))
        self.assertEqual((form.code, form.name), (False, "Venta de pan"))

    @mute_logger("odoo.sql_db")
    def test_a_code_has_six_digits_and_is_unique(self):
        self.env["l10n_cl.acteco"].create({"code": "803010", "name": "De una lista antigua"})
        for code in ("11101", "62010A", "620100"):
            with self.subTest(code), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env["l10n_cl.acteco"].create({"code": code, "name": "x"})
