"""Loading folios: every mistake with CAF files is reported, and nothing is stored."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from ...sii.tests.support import keys
from ..common import COMPANY_RUT, SiiCase


class TestCaf(SiiCase):
    def load(self, xml):
        return self.env["l10n_cl.caf"].create(
            {"issuer_id": self.issuer.id, "file": base64.b64encode(xml)}
        )

    def assert_refused(self, xml, phrase):
        before = self.env["l10n_cl.caf"].search_count([])
        with self.assertRaisesRegex(ValidationError, phrase), self.cr.savepoint():
            self.load(xml)
        self.assertEqual(self.env["l10n_cl.caf"].search_count([]), before)

    def caf_xml(self, code=33, **values):
        return base64.b64decode(self.caf_file(code, **values))

    def test_values_are_read_from_the_file(self):
        caf = self.load(self.caf_xml(34, count=25))
        self.assertEqual(caf.document_type_id.code, "34")
        self.assertEqual(caf.last - caf.first + 1, 25)
        self.assertEqual((caf.left, caf.state), (25, "active"))
        self.assertFalse(caf.expires_on, "exempt invoices' folios do not expire")

    def test_vat_folios_expire_after_six_months(self):
        caf = self.load(self.caf_xml(33, authorised_on="2024-01-15"))
        self.assertEqual(str(caf.expires_on), "2024-07-14")
        self.assertEqual(caf.state, "expired")

    def test_not_a_caf(self):
        self.assert_refused(b"\x89PNG not xml", "is not a CAF")
        self.assert_refused(b"<html><body>login</body></html>", "CAF")

    def test_tampered_range(self):
        xml = self.caf_xml(count=10)
        tampered = xml.replace(b"</H>", b"0</H>")
        self.assertNotEqual(xml, tampered)
        self.assert_refused(tampered, "signature of this CAF is not valid")

    def test_key_that_nobody_of_the_sii_owns(self):
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.caf_authority.666", False)
        self.assert_refused(self.caf_xml(), "not signed by a key of the SII")

    def test_simulators_folios_are_refused_in_production(self):
        self.issuer.write({"environment": "production", "resolution_number": 80})
        self.assert_refused(self.caf_xml(), "not signed by a key of the SII")

    def test_other_environment(self):
        authority = keys.small_key(65537)
        # stands in for the key of the SII's production
        self.env["ir.config_parameter"].sudo().set_param(
            "l10n_cl_sii.caf_authority.300", keys.public_pem(authority).decode()
        )
        xml = keys.caf_file(authority, keys.small_key(3), rut=COMPANY_RUT, idk=300)
        self.assert_refused(xml, "other environment .key 300.")

    def test_other_company(self):
        self.company.vat = "96790240-3"
        self.assert_refused(self.caf_xml(), "belongs to RUT 76354771-K")

    def test_loaded_twice(self):
        xml = self.caf_xml()
        self.load(xml)
        self.assert_refused(xml, "loaded already")

    def test_without_private_key(self):
        xml = self.caf_xml()
        head, _start, rest = xml.partition(b"<RSASK>")
        self.assert_refused(head + rest.partition(b"</RSASK>")[2], "no private key")

    def test_manager_loads_but_never_reads_the_key(self):
        manager = new_test_user(
            self.env,
            "jefa",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        file = self.caf_file(33)
        caf = self.env["l10n_cl.caf"].with_user(manager).create({"file": file})
        self.assertEqual(caf.document_code, 33)
        self.assertFalse(caf.read(["file"])[0]["file"])
        with self.assertRaises(AccessError):
            caf.read(["xml"])
        attachments = self.env["ir.attachment"].with_user(manager)
        self.assertFalse(attachments.search([("res_model", "=", "l10n_cl.caf")]))

    def test_used_folios_cannot_be_deleted(self):
        move = self.post()
        with self.assertRaises(ValidationError):
            move.l10n_cl_dte_id.caf_id.unlink()

    def test_folios_stay_in_their_environment(self):
        self.issuer.write({"environment": "production", "resolution_number": 80})
        self.assertEqual({caf.state for caf in self.cafs.values()}, {"elsewhere"})
        with self.assertRaisesRegex(UserError, "There are no folios left"):
            self.draft().action_post()
        self.issuer.write({"environment": "certification", "resolution_number": 0})
        self.assertEqual(self.cafs[33].state, "active")
