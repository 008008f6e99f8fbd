"""The SII's offices: a list that one chooses from by a word and adds to."""

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from ..printing.print_case import PrintCase


class TestOffice(PrintCase):
    def setUp(self):
        super().setUp()
        self.manager = new_test_user(
            self.env(su=True),
            "jefa_oficina",
            "base.group_user,l10n_cl_sii.group_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.offices = self.env["l10n_cl.sii.office"].with_user(self.manager)
        self.mine = self.issuer.with_user(self.manager)

    def found(self, typed):
        return [name for _id, name in self.offices.name_search(typed, limit=100)]

    def test_all_are_here_and_found_by_a_word(self):
        self.assertEqual(self.env["l10n_cl.sii.office"].search_count([("region", "!=", False)]), 71)
        for typed, name in (
            ("centro", "Santiago Centro"),
            ("NUNOA", "Ñuñoa"),
            ("ñuñoa", "Ñuñoa"),
            ("del mar", "Viña del Mar"),
            ("mar viña", "Viña del Mar"),
            ("tal-tal", "Taltal"),
            ("biobio", "Concepción"),
            ("grandes", "Grandes Contribuyentes"),
            ("tagua tagua", "San Vicente de Tagua Tagua"),
        ):
            self.assertIn(name, self.found(typed), typed)
        self.assertEqual(self.found("no such place"), [])

    def test_chosen_in_the_form_and_printed(self):
        office = self.env.ref("l10n_cl_sii.sii_office_nunoa")
        with Form(self.mine) as form:
            form.sii_office_id = office
        self.assertEqual(self.issuer.sii_office, "Ñuñoa")
        self.assertEqual(self.post()._l10n_cl_sii_office(), "Ñuñoa")

    def test_what_the_list_lacks_is_added(self):
        made = self.offices.browse(self.offices.name_create("Isla de Pascua")[0])
        self.mine.sii_office_id = made
        self.assertEqual(self.post()._l10n_cl_sii_office(), "Isla de Pascua")
        self.assertIn("Isla de Pascua", self.found("pascua"))
        made.region = "Valparaíso"
        self.assertIn("Isla de Pascua", self.found("valparaiso"))
        with self.assertRaises(AccessError):
            self.env.ref("l10n_cl_sii.sii_office_nunoa").with_user(self.manager).name = "x"

    def test_the_same_name_is_the_same_office(self):
        centro = self.env.ref("l10n_cl_sii.sii_office_santiago_centro")
        for typed in ("Santiago Centro", "SANTIAGO CENTRO ", "S.I.I. - Santiago Centro"):
            self.assertEqual(self.offices.name_create(typed)[0], centro.id)
            self.mine.sii_office = typed
            self.assertEqual(self.issuer.sii_office_id, centro)
        # a region is no office of that name
        made = self.offices.browse(self.offices.name_create("Los Ríos")[0])
        self.assertEqual(made.name, "Los Ríos")
        self.mine.sii_office = " "
        self.assertFalse(self.issuer.sii_office_id)
        self.assertFalse(self.post()._l10n_cl_sii_office())
