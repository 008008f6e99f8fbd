from odoo import models

_SPANISH = ("es_CL", "es_419")


class AccountMove(models.Model):
    """A legal document is in the customer's language, not in that of whoever makes it."""

    _inherit = "account.move"

    def _l10n_cl_lang(self):
        """The customer's language; Spanish when he has none; else that of who makes it."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        wanted = (self.partner_id.lang, self.commercial_partner_id.lang, *_SPANISH)
        found = [code for code in wanted if code in installed]
        spanish = [code for code in installed if code.startswith("es")]
        return next(iter(found + spanish), self.env.lang)
