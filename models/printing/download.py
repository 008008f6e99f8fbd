from odoo import models

from ..access.entry import entry

_FILETYPE = "l10n_cl_dte"


class AccountMove(models.Model):
    """Signed documents to take away, one or many, from the Print menu."""

    _inherit = "account.move"

    def _get_invoice_legal_documents(self, filetype, allow_fallback=False):
        if filetype != _FILETYPE:
            return super()._get_invoice_legal_documents(filetype, allow_fallback)
        document = self._l10n_cl_printed_dte()
        return document and {
            "filename": document.xml_name,
            "filetype": "text/xml",
            "content": document._xml_bytes(),
        }

    @entry()
    def get_extra_print_items(self):
        items = super().get_extra_print_items()
        signed = self.filtered(lambda move: move._l10n_cl_printed_dte())
        if signed:
            ids = ",".join(map(str, signed.ids))
            url = f"/account/download_invoice_documents/{ids}/{_FILETYPE}"
            items.append(
                {
                    "key": _FILETYPE,
                    "description": self.env._("Tax Document (XML)"),
                    "type": "ir.actions.act_url",
                    "url": url,
                    "target": "download",
                }
            )
        return items
