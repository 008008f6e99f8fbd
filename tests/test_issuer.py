"""Moving a company from certification to production."""

from odoo.exceptions import ValidationError

from .common import SiiCase


class TestIssuer(SiiCase):
    def test_environment_waits_for_the_documents(self):
        self.post()
        production = {"environment": "production", "resolution_number": 80}
        refused = self.assertRaisesRegex(ValidationError, "still on their way .*: 1")
        with refused, self.cr.savepoint():
            self.issuer.write(production)
        self.assertEqual(self.issuer.environment, "certification")
        self.run_crons()
        self.issuer.write(production)
        self.assertEqual(self.issuer.environment, "production")
