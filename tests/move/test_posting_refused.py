"""Posting is refused with everything that is wrong at once, and then nothing is numbered."""

from odoo.exceptions import UserError, ValidationError

from ...sii import clock
from ..common import SiiCase


class TestRefusals(SiiCase):
    def assert_refused(self, moves, *phrases):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            moves.action_post()
        for phrase in phrases:
            self.assertIn(phrase, str(caught.exception))
        self.assertEqual(set(moves.mapped("state")), {"draft"})
        self.assertFalse(any(moves.mapped("name")))
        self.assertFalse(moves.sudo().l10n_cl_dte_ids)

    def test_customer_lacks_everything(self):
        self.customer.write(
            {"vat": False, "l10n_cl_activity_description": False, "city": False, "city_id": False}
        )
        self.assert_refused(
            self.draft(),
            "Customer, RUT (Tax ID): is missing.",
            "Customer, giro (activity description): is missing.",
            "Customer, commune: is missing.",
        )

    def test_wrong_check_digit(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.customer.vat = "96790240-4"
        # as an import may have left it, which Odoo lets skip its check
        self.customer.with_context(no_vat_validation=True).vat = "96790240-4"
        self.assert_refused(self.draft(), "96790240-4 is not a valid RUT")
        with self.assertRaisesRegex(ValidationError, "check the digit"), self.cr.savepoint():
            self.issuer.sender_rut = "12345678-9"

    def test_issuer_not_set_up(self):
        self.issuer.active = False
        self.assert_refused(self.draft(), "It is not set up as issuer")

    def test_issuer_incomplete(self):
        self.issuer.sudo().write({"acteco_ids": False, "resolution_date": False})
        self.assert_refused(
            self.draft(),
            "Issuer: at least one activity code.",
            "Issuer: the date of the SII's resolution.",
        )

    def test_company_and_customer_reported_together(self):
        self.company.street = False
        self.customer.street = False
        self.assert_refused(
            self.draft(), "Company: the street of its address.", "Customer, street: is missing."
        )

    def test_no_caf(self):
        self.cafs[33].active = False
        self.assert_refused(self.draft(), "There are no folios left")

    def test_exhausted_caf(self):
        self.cafs[33].active = False
        self.load_caf(33, count=2)
        moves = self.draft() + self.draft() + self.draft()
        self.assert_refused(moves, "needed 3, left 2")
        (moves[0] + moves[1]).action_post()
        self.assert_refused(moves[2], "needed 1, left 0")

    def test_expired_caf(self):
        self.cafs[33].active = False
        old = self.load_caf(33, authorised_on="2024-01-15")
        self.assertEqual(old.state, "expired")
        self.assert_refused(self.draft(), "There are no folios left")

    def test_expired_certificate(self):
        certificate = self.load_certificate(valid_from="2020-01-01", valid_to="2023-01-01")
        self.issuer.sudo().certificate_id = certificate
        self.assert_refused(self.draft(), "the certificate is expired")

    def test_no_affected_line_in_33(self):
        self.assert_refused(
            self.draft(lines=[{"tax_ids": False}]), "choose the exempt invoice (34)"
        )

    def test_vat_in_34(self):
        self.assert_refused(
            self.draft(code=34, lines=[{"tax_ids": self.vat.ids}]),
            "an exempt document carries no VAT",
        )

    def test_sixty_one_lines(self):
        self.assert_refused(self.draft(lines=[{}] * 61), "are 61, the SII takes at most 60")

    def test_note_without_reference(self):
        self.assert_refused(self.draft(code=61), "must say which document it corrects")

    def test_customer_name_too_long(self):
        self.customer.name = "Ñ" * 101
        self.assert_refused(self.draft(), "Customer, name: has 101 characters, the SII takes 100")

    def test_unreadable_characters(self):
        self.customer.name = "株式会社"
        self.assert_refused(self.draft(), "Customer, name: the SII cannot read these characters")

    def test_every_invoice_of_a_batch_is_reported(self):
        other = self._create_customer(name="Otra SpA", vat="77123456-9", street=False)
        self.customer.street = False
        moves = self.draft() + self.draft(partner_id=other.id)
        self.assert_refused(moves, "Distribuidora Peñalolén Ltda.", "Otra SpA")

    def test_today_is_chiles_today(self):
        move = self.post(invoice_date=False)
        self.assertEqual(move.invoice_date, clock.today())
