from odoo import api, models

# Documents, envelopes, answers, books and daily summaries name it in their root; it stands early.
_NAMESPACE = b"http://www.sii.cl/SiiDte"
_HEAD_BYTES = 1000


class IrAttachment(models.Model):
    """Odoo keeps the words of text files a second time, to search in them.

    Of the SII's files nobody reads those: their rows bear what one searches for, and the words
    took a third of the database.
    """

    _inherit = "ir.attachment"

    @api.model
    def _index(self, bin_data, file_type, checksum=None):
        if _NAMESPACE in (bin_data or b"")[:_HEAD_BYTES]:
            return None
        return super()._index(bin_data, file_type, checksum=checksum)
