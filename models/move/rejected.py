from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """A rejected document is corrected under its own folio, which is of one type and one issuer."""

    _inherit = "account.move"

    def _l10n_cl_kept_folio_obstacles(self):
        kept = self.sudo().l10n_cl_dte_id
        if kept.state == "foreign":
            return [(kept._foreign_text(), kept)]
        same_type = kept.document_type_id == self.l10n_latam_document_type_id
        same_issuer = kept.issuer_id == self.company_id.l10n_cl_issuer_id
        if not kept or (same_type and same_issuer):
            return []
        data = {"kept": kept.display_name, "issuer": kept.issuer_id.display_name}
        if same_type:
            text = self.env._(
                "Its folio %(kept)s is of another issuer, %(issuer)s. An SII manager gives it up "
                "on the tax document; then confirm this one with a new folio.",
                **data,
            )
        else:
            text = self.env._(
                "Its folio %(kept)s is of another document type. Choose that type again, or have "
                "an SII manager give the folio up on the tax document.",
                **data,
            )
        return [(text, kept)]

    @api.ondelete(at_uninstall=False)
    def _unlink_never_with_dte(self):
        for move in self.filtered(lambda move: move.sudo().l10n_cl_dte_ids):
            raise UserError(
                self.env._(
                    "%s had a folio of the SII, which is evidence: it cannot be deleted. "
                    "Cancel it.",
                    move.display_name,
                )
            )
