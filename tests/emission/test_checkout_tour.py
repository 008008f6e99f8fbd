"""In the browser: a buyer opens his link, gives his data, pays, and finds his document."""

from contextlib import contextmanager

from odoo.tests import tagged

from .checkout_case import CheckoutCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestCheckoutTour(CheckoutCase):
    @contextmanager
    def enter_registry_test_mode(self):
        """A browser test is in that mode all the time."""
        yield
        self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        # a stranger's browser is spoken to in the company's language
        self.company.partner_id.lang = "es_CL"

    def bought(self, tour):
        """What a statement becomes when its buyer goes through a tour."""
        statement = self.owed()
        self.start_tour(self.link(statement), tour)
        self.arrive(statement)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.run_crons()
        self.assert_accepted(statement.move_id)
        self.start_tour(self.link(statement), "l10n_cl_sii_checkout_paid")
        return statement.move_id

    def test_boleta(self):
        move = self.bought("l10n_cl_sii_checkout_boleta")
        self.assertEqual(move.l10n_latam_document_type_id.code, "39")
        self.assertEqual(self.texts(move, "Receptor/s:RUTRecep"), ["12345678-5"])
        self.assertEqual(self.texts(move, "Receptor/s:CmnaRecep"), ["Ñuñoa"])

    def test_factura(self):
        move = self.bought("l10n_cl_sii_checkout_factura")
        self.assertEqual(move.l10n_latam_document_type_id.code, "33")
        self.assertEqual(
            self.texts(move, "Receptor/s:RznSocRecep"), ["Ferretería <b>Ñuble</b> Ltda."]
        )
        self.assertEqual(self.texts(move, "Receptor/s:CmnaRecep"), ["Chillán Viejo"])
