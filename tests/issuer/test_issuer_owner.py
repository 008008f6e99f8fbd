"""Odoo's own form of a certificate shows what is wrong, and its owner is read at each change."""

import base64
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import RC2
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC

from odoo.tests import Form

from ..common import SIGNER_RUT
from .test_issuer_certificate import CertificateCase

OTHER_RUT = "22222222-2"


class TestOwner(CertificateCase):
    def setUp(self):
        super().setUp()
        groups = "base.group_user,base.group_system,l10n_cl_sii.group_manager"
        self.admin = self.make_user("administradora", self.company, groups)
        self.issuer.sudo().write({"certificate_id": False, "sender_rut": False})

    def in_form(self, certificate=None, **values):
        """The error that Odoo's form of a certificate shows, and its record."""
        certificates = self.env["certificate.certificate"].with_user(self.admin)
        with Form(certificates.browse(certificate and certificate.id)) as form:
            for name, value in values.items():
                form[name] = value
            error = form.loading_error
        return error, form.record

    def old_file(self, password):
        """The person's .pfx as older authorities give it out: certificate under RC2."""
        with TemporaryDirectory() as folder:
            pem, pfx = Path(folder, "in.pem"), Path(folder, "old.pfx")
            pem.write_text(self.person["certificate_pem"] + self.person["key_pem"])
            algorithms = ["-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES"]
            command = ["openssl", "pkcs12", "-export", "-legacy", *algorithms, "-macalg", "sha1"]
            files = ["-in", str(pem), "-out", str(pfx), "-passout", f"pass:{password}"]
            subprocess.run([*command, *files], check=True, capture_output=True)
            return base64.b64encode(pfx.read_bytes())

    def reads_rc2(self):
        try:
            Cipher(RC2(bytes(16)), CBC(bytes(8))).decryptor()
        except UnsupportedAlgorithm:
            return False
        return True

    def test_a_wrong_password_is_reported_in_our_words(self):
        for content in (self.person["pfx_base64"], self.old_file("vieja")):
            error, record = self.in_form(name="Ana", content=content, pkcs12_password="no")
            if self.reads_rc2() or content == self.person["pfx_base64"]:
                self.assertEqual(error, "The password of the certificate file is wrong.")
            self.assertEqual(record.loading_error, error)

    def test_an_old_file(self):
        """Where OpenSSL lacks its cipher, the remedy is shown; elsewhere it serves."""
        old = self.old_file("vieja")
        error, record = self.in_form(name="Ana", content=old, pkcs12_password="vieja")
        self.issuer.sudo().certificate_id = record
        if self.reads_rc2():
            self.assertFalse(error)
            self.assertEqual(self.issuer.sender_rut, SIGNER_RUT)
        else:
            self.assertIn("old algorithm RC2. Convert it once: openssl pkcs12 -legacy", error)
            self.assertIn(error, self.issuer.missing)

    def test_what_is_no_certificate_file(self):
        for content in (b"no file", self.person["key_pem"].encode()):
            error, _record = self.in_form(name="x", content=base64.b64encode(content))
            self.assertIn("no .pfx or .p12 file", error)

    def test_a_company_of_another_country_has_odoos_words(self):
        values = {"name": "Lima SAC", "country_id": self.env.ref("base.pe").id}
        certificate = self.env["certificate.certificate"].sudo()
        certificate = certificate.create(
            {
                "content": self.person["pfx_base64"],
                "pkcs12_password": "no",
                "company_id": self.env["res.company"].sudo().create(values).id,
            }
        )
        self.assertTrue(certificate.loading_error)
        self.assertNotIn("password of the certificate file", certificate.loading_error)

    def test_a_corrected_password_is_read_again(self):
        """Whatever door: the form, a program, the issuer's own choice before or after."""
        content, password = self.person["pfx_base64"], self.person["password"]
        error, record = self.in_form(name="Ana", content=content, pkcs12_password="no")
        self.issuer.with_user(self.admin).certificate_id = record
        self.assertFalse(self.issuer.sender_rut)
        # one cause, one sentence
        self.assertEqual(self.issuer.missing, f"Issuer: its certificate. {error}")
        self.in_form(record, pkcs12_password=password)
        self.assertEqual(self.issuer.sender_rut, SIGNER_RUT)
        self.assertEqual(self.mine.certificate_holder, "Ana Soto")
        self.assertFalse(self.issuer.missing)
        key = record.sudo().l10n_cl_key_id
        self.assertTrue(key)
        self.assertFalse(record.private_key_id or record.pkcs12_password)
        trace = self.env["l10n_cl.trace"].search([("kind", "=", "key_loaded")], limit=1)
        self.assertEqual((trace.res_id, trace.user_id), (self.issuer.id, self.admin))
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_another_persons_file_in_the_same_record(self):
        self.load()
        other = self.sii.issue_certificate({"rut": OTHER_RUT, "name": "Luis Rojas"})
        certificate = self.issuer.sudo().certificate_id.with_user(self.admin)
        certificate.write({"content": other["pfx_base64"], "pkcs12_password": other["password"]})
        self.assertEqual(self.issuer.sender_rut, OTHER_RUT)
        self.assertEqual(self.mine.certificate_holder, "Luis Rojas")
        self.assertFalse(self.issuer.missing)
        self.assertEqual(self.issuer.sudo()._signer().rut, OTHER_RUT)

    def test_a_certificate_without_a_rut(self):
        """The RUT of the one before is not its owner's; one that was typed stays."""
        bare = self.bare_file()
        self.load()
        self.assertEqual(self.issuer.sender_rut, SIGNER_RUT)
        self.mine.load_certificate(bare, "x")
        self.assertFalse(self.issuer.sender_rut)
        self.assertIn("Sender RUT", self.issuer.missing)
        self.mine.sender_rut = OTHER_RUT
        certificate = self.issuer.sudo().certificate_id.with_user(self.admin)
        certificate.write({"content": bare, "pkcs12_password": "x"})
        self.assertEqual(self.issuer.sender_rut, OTHER_RUT)
        certificate.write({"content": self.person["pfx_base64"], "pkcs12_password": False})
        self.assertEqual(self.issuer.sender_rut, OTHER_RUT)
        certificate.pkcs12_password = self.person["password"]
        self.assertEqual(self.issuer.sender_rut, SIGNER_RUT)
        certificate.write({"content": bare, "pkcs12_password": "x"})
        self.assertFalse(self.issuer.sender_rut)

    def bare_file(self):
        """A .pfx whose certificate names nobody's RUT."""
        with TemporaryDirectory() as folder:
            key, pem, pfx = (str(Path(folder, name)) for name in ("k.pem", "c.pem", "x.pfx"))
            for command in (
                ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", pem]
                + ["-subj", "/CN=Sin RUT", "-days", "900"],
                ["pkcs12", "-export", "-in", pem, "-inkey", key, "-out", pfx, "-passout", "pass:x"],
            ):
                subprocess.run(["openssl", *command], check=True, capture_output=True)
            return base64.b64encode(Path(pfx).read_bytes()).decode()


class TestRole(CertificateCase):
    def test_who_is_sii_manager_and_nothing_else(self):
        """Reaches the issuer by the menu, sees whose certificate it is, changes what it offers."""
        user = self.make_user("solo", self.company, "base.group_user,l10n_cl_sii.group_manager")
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        self.assertIn(self.env.ref("l10n_cl_sii.menu_issuer").id, menus)
        self.mine = self.issuer.with_user(user)
        self.load()
        with Form(self.mine) as form:
            self.assertEqual(form.certificate_holder, "Ana Soto")
            self.assertTrue(form.certificate_until)
            self.assertEqual(form.sender_rut, SIGNER_RUT)
            form.sender_rut = OTHER_RUT
            form.print_qr = not form.print_qr
            form.resolution_date = "2014-08-22"
        self.assertEqual(self.issuer.sender_rut, OTHER_RUT)
