"""Moving a company from certification to production."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user

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

    def test_a_new_issuer_is_made_in_the_form(self):
        """The form of an issuer that is not saved yet opens, and nothing is told of it."""
        company = self.setup_other_company(name="Nueva SpA")["company"]
        company.write({"vat": "76354771-K"})
        manager = new_test_user(
            self.env,
            "jefa_nueva",
            "account.group_account_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        with Form(self.env["l10n_cl.issuer"].with_user(manager).with_company(company)) as form:
            self.assertEqual(form.company_id, company)
            self.assertFalse(form.alarms or form.warnings)
            form.resolution_date = "2026-01-05"
            form.environment = "production"
        issuer = form.record
        self.assertEqual(issuer.company_rut, "76354771-K")
        self.assertTrue(issuer.missing, "the certificate and the activities")
