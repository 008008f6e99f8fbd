import zlib

from odoo import api, fields, models

from ...sii import states
from ...sii.dte import packed

# So many envelopes are gone through in one transaction of the nightly cleaning.
_BATCH = 100


class Envio(models.Model):
    """What the SII has processed is kept once: its documents lie in files of their own.

    The envelope's file then holds what stands around them, and names them. Whoever reads it gets
    the very bytes that were sent, compared with their hash. No byte is dropped before they were
    rebuilt and compared.
    """

    _inherit = "l10n_cl.envio"

    kept_as = fields.Selection(
        [("packed", "By its documents"), ("whole", "Whole")],
        "File kept",
        readonly=True,
        copy=False,
        help="By its documents: what stands around them is kept, and the whole is rebuilt to the "
        "byte. Whole: none of its documents is legal, or a file is not what it was.",
    )

    _to_pack = models.Index("(id) WHERE state = 'processed' AND kept_as IS NULL")

    @api.autovacuum
    def _gc_envelopes(self):
        """Each night: those that the SII has processed since. (done, whether some are left)"""
        due = [("state", "=", "processed"), ("kept_as", "=", False)]
        envios = self.sudo().search(due, order="id", limit=_BATCH)
        for envio in envios.try_lock_for_update(allow_referencing=True):
            envio.kept_as = "packed" if envio._pack() else "whole"
        return len(envios), len(envios) == _BATCH

    def _pack(self):
        """Keep the file by its documents; returns whether that was done."""
        legal = self.dte_ids.filtered(lambda document: document.state in states.LEGAL)
        if not legal or not self.xml_sha256 or not self._is_whole():
            return False
        whole = self._xml_bytes()
        files = legal._stored_files()
        recipe = packed.pack(whole, files)
        if not packed.documents_of(recipe) or packed.unpack(recipe, files) != whole:
            return False
        stored = self._stored_xml()
        stored.write({"raw": recipe, "mimetype": "application/xml"})
        stored.invalidate_recordset()
        return self._xml_bytes() == whole

    @api.model
    def _unpack_all(self):
        """Each file whole again, as it was sent: the addon that rebuilds them goes."""
        for envio in self.sudo().search([("kept_as", "=", "packed")]):
            if envio._is_whole():
                envio._stored_xml().raw = envio._xml_bytes()
                envio.kept_as = False
            envio.invalidate_recordset()


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _stored_files(self):
        """The files of these documents as they lie in the store, by id; not compared."""
        of_these = [
            ("res_model", "=", self._name),
            ("res_id", "in", self.ids),
            ("res_field", "=", "xml"),
        ]
        found = self.env["ir.attachment"].sudo().search(of_these)
        return {each.res_id: each._l10n_cl_stored_bytes() for each in found}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _l10n_cl_unpacked(self, data):
        """Hook of access: the envelope whose file these bytes are; other bytes as they are."""
        of_envelope = (self.res_model, self.res_field) == ("l10n_cl.envio", "xml")
        if not of_envelope or not packed.is_packed(data):
            return data
        try:
            documents = self.env["l10n_cl.dte"].browse(packed.documents_of(data))
            return packed.unpack(data, documents._stored_files())
        except (ValueError, zlib.error):
            return data  # altered: its hash is not the one that was kept
