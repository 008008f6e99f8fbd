"""A boleta states whose software made it."""

from odoo.exceptions import ValidationError
from odoo.tests import Form

from ..boleta_case import BoletaCase
from ..common import COMPANY_RUT


class TestBoletaSoftware(BoletaCase):
    def test_the_issuers_own_unless_a_provider_is_given(self):
        own = self.boleta()
        manager = self.sii_manager()
        with Form(self.issuer.with_user(manager)) as form:
            form.software_rut = "76.269.769-6"
        other = self.boleta()
        exempt = self.boleta(code=41)
        self.run_crons()
        self.assert_accepted(own | other | exempt)
        self.assertEqual(self.texts(own, "RUTProvSW"), [COMPANY_RUT])
        for move in other | exempt:
            self.assertEqual(self.texts(move, "RUTProvSW"), ["76269769-6"])

    def test_an_invalid_one_is_refused(self):
        for wrong in ("76269769-5", "Proveedor SpA", "1"):
            with self.assertRaisesRegex(ValidationError, "software's provider"):
                self.issuer.software_rut = wrong

    def test_facturas_do_not_state_it(self):
        self.issuer.software_rut = "76269769-6"
        move = self.post()
        self.assertFalse(self.texts(move, "RUTProvSW"))
        self.assertFalse(move._l10n_cl_document().software_rut)
