"""A contact made from what was typed as customer gets the document that its RUT stands for."""

from lxml import etree

from odoo.tests import Form
from odoo.tools.safe_eval import safe_eval

from ..common import SiiCase

# RUT as people write it, and as it is kept
WRITTEN = {
    "96.790.240-3": "96790240-3",
    "96790240-3": "96790240-3",
    " 76.354.771-k ": "76354771-K",
    "9.876.543-3": "9876543-3",
    # as a PDF has it
    "96790240\N{HYPHEN}3": "96790240-3",
    "96.790.240\N{NON-BREAKING HYPHEN}3": "96790240-3",
    "76.354.771\N{EN DASH}K": "76354771-K",
}


class TestPartnerTyped(SiiCase):
    def form(self, **defaults):
        context = {f"default_{name}": value for name, value in defaults.items()}
        return Form(self.env["res.partner"].with_context(**context))

    def test_a_rut_typed_as_customer_is_his_rut(self):
        for written, kept in WRITTEN.items():
            with self.subTest(written), self.form(name=written) as form:
                self.assertEqual((form.name, form.vat), (False, kept))
                form.name = "Distribuidora Sur"
                form.l10n_cl_activity_description = "Distribución"
            self.assertEqual(form.record.vat, kept)
            self.assertEqual(form.record.l10n_cl_document, "factura")
            self.assert_chilean_taxpayer(form.record)

    def test_who_is_known_is_found_by_his_rut_however_it_is_written(self):
        known = self._create_customer(name="Sur", vat="76192083-9")
        partners = self.env["res.partner"]
        for written in (
            "76.192.083-9",
            "76192083-9",
            "761920839",
            " 76.192.083-9 ",
            "76.192.083",
            "76.192.083\N{HYPHEN}9",
        ):
            self.assertEqual(partners.name_search(written), [(known.id, "Sur")], written)
        self.assertNotIn(known, partners.search([("display_name", "ilike", "76.192.084-7")]))
        self.assertNotIn(known, partners.search([("display_name", "not ilike", "Sur")]))

    def test_the_box_of_contacts_finds_by_rut(self):
        known = self._create_customer(name="Sur", vat="76192083-9", email="a@sur.example")
        partners = self.env["res.partner"]
        box = etree.fromstring(partners.get_view(view_type="search")["arch"])
        domain = box.find("field[@name='name']").get("filter_domain")
        for typed in ("76.192.083-9", "761920839", "76192083-9", "sur", "a@sur.ex"):
            found = partners.search(safe_eval(domain, {"self": typed}))
            self.assertIn(known, found, typed)

    def test_a_rut_is_kept_with_a_hyphen_whatever_it_was_copied_from(self):
        for written, kept in WRITTEN.items():
            partner = self._create_customer(name="Sur", vat=written.strip())
            self.assertEqual(partner.vat, kept, written)

    def test_a_rut_typed_where_it_belongs(self):
        with self.form(name="Distribuidora Sur") as form:
            form.vat = "96.790.240-3"
            form.l10n_cl_activity_description = "Distribución"
        self.assert_chilean_taxpayer(form.record)

    def assert_chilean_taxpayer(self, partner):
        self.assertEqual(partner.country_id, self.env.ref("base.cl"))
        self.assertEqual(partner.l10n_latam_identification_type_id, self.env.ref("l10n_cl.it_RUT"))
        self.assertEqual(partner.l10n_cl_sii_taxpayer_type, "1")

    def test_a_name_stays_a_name(self):
        for name in ("Panadería 76.354.771-K", "96.790.240-4", "967902403", "Sur 9"):
            with self.subTest(name), self.form(name=name) as form:
                self.assertEqual((form.name, form.vat), (name, False))
                self.assertFalse(form.country_id)

    def test_what_somebody_chose_stays(self):
        consumer, passport = "3", self.env.ref("l10n_latam_base.it_pass")
        with self.form(name="Ana") as form:
            form.l10n_cl_sii_taxpayer_type = consumer
            form.l10n_latam_identification_type_id = passport
            form.vat = "9.876.543-3"
            form.l10n_cl_activity_description = "Distribución"
        self.assertEqual(form.record.l10n_cl_sii_taxpayer_type, consumer)
        self.assertEqual(form.record.l10n_latam_identification_type_id, passport)

    def test_foreigners_and_other_companies_are_left_alone(self):
        with self.form(name="Sur", country_id=self.env.ref("base.ar").id) as form:
            form.vat = "96.790.240-3"
            self.assertEqual(
                form.l10n_latam_identification_type_id, self.env.ref("l10n_latam_base.it_vat")
            )
            form.vat = False
        other = self.env["res.company"].create(
            {"name": "Otra", "country_id": self.env.ref("base.ar").id}
        )
        partners = self.env["res.partner"].with_company(other)
        form = Form(partners.with_context(default_name="96.790.240-3"))
        self.assertEqual((form.name, form.vat), ("96.790.240-3", False))
