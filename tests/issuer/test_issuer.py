"""Moving a company from certification to production."""

from lxml import etree

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user
from odoo.tools.safe_eval import safe_eval

from ..common import SiiCase


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
        """The form of an issuer that is not saved yet opens, and nothing is reported about it."""
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
        self.assertEqual(self.boxes(issuer), ["box_missing"])

    def boxes(self, issuer):
        """Which of the form's boxes are shown."""
        arch = etree.fromstring(issuer.get_view(view_type="form")["arch"])
        shown = arch.findall(".//div[@name]")
        shown = {box.get("name"): box.get("invisible") for box in shown if box.get("invisible")}
        values = {name: issuer[name] for name in issuer._fields if name in str(shown)}
        values["id"] = issuer.id
        return [
            name
            for name, invisible in shown.items()
            if name.startswith("box_") and not safe_eval(invisible, values)
        ]

    def test_one_box_shows_the_next_step(self):
        """Whatever lacks, one box is shown: what comes next, or that it is ready."""
        issuer = self.issuer
        self.assertEqual((self.boxes(issuer), issuer.next_step), (["box_ready"], False))
        for emits_since in (False, "2099-01-01", "2020-01-01"):
            issuer.sudo().emits_since = emits_since
            expected = "box_ready" if emits_since else "box_next"
            self.assertEqual(self.boxes(issuer), [expected], emits_since)
        issuer.sudo().write({"acteco_ids": False, "resolution_date": False})
        for emits_since in (False, "2099-01-01", "2020-01-01"):
            issuer.sudo().emits_since = emits_since
            self.assertEqual(self.boxes(issuer), ["box_missing"], emits_since)
        self.assertEqual(issuer.next_step, issuer.missing.splitlines()[0])
        self.assertIn("activity code", issuer.next_step)

    def test_without_folios_the_next_step_is_a_caf(self):
        self.env["l10n_cl.caf"].sudo().search([]).unlink()
        self.assertFalse(self.issuer.missing)
        self.assertIn("Load a CAF", self.issuer.next_step)
        self.assertEqual(self.boxes(self.issuer), ["box_next"])
