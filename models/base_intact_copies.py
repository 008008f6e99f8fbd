from odoo import api, models
from odoo.exceptions import MissingError

from .base_intact import AlteredFile


class IrAttachment(models.Model):
    """The files of signed documents as Odoo itself hands them out: compared here, whoever asks.

    Fields, downloads, zips and mails all read an attachment. Beside the files themselves there is
    the copy of a signed document that goes with its invoice's PDF.
    """

    _inherit = "ir.attachment"

    def _l10n_cl_stored_bytes(self):
        """What lies in the store now, whatever was read before; empty when it is gone."""
        self.ensure_one()
        if self.store_fname:
            return self._file_read(self.store_fname)
        self.invalidate_recordset(["db_datas"])
        return self.db_datas or b""

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
        return result

    def _to_http_stream(self):
        self._l10n_cl_check_intact()
        return super()._to_http_stream()
