"""What a buyer sees while typing: no data of anybody, whatever is sent."""

from odoo.tests import tagged

from .checkout_case import WRONG_RUT, XSS, CheckoutCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCheckoutLive(CheckoutCase):
    def test_rut(self):
        for typed, answer in (
            ("12345678-5", "12.345.678-5"),
            ("60803000k", "60.803.000-K"),
            (WRONG_RUT, ""),
            ("", ""),
            (XSS, ""),
            ("9" * 100000, ""),
            (None, ""),
            ({"$ne": 1}, ""),
        ):
            answered = self.call("/l10n_cl_sii/checkout/rut", rut_typed=typed)
            wrong = "Revise el dígito después del guion."
            self.assertEqual(answered, {"good": bool(answer), "text": answer or wrong})

    def test_communes(self):
        for typed, found in (
            ("nunoa", "Ñuñoa"),
            ("  PEÑALOLEN ", "Peñalolén"),
            ("Paihuano", "Paiguano"),
            ("Macondo", None),
            ("%", None),
            ("_", None),
            ("' OR 1=1", None),
            ("", None),
            (7, None),
            ("a" * 100000, None),
        ):
            with self.subTest(typed=str(typed)[:20]):
                answered = self.call("/l10n_cl_sii/checkout/communes", name=typed)
                self.assertEqual(answered["found"], bool(found))
                self.assertIn(found or "No hay ninguna comuna", answered["text"])
                self.assertLessEqual(len(answered["names"]), 8)
        self.assertIn(
            "Peñalolén", self.call("/l10n_cl_sii/checkout/communes", name="peña")["names"]
        )
