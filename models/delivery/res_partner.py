from odoo import fields, models

from ..access.entry import entry


class ResPartner(models.Model):
    """Where the exchange envelopes of a taxpayer go to, and mails that leave its row alone."""

    _inherit = "res.partner"

    l10n_cl_exchange_mailbox = fields.Char(
        "Exchange mailbox",
        help="E-mail address that the SII lists for this taxpayer's electronic documents (casilla "
        "de intercambio). The signed documents are sent there once the SII has accepted them.",
    )

    def _commercial_fields(self):
        return super()._commercial_fields() + ["l10n_cl_exchange_mailbox"]

    @entry("write")
    def signup_prepare(self, signup_type="signup"):
        """Odoo writes this anew for each mail with a link, and mails to one customer would wait for
        each other, or for who edits it."""
        unlike = self.filtered(lambda partner: partner.signup_type != signup_type)
        return super(ResPartner, unlike).signup_prepare(signup_type=signup_type)
