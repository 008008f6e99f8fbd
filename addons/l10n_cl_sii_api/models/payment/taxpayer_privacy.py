from odoo import api, models
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    """What programs enrolled is a person's too, whether its documents emit themselves or not."""

    _inherit = "l10n_cl.privacy"

    @api.model
    def _enrolments(self, partners):
        theirs = Domain("partner_id", "in", partners.ids)
        theirs |= Domain("partner_invoice_id", "in", partners.ids)
        return super()._enrolments(partners) | (theirs & Domain("l10n_cl_payable", "!=", False))

    @api.model
    def _partner_fields(self):
        added = ["l10n_cl_typed_commune", "l10n_cl_external_id", "l10n_cl_extra_fields"]
        return [*super()._partner_fields(), *added]
