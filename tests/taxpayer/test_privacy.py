"""What is held of a person is shown to who may know, and erased where no tax law keeps it."""

import base64
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..emission.emission_case import EmissionCase

RUT, EMAIL = "76086428-5", "ana@example.com"


class TestPrivacy(EmissionCase):
    def setUp(self):
        super().setUp()
        self.person = self._create_customer(name="Ana Díaz", vat=RUT, email=EMAIL)
        self.manager = self.new_manager("manager_here", self.company)

    def new_manager(self, login, company):
        return new_test_user(
            self.env(su=True),
            login,
            "l10n_cl_sii.group_manager,sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def asked(self, user=None, **values):
        wizard = self.env["l10n_cl.privacy.report"].with_user(user or self.manager)
        return wizard.create({"rut": RUT, **values})

    def report(self, wizard):
        wizard.action_report()
        return json.loads(base64.b64decode(wizard.file))

    def held(self, wizard):
        return {each["what"]: each["records"] for each in self.report(wizard)["held"]}

    def test_by_rut_however_it_is_written_or_by_mail(self):
        self.post(partner_id=self.person.id)
        self.statement(partner_id=self.person.id)
        for values in ({}, {"rut": "76.086.428-5"}, {"rut": False, "email": EMAIL.upper()}):
            with self.subTest(values):
                held = self.held(self.asked(**values))
                self.assertEqual([each["vat"] for each in held["Contacts"]], [RUT])
                self.assertEqual(len(held["Statements"]), 1)
                documents = held.get("Tax documents issued", [])
                self.assertEqual(len(documents), int(values.get("rut") is not False))

    def test_data_of_another_company_is_not_shown(self):
        self.post(partner_id=self.person.id)
        self.person.company_id = self.company
        other = self.setup_other_company(name="Otra SpA")["company"]
        foreigner = self.new_manager("manager_there", other)
        self.assertEqual(self.held(self.asked(foreigner)), {})
        with self.assertRaises(UserError):
            self.asked(foreigner, company_id=self.company.id).action_report()
        with self.assertRaises(UserError):
            self.asked(foreigner, company_id=self.company.id).action_erase()
        self.assertTrue(self.person.exists())

    def test_a_pattern_is_nobody(self):
        for email in ("%", "%@%", "ana_example.com", "ana@example.c_m", "\\%", "_%"):
            with self.subTest(email=email):
                wizard = self.asked(rut=False, email=email)
                self.assertEqual(self.held(wizard), {})
                wizard.action_erase()
                self.assertTrue(self.person.exists())
        named = self._create_customer(name="Eva", email='"Eva, D." <eva_1@example.com>')
        found = self.held(self.asked(rut=False, email="EVA_1@example.com"))["Contacts"]
        self.assertEqual([each["name"] for each in found], [named.name])

    def test_ruts_that_many_share(self):
        for rut in ("66666666-6", "66.666.666-6", "55555555-5"):
            with self.subTest(rut=rut), self.assertRaisesRegex(UserError, "nobody"):
                self.asked(rut=rut).action_erase()

    def test_what_all_companies_share_goes_only_by_who_may_delete_it(self):
        wizard = self.asked()
        wizard.action_erase()
        self.assertTrue(self.person.exists())
        self.assertIn("of all companies", wizard.told)
        partners = self.env.ref("base.group_partner_manager")
        self.manager.sudo().write({"group_ids": [Command.link(partners.id)]})
        wizard.action_erase()
        self.assertFalse(self.person.exists())

    def test_the_dialog_has_a_name(self):
        for act in ("action_report", "action_erase"):
            self.assertTrue(getattr(self.asked(), act)()["name"])

    def test_managers_only(self):
        clerk = new_test_user(
            self.env(su=True),
            "clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            self.asked(clerk)

    def test_what_was_never_billed_goes(self):
        self.person.company_id = self.company
        statement = self.statement(partner_id=self.person.id)
        order, request = statement.order_id, statement.request_id
        self.asked().action_erase()
        for record in (order, statement, request, self.person):
            self.assertFalse(record.exists(), record)
        self.assertEqual(self.held(self.asked()), {})

    def test_what_tax_law_keeps_stays(self):
        paid = self.statement(partner_id=self.person.id)
        self.pay(paid)
        self.run_requests()
        open_one = self.statement(partner_id=self.person.id)
        document = paid.move_id.l10n_cl_dte_id
        before = (document.xml_sha256, document.receiver_name)
        wizard = self.asked()
        wizard.action_erase()
        self.assertFalse(open_one.exists())
        self.assertTrue(self.person.exists() and paid.exists() and document.exists())
        self.assertEqual((document.xml_sha256, document.receiver_name), before)
        self.assertIn("Kept", wizard.told)

    def test_somebody_is_named(self):
        with self.assertRaisesRegex(UserError, "Say whose data"):
            self.asked(rut=False).action_report()
