"""Certificate, schemas and CAF are read once a process; what was changed counts at once."""

import base64
import io
import zipfile

from odoo.exceptions import UserError, ValidationError

from ...sii.xml.schema import SchemaSet
from ..common import SIGNER_RUT, SiiCase

SCHEMA = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Nota"/>
</xs:schema>"""


class TestReadOnce(SiiCase):
    def test_another_certificate_in_the_same_record(self):
        before = self.post().l10n_cl_dte_id._xml_bytes()
        person = self.sii.issue_certificate({"rut": SIGNER_RUT, "name": "María Pérez Núñez"})
        pem = {part: base64.b64encode(person[part].encode()) for part in person if "_pem" in part}
        certificate = self.issuer.certificate_id
        key = self.env["certificate.key"].create(
            {"content": pem["key_pem"], "company_id": self.company.id}
        )
        certificate.write({"content": pem["certificate_pem"], "private_key_id": key.id})
        after = self.post().l10n_cl_dte_id._xml_bytes()
        self.assertNotEqual(before.split(b"<X509Cert")[1], after.split(b"<X509Cert")[1])
        self.run_crons()
        self.assertEqual(
            self.env["l10n_cl.dte"].search([], limit=2).mapped("state"), ["accepted"] * 2
        )

    def test_newer_schemas(self):
        self.assertIs(self.issuer._schemas(), SchemaSet.bundled())
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("Nota_v10.xsd", SCHEMA)
        self.issuer.schemas_zip = base64.b64encode(buffer.getvalue())
        self.assertIn("Nota", self.issuer._schemas().roots)
        with self.assertRaises(ValidationError):
            self.issuer.schemas_zip = base64.b64encode(b"no zip")
        self.issuer.schemas_zip = False
        self.assertIs(self.issuer._schemas(), SchemaSet.bundled())

    def test_authority_that_counts_no_more(self):
        self.post()
        authority = self.env["ir.config_parameter"].search(
            [("key", "=", "l10n_cl_sii.caf_authority.666")]
        )
        authority.unlink()
        with self.assertRaises(UserError):
            self.post()

    def test_each_posting_asks_as_much(self):
        _first, second, third = [self._queries(self.draft()) for _ in range(3)]
        self.assertEqual(second, third)

    def _queries(self, draft):
        """Queries from a click on Confirm to the last row written."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        draft.action_post()
        self.env.flush_all()
        return self.cr.sql_log_count - before
