"""The store of authorities: shipped, extended by managers for their company, guarded."""

import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...sii import clock
from ..received.received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAuthorities(ReceivedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.authority.simulator", False)
        cls.managers = [
            new_test_user(
                cls.env(su=True),
                f"manager_{company.id}",
                "base.group_user,l10n_cl_sii.group_manager",
                company_id=company.id,
                company_ids=company.ids,
            )
            for company in (cls.company, cls.buyer)
        ]

    def file(self, text=None):
        return base64.b64encode((text or self.sii.ca_certificate()).encode())

    def store(self, user=None):
        authorities = self.env["l10n_cl.authority"]
        return authorities.with_user(user) if user else authorities

    def add(self, user, file=None, company=None):
        added = self.store(user).add_file(file or self.file(), (company or user.company_id).id)
        return self.store(user).browse(added)

    def test_what_is_shipped(self):
        shipped = self.store().sudo().search([("company_id", "=", False)])
        kinds = shipped.grouped("recognition")
        self.assertEqual(len(kinds["accredited"]), 62)
        self.assertEqual(len(kinds["key"]), 4)
        self.assertNotIn("added", kinds)
        self.assertFalse(kinds["key"].filtered("accreditation"))
        self.assertTrue(all(each.valid_until and each.key_id for each in kinds["accredited"]))
        self.assertTrue(self.issuer._authorities())

    def test_a_manager_adds_one_for_his_company_alone(self):
        seller, buyer = self.managers
        [added] = self.add(buyer)
        self.assertEqual((added.company_id, added.recognition), (self.buyer, "added"))
        self.assertTrue(added.valid_until and added.sha256)
        self.assertEqual(self.add(buyer), added)
        document = self.receive()
        self.assertEqual(document.chain_verdict, "accredited")
        with self.assertRaises(AccessError):
            added.with_user(seller).read(["name"])
        self.assertNotEqual(self.add(seller), added)

    def test_who_may_not(self):
        seller, buyer = self.managers
        emitter = new_test_user(
            self.env(su=True),
            "emitter",
            "base.group_user,l10n_cl_sii.group_emitter",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        with self.assertRaises(AccessError):
            self.add(emitter)
        with self.assertRaises(AccessError):
            self.add(seller, company=self.buyer)
        with self.assertRaises(AccessError):
            self.store(seller).create({"name": "x", "recognition": "accredited", "pem": "x"})
        [added] = self.add(buyer)
        for values in ({"active": False}, {"pem": "x"}):
            with self.assertRaises(AccessError):
                added.with_user(seller).write(values)

    def test_values_of_a_certificate_are_not_typed(self):
        manager = self.managers[0]
        [added] = self.add(manager)
        for name in set(added._fields) - {"active", "id"}:
            with self.subTest(field=name), self.assertRaises(AccessError):
                added.write({name: False})
        added.write({"active": False})
        self.assertEqual(added.active, False)
        added.unlink()

    def test_what_is_shipped_only_an_administrator_archives(self):
        shipped = self.store().sudo().search([("company_id", "=", False)], limit=1)
        with self.assertRaises(AccessError):
            shipped.with_user(self.managers[0]).write({"active": False})
        with self.assertRaises(UserError):
            shipped.unlink()
        admin = self.env.ref("base.user_admin")
        shipped.with_user(admin).write({"active": False})
        with self.assertRaises(AccessError):
            shipped.with_user(admin).write({"pem": "x"})

    def test_bad_files_are_refused_with_a_sentence(self):
        person = self.sii.issue_certificate({"rut": "11111111-1", "name": "Pedro Soto"})
        manager = self.managers[0]
        for text, sentence in (
            ("hola", "no certificate of an authority"),
            (person["certificate_pem"], "Pedro Soto is no authority"),
            (self.sii.ca_certificate() + person["key_pem"], "private key"),
            (self.sii.ca_certificate() * 21, "at most 20"),
            (self.sii.ca_certificate() + " " * 300_000, "too big"),
        ):
            with self.subTest(sentence=sentence), self.assertRaisesRegex(UserError, sentence):
                self.add(manager, self.file(text))
        for file in ("%%%", "x", False):
            with self.assertRaises(UserError):
                self.store(manager).add_file(file, self.company.id)
        with self.assertRaises(AccessError):
            self.store(manager).add_file(self.file(), 10**9)
        self.assertFalse(self.store().sudo().search([("recognition", "=", "added")]))

    def test_the_wizard_shows_what_it_added(self):
        manager = self.managers[0]
        wizard = self.env["l10n_cl.authority.load"].with_user(manager).create({"file": self.file()})
        action = wizard.with_company(self.company).action_load()
        self.assertEqual(self.store().browse(action["res_id"]).company_id, self.company)

    @mute_logger("odoo.sql_db")
    def test_an_archived_one_vouches_for_nobody(self):
        [added] = self.add(self.managers[1])
        added.active = False
        self.assertEqual(self.receive().chain_verdict, "unknown")

    def test_in_force_differs_from_known(self):
        authorities = self.env["l10n_cl.authority"].search([])
        now, today = fields.Datetime.now(), clock.today()
        for authority in authorities:
            until = authority.valid_until
            ended = authority.accredited_until
            expected = (not until or now <= until) and (not ended or today <= ended)
            self.assertEqual(authority.in_force, expected, authority.name)
        self.assertTrue(authorities.filtered("in_force"))
        self.assertTrue(authorities.filtered(lambda each: not each.in_force))
