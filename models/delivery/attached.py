import logging

from odoo import api, models

from ...sii.mail import pdf_files

_logger = logging.getLogger(__name__)

_MOST_PDFS = 10


class AccountDocumentImportMixin(models.AbstractModel):
    """Anybody who knows a journal's address can mail a PDF that leads Odoo's reader in circles."""

    _inherit = "account.document.import.mixin"

    @api.model
    def _unwrap_attachments(self, files_data, recurse=True):
        """Files in a PDF are taken out where that is bounded; those of a PDF in a PDF never."""
        return super()._unwrap_attachments(list(_readable(files_data)), recurse=recurse)


def _readable(files_data):
    """All files but the PDFs that are not to be looked into: after a nasty one, none is."""
    left = _MOST_PDFS
    for file_data in files_data:
        if file_data["import_file_type"] != "pdf":
            yield file_data
            continue
        raw = file_data["raw"] or b""
        if not left or not file_data.get("attachment") or not pdf_files.may_hold_files(raw):
            continue
        if pdf_files.is_harmless(raw):
            left -= 1
            yield file_data
        else:
            _logger.warning("%s is a PDF beyond all bounds: not looked into", file_data["name"])
            left = 0
