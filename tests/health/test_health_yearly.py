"""What changes with the year is there before, or health reports what is missing and what to do."""

from freezegun import freeze_time

from odoo import Command
from odoo.tools.misc import format_date

from ...models.health.texts import finding_text
from ...sii.document import fees
from ..amounts.amounts_case import AmountsCase
from ..issuer.test_boleta_limit import LimitCase


def sentences(env, issuer, day, code):
    """The sentences of one code that health reports on a day."""
    with freeze_time(f"{day} 15:00:00"):
        found = env["l10n_cl.health"]._findings(issuer.sudo())
        return [finding_text(env, each) for each in found if each.code == code]


class TestBoletaLimitOfTheYear(LimitCase):
    def day(self, text):
        return format_date(self.env, text)

    def limit_findings(self, day):
        return sentences(self.env, self.issuer, day, "boleta_limit")

    def test_from_december_on_until_it_is_known(self):
        self.assertFalse(self.limit_findings("2026-11-30"))
        (text,) = self.limit_findings("2026-12-01")
        for part in ("2027", self.day("2026-12-31"), self.day("2026-12-09")):
            self.assertIn(part, text)
        self.assertEqual(len(self.limit_findings("2027-01-01")), 1)
        self.assertEqual(len(self.limit_findings("2027-12-01")), 2)
        self.quote("2026-12-30", 41_000)
        self.assertTrue(self.limit_findings("2026-12-31"))
        self.quote("2026-12-31", 41_000)
        self.assertFalse(self.limit_findings("2026-12-31"))
        self.assertFalse(self.limit_findings("2027-11-30"))
        self.assertEqual(len(self.limit_findings("2027-12-01")), 1)

    def test_an_issuer_without_folios_of_boletas_gets_no_finding(self):
        boletas = (self.cafs[39] | self.cafs[41]).sudo()
        boletas.document_type_id = self.document_type(33)
        self.assertFalse(self.limit_findings("2026-12-15"))


class TestFees(AmountsCase):
    def taxes(self, company):
        taxes = self.env["account.tax"].with_context(active_test=False)
        return taxes.search(
            [
                ("company_id", "=", company.id),
                ("l10n_cl_sii_code", "=", 15),
                ("type_tax_use", "=", "purchase"),
                ("amount", "in", [-16, -17]),
            ]
        )

    def load(self, company):
        self.env["account.chart.template"].with_company(company)._l10n_cl_sii_load_taxes()

    def test_a_new_company_has_those_to_come(self):
        company = self._create_company(name="Otra")
        found = self.taxes(company)
        self.assertEqual(sorted(found.mapped("amount")), [-17, -16])
        self.assertTrue(all(found.mapped("active")))
        self.assertEqual([float(fees.retained(year)) for year in (2027, 2028, 2035)], [16, 17, 17])

    def test_an_older_company_gets_them_and_no_second_ones(self):
        company = self._create_company(name="Otra")
        self.taxes(company).unlink()
        for _time in range(2):
            self.load(company)
            self.assertEqual(sorted(self.taxes(company).mapped("amount")), [-17, -16])
        # one that somebody made by hand is as good
        by_hand = self.taxes(company).filtered(lambda tax: tax.amount == -16)
        values = by_hand.copy_data({"name": "Honorarios 2027"})
        by_hand.unlink()
        made = by_hand.create(values)
        self.load(company)
        self.assertEqual(self.taxes(company).filtered(lambda tax: tax.amount == -16), made)

    def test_a_name_that_is_taken_stops_no_upgrade(self):
        company = self._create_company(name="Otra")
        lost = self.taxes(company).filtered(lambda tax: tax.amount == -16)
        name = lost.name
        lost.unlink()
        other = self.taxes(company).copy({"name": name, "amount": -12})
        self.load(company)
        self.assertEqual(self.taxes(company).mapped("amount"), [-17])
        self.assertEqual(other.name, name)

    def test_a_chart_without_the_accounts_of_other_taxes(self):
        company = self._create_company(name="Otra")
        self.taxes(company).unlink()
        chart = self.env["account.chart.template"].with_company(company)
        self.env["ir.model.data"].search(
            [("model", "=", "account.account"), ("res_id", "=", chart.ref("account_210711").id)]
        ).unlink()
        self.load(company)
        self.assertEqual(len(self.taxes(company)), 2)

    def test_health_reports_which_rate_is_missing(self):
        def findings(day):
            return sentences(self.env, self.issuer, day, "fee_tax")

        for day in ("2026-06-01", "2026-12-31", "2027-01-01", "2028-06-01", "2030-01-01"):
            self.assertFalse(findings(day), day)
        self.taxes(self.company).filtered(lambda tax: tax.amount == -16).unlink()
        self.assertFalse(findings("2025-12-31"))
        for day in ("2026-01-01", "2027-12-31"):
            (text,) = findings(day)
            self.assertIn("16 %", text)
            self.assertIn("2027", text)
        self.assertFalse(findings("2028-01-01"))

    def test_books_without_fees_miss_nothing(self):
        every = self.env["account.tax"].with_context(active_test=False)
        every.search(
            [("company_id", "=", self.company.id), ("l10n_cl_sii_code", "=", 15)]
        ).l10n_cl_sii_code = False
        self.assertFalse(sentences(self.env, self.issuer, "2026-12-15", "fee_tax"))


class TestConstructionCredit(AmountsCase):
    def test_its_end_is_reported_to_who_uses_it(self):
        def findings(day):
            return sentences(self.env, self.issuer, day, "construction_credit")

        self.assertFalse(findings("2026-12-15"))
        tax = self.env["account.tax"].create(
            {
                "name": "CEEC",
                "amount": -3.0875,
                "type_tax_use": "sale",
                "company_id": self.company.id,
                "l10n_cl_is_construction_credit": True,
                "repartition_line_ids": [
                    Command.create({"document_type": kind, "repartition_type": part})
                    for kind in ("invoice", "refund")
                    for part in ("base", "tax")
                ],
            }
        )
        self.assertFalse(findings("2026-11-30"))
        for day in ("2026-12-01", "2027-01-01", "2027-03-31"):
            self.assertIn(format_date(self.env, "2026-12-31"), findings(day)[0])
        self.assertFalse(findings("2027-04-01"))
        tax.active = False
        self.assertFalse(findings("2026-12-15"))
