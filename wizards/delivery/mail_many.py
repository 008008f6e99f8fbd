from odoo import api, fields, models

from ...models.access.entry import EMITTER, entry
from ...models.base.big_integer import BigInteger


class MailMany(models.TransientModel):
    """Asks before the tax documents of many invoices are mailed to their customers.

    In: ids of documents. Out: a job that puts their mails into the queue.
    """

    _name = "l10n_cl.mail.many"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Mail to customers"

    documents = fields.Json(help="Ids of the tax documents.")
    count = BigInteger("Tax documents", compute="_compute_count")

    @api.depends("documents")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard.documents or [])

    @entry("write", EMITTER)
    def action_mail(self):
        """Button: the job that puts the mails into the queue, on its page."""
        self.ensure_one()
        documents = self.env["l10n_cl.dte"].browse(self.documents or [])
        return self.env["l10n_cl.job"]._ask("mail", documents)._open()
