"""A buyer's own address in the portal: in a commune of Chile, however it is spelt."""

from odoo.tests import new_test_user, tagged

from ..emission.checkout_case import CheckoutCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPortalAddress(CheckoutCase):
    def setUp(self):
        super().setUp()
        self.chile = self.env.ref("base.cl")
        user = new_test_user(
            self.env(su=True),
            login="rosa",
            groups="base.group_portal",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.person = user.partner_id
        self.person.write({"name": "Rosa Ñancupil", "country_id": self.chile.id})
        self.env.flush_all()
        self.authenticate("rosa", "rosa")

    def submit(self, **values):
        page = self.url_open("/my/account").text
        self.assertIn("o_l10n_cl_commune", page)
        data = {
            "csrf_token": page.split('csrf_token: "')[1].split('"')[0],
            "partner_id": self.person.id,
            "address_type": "billing",
            "name": "Rosa Ñancupil",
            "email": "rosa@example.cl",
            "phone": "+56 9 1234 5678",
            "street": "Los Copihues 12",
            "city": "ÑUÑOA",
            "country_id": self.chile.id,
            "vat": "12345678-5",
            "l10n_latam_identification_type_id": self.env.ref("l10n_cl.it_RUT").id,
            **values,
        }
        answer = self.url_open("/my/address/submit", data=data).json()
        self.env.invalidate_all()
        return answer

    def test_any_spelling(self):
        for typed in ("nunoa", " ÑUÑOA "):
            self.person.write({"city": False, "city_id": False})
            self.env.flush_all()
            self.assertIn("redirectUrl", self.submit(city=typed))
            self.assertEqual(self.person.city_id, self.env.ref("l10n_cl_sii.city_cl_13120"))
            self.assertEqual(self.person.city, "Ñuñoa")
            self.assertEqual(self.person.state_id, self.person.city_id.state_id)

    def test_no_commune(self):
        answer = self.submit(city="Macondo")
        self.assertEqual(answer["invalid_fields"], ["city"])
        self.assertIn("No hay ninguna comuna con ese nombre en Chile.", answer["messages"])
        self.assertFalse(self.person.city)

    def test_wrong_rut(self):
        answer = self.submit(vat="12345678-9")
        self.assertIn("vat", answer["invalid_fields"])
        self.assertFalse(self.person.vat)

    def test_abroad_any_city_will_do(self):
        peru = self.env.ref("base.pe")
        foreign = self.env.ref("l10n_latam_base.it_pass").id
        answer = self.submit(
            city="Macondo",
            country_id=peru.id,
            state_id=peru.state_ids[0].id,
            zip="15001",
            vat="X123",
            l10n_latam_identification_type_id=foreign,
        )
        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.person.city, "Macondo")
