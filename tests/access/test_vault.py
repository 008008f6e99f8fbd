"""Secrets are sealed by a key outside the database, read by nobody, and hinder no work."""

import base64
import os
from pathlib import Path
from tempfile import mkdtemp

from cryptography.fernet import Fernet

from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import config

from .key_case import KeyCase
from .key_search import KeySearch, caf_number, private_number


class TestVault(KeyCase):
    def setUp(self):
        super().setUp()
        self.vault = self.env["l10n_cl.vault"]

    def key_file(self, content, mode=0o600):
        path = Path(mkdtemp()) / "key"
        path.write_text(content)
        path.chmod(mode)
        return str(path)

    def findings(self):
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.env["l10n_cl.health"]._findings(self.issuer)
        return {finding.code: finding.severity for finding in found}

    def test_sealed_and_opened(self):
        row = self.vault._put("test", b"\x00\xffsecret")
        self.assertEqual(row._take(), b"\x00\xffsecret")
        self.assertTrue(row.is_sealed)
        self.assertNotIn("secret", row.kept)
        other = row._replace(b"another")
        self.assertEqual((other._take(), row._take()), (b"another", b"\x00\xffsecret"))

    def test_keys_from_each_place(self):
        token = Fernet.generate_key().decode()
        row = self.vault._put("test", b"x")
        for given in (
            {"L10N_CL_SII_KEY_FILE": self.key_file(f"{token}\n{self.key}\n")},
            {"L10N_CL_SII_KEY": f"{token},\n {self.key}"},
        ):
            self.give("", **{"L10N_CL_SII_KEY_FILE": "", **given})
            self.assertEqual(row._take(), b"x")
            self.assertEqual(Fernet(token).decrypt(self.vault._put("y", b"y").kept[7:]), b"y")
        self.give("", L10N_CL_SII_KEY_FILE="")
        config["l10n_cl_sii_key"] = self.key
        self.addCleanup(config.options.pop, "l10n_cl_sii_key")
        self.assertEqual(row._take(), b"x")

    def test_a_key_given_later_seals_what_lies_open(self):
        self.give("")
        caf = self.load_caf(33)
        self.assertFalse(caf.sudo().key_id.is_sealed)
        self.seal()
        self.assertFalse(caf.sudo().key_id.is_sealed)
        self.give(self.key)
        self.seal()
        self.assertTrue(all(self.rows().mapped("is_sealed")))
        self.assertEqual(caf._open(caf.issuer_id).first, caf.first)

    def test_a_row_that_refuses_leaves_no_other_key_open(self):
        self.give("")
        refuses, other = (self.load_caf(code).sudo().key_id for code in (33, 34))
        self.env.flush_all()
        self.cr.execute(
            f"""
            CREATE FUNCTION refuse_row() RETURNS trigger AS $$
            BEGIN
                IF NEW.id = {refuses.id} THEN RAISE EXCEPTION 'refused by a test'; END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER refuse_row BEFORE UPDATE ON l10n_cl_vault
               FOR EACH ROW EXECUTE FUNCTION refuse_row();
            """
        )
        self.give(self.key)
        self.seal()
        self.assertEqual((refuses | other).mapped("is_sealed"), [False, True])
        incidents = (
            self.env["l10n_cl.incident"].sudo().search([("res_model", "=", "l10n_cl.vault")])
        )
        self.assertEqual(incidents.mapped("res_id"), refuses.ids)
        self.assertIn("refused by a test", incidents.text)

    def test_keys_are_changed_without_a_pause(self):
        new = Fernet.generate_key().decode()
        self.give(new, self.key)
        self.post()
        self.seal()
        self.give(new)
        self.post()
        self.assertFalse({"vault_closed", "vault_open", "vault_file"} & set(self.findings()))
        self.give(self.key)
        with self.assertRaises(UserError):
            self.post()

    def test_templates_that_every_employee_may_write_are_reported(self):
        self.assertNotIn("vault_templates", self.findings())
        self.env["ir.config_parameter"].set_param("mail.restrict.template.rendering", False)
        self.assertEqual(self.findings().get("vault_templates"), "warning")

    def test_a_lost_key_is_reported(self):
        self.post()
        self.give(Fernet.generate_key().decode())
        for keys in ((Fernet.generate_key().decode(),), ()):
            self.give(*keys)
            self.env.invalidate_all()
            self.assertIn("no longer", self.issuer.missing)
            with self.assertRaisesRegex(UserError, "no longer"), self.cr.savepoint():
                self.post()
            self.assertEqual(self.findings().get("vault_closed"), "critical")
            text = self.env["l10n_cl.health"]._report(self.issuer)
            self.assertIn("Nothing can be signed", str(text))

    def test_what_was_signed_still_goes_when_the_key_comes_back(self):
        move = self.post()
        self.give("")
        self.run_crons()
        self.assertNotIn(move.l10n_cl_dte_state, ("rejected", "void"))
        self.give(self.key)
        move.l10n_cl_dte_id.filtered(lambda dte: dte.state == "exception").action_retry()
        self.run_crons()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_no_key_at_all_but_a_wrong_setting(self):
        for given, text in (
            ({"L10N_CL_SII_KEY": "not a key"}, "Fernet"),
            ({"L10N_CL_SII_KEY_FILE": "/nowhere/key"}, "/nowhere/key"),
        ):
            self.give("", **given)
            with self.subTest(given=given):
                with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
                    self.vault._put("test", b"secret")
                with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
                    self.post()
                self.seal()
                self.assertEqual(self.findings().get("vault_closed"), "critical")

    def test_open_keys_of_production_are_reported(self):
        self.assertNotIn("vault_open", self.findings())
        self.give("")
        self.issuer.sudo().certificate_id = self.load_certificate()
        self.assertNotIn("vault_open", self.findings(), "nobody is harmed in certification")
        self.issuer.write({"environment": "production", "resolution_number": 80})
        self.assertEqual(self.findings().get("vault_open"), "warning")

    def test_a_file_that_everybody_reads_is_reported(self):
        self.give("", L10N_CL_SII_KEY_FILE=self.key_file(self.key))
        self.assertNotIn("vault_file", self.findings())
        os.chmod(os.environ["L10N_CL_SII_KEY_FILE"], 0o644)
        self.assertEqual(self.findings().get("vault_file"), "warning")

    def test_nobody_reads_it(self):
        groups = "base.group_system,base.group_erp_manager,account.group_account_manager"
        admin = new_test_user(
            self.env, "admin_of_all", groups, company_ids=[(6, 0, self.company.ids)],
            company_id=self.company.id,
        )  # fmt: skip
        rows, caf = self.rows().with_user(admin), self.cafs[33].with_user(admin)
        certificate = self.issuer.sudo().certificate_id.with_user(admin)
        self.assertTrue(certificate.read(["content", "private_key_id"]))
        vault = self.vault.with_user(admin)
        calls = [
            lambda: rows.read(["kept"]),
            lambda: rows.read(["purpose"]),
            lambda: rows.export_data(["kept"]),
            lambda: rows.write({"purpose": "x"}),
            rows.unlink,
            rows.copy,
            lambda: vault.search_read([], ["kept"]),
            lambda: vault.search([]),
            lambda: vault.create({"purpose": "x", "kept": "open:"}),
            lambda: vault.formatted_read_group([], ["kept"], ["__count"]),
            lambda: caf.read(["key_id"]),
            lambda: caf.write({"key_id": rows[0].id}),
            lambda: caf.export_data(["key_id/kept"]),
            lambda: caf.search([("key_id.kept", "like", "open")]),
            lambda: certificate.read(["l10n_cl_key_id"]),
            lambda: certificate.write({"l10n_cl_key_id": rows[0].id}),
            lambda: certificate.export_data(["l10n_cl_key_id/kept"]),
            lambda: certificate.search([("l10n_cl_key_id.kept", "like", "open")]),
            lambda: certificate.web_read({"l10n_cl_key_id": {"fields": {"kept": {}}}}),
        ]
        for number, call in enumerate(calls):
            refused = self.assertRaises(UserError)  # AccessError is one
            with self.subTest(number=number), refused, self.cr.savepoint():
                call()
        self.assertNotIn("key_id", caf.fields_get())

    def test_a_key_goes_with_its_owner(self):
        row = self.load_caf(33)
        kept = row.sudo().key_id
        row.unlink()
        self.assertFalse(kept.exists())
        certificate = self.load_certificate()
        self.issuer.sudo().certificate_id = certificate
        kept = certificate.l10n_cl_key_id
        self.issuer.sudo().certificate_id = False
        certificate.unlink()
        self.assertFalse(kept.exists())

    def test_an_unused_key_is_deleted(self):
        forgotten, used = self.vault._put("nobody", b"x"), self.rows()
        self.seal()
        self.assertTrue(forgotten.exists(), "somebody may be about to point to it")
        self.env.flush_all()
        self.cr.execute("UPDATE l10n_cl_vault SET create_date = create_date - interval '2 days'")
        self.env.invalidate_all()
        self.seal()
        self.assertFalse(forgotten.exists())
        self.assertEqual((used - forgotten).exists(), used - forgotten)


class TestNoKeyAnywhere(KeyCase):
    """Walks every column and attachment of the database for the private keys themselves."""

    def setUp(self):
        super().setUp()
        self.file = base64.b64decode(self.caf_file(33))
        self.caf = self.env["l10n_cl.caf"].create(
            {"issuer_id": self.issuer.id, "file": base64.b64encode(self.file)}
        )
        self.person = self.sii.issue_certificate({"rut": "12345678-5", "name": "María Pérez"})
        numbers = [caf_number(self.file), private_number(self.person["key_pem"].encode())]
        self.search = KeySearch(self.env, numbers, [self.person["password"]])

    def test_loaded_by_a_manager(self):
        self.issuer.load_certificate(self.person["pfx_base64"], self.person["password"])
        self.cafs[33].active = False
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertEqual(self.search.places(), [])

    def test_made_in_odoos_own_form(self):
        made = self._made()
        self.issuer.sudo().certificate_id = made
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertEqual(self.search.places(), [])
        self.assertIn("moved", self.issuer.message_ids[0].body)
        self.assertFalse(made.private_key_id or made.pkcs12_password)
        copied = made.copy()
        self.assertEqual(self.search.places(), [])
        self.assertFalse(copied.l10n_cl_key_id)
        self.assertEqual(self.post().l10n_cl_dte_state, "signed")

    def test_its_files_leave_the_disk(self):
        self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", "file")
        made = self._made()
        held = ["|", ("res_model", "=", "certificate.key"), ("res_field", "=", "content")]
        files = self.env["ir.attachment"].sudo().search([("res_field", "!=", False), *held])
        mine = files.filtered(
            lambda file: (
                (file.res_model, file.res_id)
                in {(made._name, made.id), (made.private_key_id._name, made.private_key_id.id)}
            )
        )
        paths = {Path(file._full_path(file.store_fname)) for file in mine}
        self.assertEqual(len(paths), 2, "the .pfx, and the key in two fields")
        self.assertTrue(all(path.exists() for path in paths))
        self.issuer.sudo().certificate_id = made
        self.env.flush_all()
        mine._gc_file_store_unsafe()
        self.assertFalse(any(path.exists() for path in paths))

    def test_another_file_in_the_same_record(self):
        certificate = self.issuer.sudo().certificate_id
        certificate.write(
            {"content": self.person["pfx_base64"], "pkcs12_password": self.person["password"]}
        )
        self.assertEqual(self.search.places(), [])
        self.assertEqual(self.post().l10n_cl_dte_state, "signed")

    def test_a_key_that_two_certificates_share(self):
        made = self._made()
        second = made.copy({"private_key_id": made.private_key_id.id})
        self.issuer.sudo().certificate_id = made
        self.assertFalse(second.private_key_id)
        self.assertTrue(second.l10n_cl_key_id)

    def test_the_search_finds_keys(self):
        """It finds what 6ce047d had, wherever that is put."""
        made = self._made()
        places = str(self.search.places())
        self.assertIn("attachment certificate.key.pem_key", places)
        self.assertIn("attachment certificate.certificate.content", places)
        made.private_key_id.unlink()
        self.env["ir.attachment"].create({"name": "x", "raw": self.file})
        self.issuer.sudo().sii_office = base64.b64encode(self.person["key_pem"].encode())
        places = str(self.search.places())
        self.assertIn("attachment False.False x", places)
        self.assertIn("l10n_cl_sii_office.name", places)

    def _made(self):
        return (
            self.env["certificate.certificate"]
            .sudo()
            .create(
                {
                    "name": "María Pérez",
                    "content": self.person["pfx_base64"],
                    "pkcs12_password": self.person["password"],
                    "company_id": self.company.id,
                }
            )
        )
