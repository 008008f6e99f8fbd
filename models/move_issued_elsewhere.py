import re

from odoo import fields, models
from odoo.exceptions import UserError

from .base_access import MANAGER, entry


class AccountMove(models.Model):
    """An invoice of ours that another system issued to the SII: its folio is used, and not here."""

    _inherit = "account.move"

    l10n_cl_issued_elsewhere = fields.Boolean("Issued by another system", readonly=True, copy=False)

    @entry("write", MANAGER)
    def l10n_cl_action_issued_elsewhere(self):
        """Button: another system issued this posted invoice under the number that it has."""
        for move in self:
            if move.state != "posted" or move.sudo().l10n_cl_dte_ids or not move.l10n_cl_is_dte:
                raise UserError(
                    self.env._(
                        "%s is not a posted invoice without a tax document of ours.",
                        move.display_name,
                    )
                )
            number = re.fullmatch(r"0*([1-9][0-9]{0,17})", move.l10n_latam_document_number or "")
            if not number:
                raise UserError(
                    self.env._("%s is no folio of the SII.", move.l10n_latam_document_number)
                )
            folio = int(number[1])
            why = self.env._("Issued by another system: %s.", move.display_name)
            issuer = move.company_id.l10n_cl_issuer_id.sudo()
            if not issuer._mark_used_elsewhere(move.l10n_latam_document_type_id, folio, folio, why):
                raise UserError(self.env._("The folio of %s is known already.", move.display_name))
            move.sudo().l10n_cl_issued_elsewhere = True
            move.message_post(body=self.env._("Marked as issued by another system."))
