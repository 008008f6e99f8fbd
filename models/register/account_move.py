from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    l10n_cl_rcv_entry_ids = fields.One2many(
        "l10n_cl.rcv.entry", "move_id", "Documents of the SII's register", readonly=True
    )

    # a register of 100,000 documents is looked up by names
    _l10n_cl_named = models.Index(
        "(name, company_id) WHERE l10n_latam_document_type_id IS NOT NULL"
    )

    def _l10n_cl_match_register(self):
        """What is posted or cancelled is compared with the register again."""
        documents = self.filtered("l10n_latam_document_type_id")
        if not documents:
            return
        entries = self.env["l10n_cl.rcv.entry"].sudo()
        numbers = [move._l10n_cl_folio() for move in documents]
        same_or_known = [
            "|",
            ("move_id", "in", documents.ids),
            "&",
            ("number", "in", numbers),
            "&",
            ("company_id", "in", documents.company_id.ids),
            ("document_type_id", "in", documents.l10n_latam_document_type_id.ids),
        ]
        if found := entries.search_fetch(same_or_known, []):
            entries._match(found.ids)
