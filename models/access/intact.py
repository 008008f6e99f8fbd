import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class AlteredFile(UserError):
    """A file that was signed or received is missing, or is no longer what it was: it stays here."""


class IntactMixin(models.AbstractModel):
    """A stored file that leaves to the byte as it was made, or not at all.

    Disks fail and people with access to them change files. Code takes the file from
    ``_xml_bytes``; whoever reads the field or its attachment is held to the same by
    ``base_intact_copies``.
    """

    _name = "l10n_cl.intact.mixin"
    _description = "Stored file that is compared before it leaves"

    xml = fields.Binary("XML", attachment=True, readonly=True, copy=False)
    xml_sha256 = fields.Char("SHA-256 of the XML", readonly=True, copy=False)

    @api.model
    def _file_values(self, data):
        """Values that keep a file with its hash; of an empty one, that there is none."""
        digest = hashlib.sha256(data).hexdigest()
        return {
            "xml": base64.b64encode(data) if data else False,
            "xml_sha256": digest if data else False,
        }

    def _keep_files(self, files, values):
        """Keep the file of each record; of those that never had one, all by one statement.

        files: bytes, by record. What is to be written with them is added to ``values``, by record.
        """
        fresh = self.filtered(lambda record: not record.xml_sha256)
        for record in self - fresh:
            values[record].update(self._file_values(files[record]))
        if not fresh:
            return
        for record in fresh:
            values[record]["xml_sha256"] = hashlib.sha256(files[record]).hexdigest()
        self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": "xml",
                    "res_model": self._name,
                    "res_field": "xml",
                    "res_id": record.id,
                    "type": "binary",
                    "raw": files[record],
                }
                for record in fresh
            ]
        )
        fresh.invalidate_recordset(["xml"], flush=False)
        fresh.modified(["xml"])

    def _xml_bytes(self):
        """The file, to the byte. Raises AlteredFile when it is not the one that was kept."""
        self.ensure_one()
        stored = self._stored_xml()
        data = stored._l10n_cl_stored_bytes() if stored else b""
        self._check_intact(data, stored.checksum)
        return data

    def _is_whole(self):
        """Whether the file is the one that was kept; a person is called when it is not."""
        try:
            self._xml_bytes()
        except AlteredFile:
            return False
        return True

    def _stored_xml(self):
        """The attachment that holds the file; empty when there is none."""
        of_this = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("res_field", "=", "xml"),
        ]
        return self.env["ir.attachment"].sudo().search(of_this, limit=1)

    def _check_intact(self, data, checksum):
        """Raise AlteredFile unless these bytes are the ones that were kept.

        checksum: what Odoo noted of them, for what was kept before we noted a hash. A person is
        called, whatever becomes of this transaction.
        """
        kept = self.sudo().xml_sha256
        if kept:
            intact = hashlib.sha256(data).hexdigest() == kept
        else:
            intact = hashlib.sha1(data, usedforsecurity=False).hexdigest() == checksum
        if not data or not intact:
            self._refuse_altered(missing=not data)

    def _refuse_altered(self, missing):
        text = self._altered_text(missing)
        self.env["l10n_cl.incident"].sudo()._keep(self, "altered", text)
        raise AlteredFile(text)

    def _altered_text(self, missing):
        name = self.sudo().display_name
        if missing:
            return self.env._(
                "The stored file of %s is missing on the server. Nothing was sent nor given out: "
                "restore the file from a backup, then try again.",
                name,
            )
        return self.env._(
            "The stored file of %s is not the one that was kept: somebody or something changed it "
            "on the server. Nothing was sent nor given out: restore the file from a backup, then "
            "try again.",
            name,
        )
