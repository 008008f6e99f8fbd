"""Addresses of taxpayers: commune, city text and region agree, whoever writes them."""

from odoo.tests import Form, HttpCase, TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPartnerCommune(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chile = cls.env.ref("base.cl")
        cls.nunoa = cls.env.ref("l10n_cl_sii.city_cl_13120")
        cls.coyhaique = cls.env.ref("l10n_cl_sii.city_cl_11101")

    def partner(self, **values):
        return self.env["res.partner"].create({"name": "Panadería Sur", **values})

    def assert_lives_in(self, partner, commune):
        self.assertEqual(partner.city_id, commune)
        self.assertEqual(partner.city, commune.name)
        self.assertEqual(partner.state_id, commune.state_id)
        self.assertEqual(partner.country_id, self.chile)

    def test_commune_brings_city_region_and_country(self):
        self.assert_lives_in(self.partner(city_id=self.nunoa.id), self.nunoa)

    def test_typed_city_brings_the_commune(self):
        partner = self.partner(city="coihaique", country_id=self.chile.id)
        self.assert_lives_in(partner, self.coyhaique)
        partner.city = "NUNOA"
        self.assert_lives_in(partner, self.nunoa)

    def test_commune_wins_over_a_contradicting_city(self):
        self.assert_lives_in(self.partner(city_id=self.nunoa.id, city="Coyhaique"), self.nunoa)

    def test_unknown_city_empties_the_commune(self):
        partner = self.partner(city_id=self.nunoa.id)
        partner.city = "Springfield"
        self.assertFalse(partner.city_id)
        self.assertEqual(partner.city, "Springfield")

    def test_other_writes_leave_the_address_alone(self):
        partner = self.partner(city_id=self.nunoa.id)
        partner.write({"name": "Panadería Norte", "street": "Irarrázaval 1"})
        self.assert_lives_in(partner, self.nunoa)

    def test_other_countries_are_left_alone(self):
        peru = self.env.ref("base.pe")
        partner = self.partner(city="Santiago", country_id=peru.id)
        self.assertFalse(partner.city_id)
        self.assertEqual(partner.country_id, peru)
        self.assertFalse(self.partner(city="Santiago").city_id, "no country, no guess")

    def test_mixed_countries_are_not_matched(self):
        partners = self.partner(country_id=self.chile.id) | self.partner(
            country_id=self.env.ref("base.pe").id
        )
        partners.write({"city": "Santiago"})
        self.assertFalse(partners.city_id)

    def test_contacts_follow_the_company(self):
        company = self.partner(is_company=True, country_id=self.chile.id)
        contact = self.partner(parent_id=company.id, type="contact")
        company.city = "nunoa"
        self.assert_lives_in(contact, self.nunoa)

    def test_addresses_typed_before_the_install_get_their_commune(self):
        partner = self.partner(city="nunoa", country_id=self.chile.id)
        unknown = self.partner(city="Springfield", country_id=self.chile.id)
        # what a database without this addon holds: the text, and no commune
        self.env.cr.execute(
            "UPDATE res_partner SET city = 'ñunoa', city_id = NULL, state_id = NULL WHERE id = %s",
            [partner.id],
        )
        partner.invalidate_recordset()
        self.env["res.partner"]._l10n_cl_match_communes()
        self.assert_lives_in(partner, self.nunoa)
        self.assertFalse(unknown.city_id)

    def test_form_shows_commune_and_warns_about_long_texts(self):
        self.env.company.account_fiscal_country_id = self.chile
        self.assertTrue(self.chile.enforce_cities)
        with Form(self.env["res.partner"]) as form:
            form.name = "Panadería Sur"
            form.country_id = self.chile
            form.city_id = self.nunoa
            self.assertEqual(form.state_id, self.nunoa.state_id)
            form.l10n_cl_activity_description = "x" * 40
            self.assertFalse(form.l10n_cl_length_hint)
            form.l10n_cl_activity_description = "x" * 41
            self.assertIn("giro has 41 characters", form.l10n_cl_length_hint)
            form.street, form.street2 = "y" * 40, "z" * 40
            self.assertIn("address has 82 characters", form.l10n_cl_length_hint)
            form.l10n_cl_business_name = "z" * 101
            self.assertIn("name has 101 characters", form.l10n_cl_length_hint)
        self.assert_lives_in(form.record, self.nunoa)


@tagged("post_install", "-at_install")
class TestCompanyTerritory(TransactionCase):
    def test_commune_in_the_company_form(self):
        nunoa = self.env.ref("l10n_cl_sii.city_cl_13120")
        company = self.env["res.company"].create(
            {"name": "Panadería Sur", "country_id": self.env.ref("base.cl").id}
        )
        with Form(company) as form:
            form.l10n_cl_activity_description = "Panadería"
            form.l10n_cl_commune_id = nunoa
            self.assertEqual(form.state_id, nunoa.state_id)
        self.assertEqual(company.partner_id.city_id, nunoa)
        self.assertEqual(company.city, "Ñuñoa")
        self.assertEqual(company.state_id, nunoa.state_id)
        company.city = "coihaique"
        self.assertEqual(company.l10n_cl_commune_id.l10n_cl_cut_code, "11101")

    def test_latam_means_chile_and_leaves_the_others(self):
        company = self.env["res.company"].create({"name": "Panadería Sur"})
        for code, is_latam in (("cl", True), ("be", False)):
            company.country_id = self.env.ref(f"base.{code}")
            self.assertEqual(company._is_latam(), is_latam, code)


@tagged("post_install", "-at_install")
class TestPortalAddress(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chile = cls.env.ref("base.cl")
        cls.env.company.country_id = cls.chile
        cls.buyer = new_test_user(cls.env, "buyer", groups="base.group_portal")

    def submit(self, **values):
        page = self.url_open(f"/my/address?partner_id={self.buyer.partner_id.id}")
        self.assertIn('name="l10n_latam_identification_type_id"', page.text)
        form = {
            "csrf_token": page.text.split('name="csrf_token" value="')[1].split('"')[0],
            "partner_id": self.buyer.partner_id.id,
            "address_type": "billing",
            "required_fields": "",
            "name": "Buyer",
            "email": "buyer@example.com",
            "phone": "+56222222222",
            "street": "Irarrázaval 1",
            "country_id": self.chile.id,
            **values,
        }
        return self.url_open("/my/address/submit", data=form).json()

    def test_buyer_is_asked_for_the_rut_and_gets_the_commune(self):
        self.authenticate("buyer", "buyer")
        refused = self.submit(city="Ñuñoa")
        self.assertLessEqual(
            {"vat", "l10n_latam_identification_type_id"}, set(refused["invalid_fields"])
        )
        rut = self.env.ref("l10n_cl.it_RUT").id
        wrong_digit = self.submit(
            city="nunoa", vat="76086428-1", l10n_latam_identification_type_id=rut
        )
        self.assertIn("vat", wrong_digit["invalid_fields"])
        accepted = self.submit(
            city="nunoa", vat="76086428-5", l10n_latam_identification_type_id=rut
        )
        self.assertNotIn("invalid_fields", accepted)
        self.assertEqual(self.buyer.partner_id.city_id.l10n_cl_cut_code, "13120")
        self.assertEqual(self.buyer.partner_id.vat, "76086428-5")
