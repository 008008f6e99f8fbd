from odoo import api, models

from ..access.entry import VIEWER, entry

# Word of the trade -> action over invoices, action over tax documents
_ISSUED = {
    "boleta": ("boleta_action", "boleta_dte_action"),
    "factura": ("factura_action", "factura_dte_action"),
    "note": ("note_action", "note_dte_action"),
}


class Board(models.AbstractModel):
    """Where a menu leads depends on what one may read: nobody meets a closed door."""

    _inherit = "l10n_cl.board"

    @api.model
    @entry("read", VIEWER)
    def open_issued(self, word):
        """Menu: documents issued, by a word of the trade (``boleta``, ``factura``, ``note``).

        Invoices with their drafts for who may read them, else the signed documents alone.
        """
        invoices, documents = _ISSUED[word]
        name = invoices if self.env["account.move"].has_access("read") else documents
        return self.env["ir.actions.act_window"]._for_xml_id(f"l10n_cl_sii.{name}")
