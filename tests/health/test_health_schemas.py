"""Schemas that a manager loaded, held against those that we bring by what was issued last."""

import base64
import io
import zipfile
from pathlib import Path

from ... import sii
from ..common import SiiCase

OURS = Path(sii.__file__).parent / "xsd"


class TestHealthSchemas(SiiCase):
    def load(self, change=lambda text: text):
        """Our own files as if the SII had published them, changed in one place."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for path in OURS.glob("d*.xsd"):
                archive.writestr(path.name, change(path.read_text()))
        self.issuer.schemas_zip = base64.b64encode(buffer.getvalue())

    def found(self):
        findings = self.env["l10n_cl.health"]._findings(self.issuer)
        return [each for each in findings if each.code.startswith("schemas")]

    def texts(self):
        (report,) = self.env["l10n_cl.health"]._report(self.issuer)["issuers"]
        return [each["text"] for each in report["findings"] if "schemas" in each["code"]]

    def test_nothing_loaded_nothing_looked_at(self):
        self.post()
        self.assertFalse(self.found())

    def test_the_same_verdict(self):
        self.post()
        self.load()
        self.assertFalse(self.found())

    def test_what_they_refuse(self):
        self.post()
        self.load(lambda text: text.replace('"CmnaRecep"', '"ComunaRecep"'))
        (finding,) = self.found()
        self.assertEqual((finding.code, finding.data["types"]), ("schemas_differ", "33"))
        (text,) = self.texts()
        self.assertIn("type 33, at Documento/Encabezado/Receptor/CmnaRecep", text)
        self.issuer.schemas_zip = False
        self.assertFalse(self.found())

    def test_what_we_refuse(self):
        """A field of a later format, which passes by the loaded set alone."""
        self.load(
            lambda text: text.replace(
                '"GiroRecep" type="d:DteText40"', '"GiroRecep" type="d:DteText80"'
            )
        )
        move = self.post()
        self.assertFalse(self.found())
        xml = move.l10n_cl_dte_id._xml_bytes()
        longer = xml.replace(b"</GiroRecep>", b"x" * 40 + b"</GiroRecep>")
        self.assertNotEqual(longer, xml)
        move.l10n_cl_dte_id.sudo().write(move.l10n_cl_dte_id._file_values(longer))
        (finding,) = self.found()
        self.assertEqual(finding.data["where"], "Documento/Encabezado/Receptor/GiroRecep")

    def test_only_the_last_of_each_type_counts(self):
        self.post(lines=[{"name": "Corto\nAlgo más que se dice de él"}])
        self.load(lambda text: text.replace('"DscItem"', '"Descripcion"'))
        self.assertEqual([each.data["types"] for each in self.found()], ["33"])
        self.post()
        self.assertFalse(self.found())
