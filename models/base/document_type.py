from odoo import api, models


class DocumentType(models.Model):
    """Chile's types, by the SII's code."""

    _inherit = "l10n_latam.document.type"

    @api.model
    def _l10n_cl_of_code(self, code):
        """The type in use; empty when there is none. code: a number, or its text."""
        chilean = [("code", "=", str(code)), ("country_id.code", "=", "CL")]
        return self.search(chilean, limit=1)

    @api.model
    def _l10n_cl_by_code(self):
        """code (text) -> type, of all in use; of archived ones too with active_test=False."""
        return {each.code: each for each in self.search([("country_id.code", "=", "CL")])}
