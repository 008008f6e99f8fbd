from odoo import api, models
from odoo.exceptions import MissingError

from .intact import AlteredFile

# Where copies of documents lie: prints and files of invoices, and the files of messages about them
_COPIES_OF = ("account.move", "mail.message", "mail.compose.message")
# Books, daily summaries, files of sets, files being read: no hash of our own, but Odoo's checksum
_OURS = "l10n_cl."
_COPIES = ("application/pdf", "application/xml", "text/xml")


class IrAttachment(models.Model):
    """The files of signed documents as Odoo itself hands them out: compared here, whoever asks.

    Fields, downloads, zips and mails all read an attachment. Beside the files themselves there are
    copies of signed documents and their prints, of which Odoo noted a checksum: equal ones lie in
    one file on the disk.
    """

    _inherit = "ir.attachment"

    def _l10n_cl_stored_bytes(self):
        """What lies in the store now, whatever was read before; empty when it is gone.

        An envelope that is kept by its documents is rebuilt of them (room envio).
        """
        self.ensure_one()
        if self.store_fname:
            data = self._file_read(self.store_fname)
        else:
            self.invalidate_recordset(["db_datas"])
            data = self.db_datas or b""
        return self._l10n_cl_unpacked(data)

    def _l10n_cl_evidence(self):
        """The record whose signed or received file this is; None for any other attachment."""
        if self.res_field == "xml" and self.res_id:
            record = self.env.get(self.res_model)
            is_kept = record is not None and hasattr(record, "_check_intact")
            return record.sudo().browse(self.res_id).exists() if is_kept else None
        if (self.res_model, self.res_field) == ("account.move", "l10n_cl_xml_file"):
            return self.env["account.move"].sudo().browse(self.res_id).l10n_cl_dte_id
        return None

    def _l10n_cl_check_intact(self):
        """Raise AlteredFile where this is evidence that was altered."""
        for attachment in self.sudo():
            if attachment.res_field and (record := attachment._l10n_cl_evidence()):
                record._check_intact(attachment._l10n_cl_stored_bytes(), attachment.checksum)
            elif attachment._l10n_cl_is_compared():
                attachment._l10n_cl_check_copy()

    def _l10n_cl_is_compared(self):
        """Whether it is a file of a field of ours, or a copy of a document."""
        ours = self.res_field and (self.res_model or "").startswith(_OURS)
        return ours or (self.res_model in _COPIES_OF and self.mimetype in _COPIES)

    def _l10n_cl_check_copy(self):
        """Raise AlteredFile when this is not what Odoo took in. What has no file has none to be
        altered."""
        data = self._l10n_cl_stored_bytes()
        if not self.file_size or self._compute_checksum(data) == self.checksum:
            return
        text = self.env._(
            "%s is missing on the server, or was changed there, and is not given out. Restore the "
            "file from a backup; a print can also be deleted and made again.",
            self.name,
        )
        self.env["l10n_cl.incident"]._keep(self, "altered", text)
        raise AlteredFile(text)

    def read(self, fields=None, load="_classic_read"):
        """What the database itself holds of a file is compared as well."""
        if fields is None or "db_datas" in fields:
            self._l10n_cl_check_intact()
        return super().read(fields, load)

    @api.depends("store_fname", "db_datas")
    def _compute_raw(self):
        result = super()._compute_raw()
        try:
            self._l10n_cl_check_intact()
        except AlteredFile as altered:
            if len(self) == 1:
                raise
            # Odoo reads the whole ones that it fetches together with it one by one
            raise MissingError(str(altered)) from altered
        for attachment in self:
            if attachment.raw:
                attachment.raw = attachment._l10n_cl_unpacked(attachment.raw)
        return result

    def _to_http_stream(self):
        """Every download: who got a CAF's file is noted (room folio), then the file compared."""
        self._l10n_cl_trace_caf()
        self._l10n_cl_check_intact()
        stream = super()._to_http_stream()
        if self.res_field == "xml" and (data := self.raw) and len(data) != stream.size:
            # it does not lie in the store as it is given out
            stream.type, stream.data, stream.size = "data", data, len(data)
        return stream
