"""A number is a RUT by its kind: passports and foreign numbers get boletas."""

from odoo import Command
from odoo.exceptions import UserError

from ..boleta_case import BoletaCase
from ..common import CUSTOMER_RUT

ANONYMOUS = "66666666-6"


class TestTaxpayerIdentity(BoletaCase):
    def person(
        self, number="AAD123456", kind="l10n_latam_base.it_pass", country="base.ar", **values
    ):
        return self.env["res.partner"].create(
            {
                "name": "María Ejemplo",
                "vat": number,
                "country_id": country and self.env.ref(country).id,
                "l10n_latam_identification_type_id": self.env.ref(kind).id,
                **values,
            }
        )

    def bought(self, partner, code=None):
        line = {"product_id": self.cable.id, "price_unit": 20000, "tax_ids": [self.vat.id]}
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        if code:
            move.l10n_latam_document_type_id = self.document_type(code)
        return move

    def test_boletas_of_those_without_rut(self):
        people = [
            self.person(),
            self.person(l10n_cl_sii_taxpayer_type="3"),
            self.person("X-1234567", "l10n_latam_base.it_fid", "base.es"),
            # a number that would be a RUT, and is none
            self.person("12345678-5"),
            self.person("30123456", "l10n_cl.it_DNI"),
            # a tourist whose card has Chile, and one whose card has no country
            self.person(country="base.cl"),
            self.person(country=None),
        ]
        for partner in people:
            move = self.bought(partner)
            with self.subTest(
                number=partner.vat, kind=partner.l10n_latam_identification_type_id.name
            ):
                self.assertEqual(move.l10n_latam_document_type_id.code, "39")
                move.action_post()
                self.run_crons()
                self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
                self.assertEqual(self.texts(move, "RUTRecep"), [ANONYMOUS])
                self.assertEqual(self.texts(move, "CdgIntRecep"), [partner.vat])
                self.assertEqual(self.texts(move, "RznSocRecep"), [partner.name])

    def test_ruts_stay_ruts(self):
        for kind in ("l10n_cl.it_RUT", "l10n_cl.it_RUN", "l10n_latam_base.it_vat"):
            partner = self.person(CUSTOMER_RUT, kind, "base.cl")
            move = self.bought(partner, 39)
            move.action_post()
            self.assertEqual(self.texts(move, "RUTRecep"), [CUSTOMER_RUT])
        resident = self.person(CUSTOMER_RUT, "l10n_latam_base.it_vat", "base.us")
        self.assertEqual(resident._l10n_cl_rut(), CUSTOMER_RUT)

    def test_a_wrong_rut_is_no_other_number(self):
        partner = self.person(CUSTOMER_RUT, "l10n_cl.it_RUT", "base.cl")
        partner.with_context(no_vat_validation=True).vat = "96790240-4"
        with self.assertRaisesRegex(UserError, "not a valid RUT"), self.cr.savepoint():
            self.bought(partner, 39).action_post()

    def test_a_number_too_long_for_a_document_is_never_cut(self):
        """CdgIntRecep, as NumId of exports, holds 20 characters: cut, it is another's number."""
        for length in (20, 21, 64):
            partner = self.person("A" * length)
            move = self.bought(partner)
            with self.subTest(length=length):
                if length == 20:
                    move.action_post()
                    self.assertEqual(self.texts(move, "CdgIntRecep"), [partner.vat])
                    self.assertFalse(partner.l10n_cl_length_hint)
                    continue
                self.assertIn(
                    f"number of passport or of another country has {length}",
                    partner.l10n_cl_length_hint,
                )
                sentence = f"number of passport or of another country: has {length} characters"
                with self.assertRaisesRegex(UserError, sentence), self.cr.savepoint():
                    move.action_post()

    def test_a_company_abroad_is_exported_to(self):
        foreign = self.person(
            "B12345678", "l10n_latam_base.it_fid", "base.es", name="Olivar SA", is_company=True
        )
        fixed = self.person(
            "55555555-5", "l10n_cl.it_RUT", "base.cl", l10n_cl_sii_taxpayer_type="4"
        )
        without = self.person(False, country="base.us", is_company=True)
        for partner in foreign + fixed + without:
            with self.subTest(partner=partner.name, number=partner.vat):
                move = self.bought(partner)
                self.assertEqual(move.l10n_latam_document_type_id.code, "33")
                self.assertIn(
                    "is exported, with an export invoice (type 110)", move.l10n_cl_export_text
                )
                with self.assertRaises(UserError) as caught, self.cr.savepoint():
                    move.action_post()
                self.assertEqual(str(caught.exception).count("documents of exports"), 1)
                self.assertNotIn("RUT is missing", str(caught.exception))
                self.assertNotIn("ommune", str(caught.exception))
                move.l10n_latam_document_type_id = self.document_type(39)
                self.assertFalse(move.l10n_cl_export_text)
        resident = self.person(CUSTOMER_RUT, "l10n_latam_base.it_vat", "base.us", is_company=True)
        self.assertFalse(self.bought(resident, 33).l10n_cl_export_text)
        self.assertFalse(self.bought(self.person()).l10n_cl_export_text)

    def test_its_note(self):
        move = self.bought(self.person())
        move.action_post()
        self.run_crons()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": "Por acuerdo"})
        )
        note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        note.action_post()
        self.run_crons()
        self.assertEqual(note.l10n_cl_dte_state, "accepted", note.l10n_cl_dte_sii_text)
        self.assertEqual(self.texts(note, "RUTRecep"), [ANONYMOUS])

    def test_a_factura_needs_a_rut(self):
        move = self.bought(self.person(country="base.cl", l10n_cl_sii_taxpayer_type="1"), 33)
        with self.assertRaisesRegex(UserError, "RUT"), self.cr.savepoint():
            move.action_post()

    def test_a_checkout_does_not_take_the_number(self):
        partner = self.person()
        self.assertIsNone(partner._l10n_cl_invoice_information()["rut"])
        partner._l10n_cl_write_invoice_information({"rut": "", "email": "m@example.com"})
        self.assertEqual(partner.vat, "AAD123456")
