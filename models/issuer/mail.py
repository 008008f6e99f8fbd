from odoo import api, fields, models

from ...sii.codes import Environment


class Issuer(models.Model):
    """Which documents an issuer mails by itself, and when."""

    _inherit = "l10n_cl.issuer"

    mail_waits = fields.Boolean(
        "Mail accepted invoices only",
        default=True,
        help="The mail to the customer goes out once the SII has accepted the invoice. "
        "Boletas never wait.",
    )
    mail_auto = fields.Boolean(
        "Mail documents by themselves",
        compute="_compute_mail_auto",
        store=True,
        readonly=False,
        help="Customers with an e-mail address get the PDF and the XML without anybody's doing: "
        "invoices and notes once the SII has accepted them, boletas as soon as they are signed.",
    )
    exchange_auto = fields.Boolean(
        "Send to exchange mailboxes",
        compute="_compute_mail_auto",
        store=True,
        readonly=False,
        help="Accepted invoices and notes go to the exchange mailbox (casilla de intercambio) of "
        "their receiver.",
    )

    @api.depends("environment")
    def _compute_mail_auto(self):
        """Documents of certification have no value: nobody gets them unless it is asked for."""
        for issuer in self:
            issuer.mail_auto = issuer.environment == Environment.PRODUCTION
            issuer.exchange_auto = issuer.environment == Environment.PRODUCTION
