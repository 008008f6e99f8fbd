from odoo import api, fields, models

from ..access.entry import entry
from ..base.today import today


class Statement(models.Model):
    """A statement as its buyer sees it: its page, and whether it can be paid there."""

    _name = "l10n_cl.statement"
    _inherit = ["l10n_cl.statement", "portal.mixin"]

    transaction_ids = fields.Many2many("payment.transaction", string="Online payments", copy=False)

    def _compute_access_url(self):
        """By the identifier that programs use too; it opens nothing without the token."""
        for statement in self:
            statement.access_url = f"/my/statements/{statement.uuid}"

    @api.model
    def _portal_domain(self, partner):
        """What this buyer owes, owed or was given back; orders that were cancelled unpaid apart."""
        family = partner.commercial_partner_id
        return [
            ("partner_id", "child_of", family.ids),
            "|",
            ("order_id.state", "=", "sale"),
            ("state", "in", ("paid", "refunded", "processing_payment")),
        ]

    def _portal_obstacle(self):
        """Sentence for the buyer: why this cannot be paid online now. Empty when it can."""
        self.ensure_one()
        if self.state in ("paid", "refunded"):
            return self.env._("Nothing is owed here any more.")
        if self.state == "canceled" or self.order_id.state == "cancel":
            return self.env._("This was cancelled: nothing is to be paid.")
        if self.state == "processing_payment" or self._portal_transaction_under_way():
            return self.env._("A payment is under way: wait until it is confirmed.")
        if self.order_id.state != "sale":
            return self.env._("This order is not confirmed, so there is nothing to pay yet.")
        if self._portal_pesos() is None:
            return self.env._(
                "Today's rate of %s is not known yet: try again later.", self.currency_id.name
            )
        return ""

    def _portal_transaction_under_way(self):
        """Money that the provider holds for it and has not handed over."""
        states = self.sudo().transaction_ids.mapped("state")
        return bool({"pending", "authorized"} & set(states))

    def _portal_pesos(self):
        return self._pesos_owed(today(self.company_id))

    @entry()
    def l10n_cl_action_preview(self):
        """Button: the page as its buyer sees it."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "target": "self", "url": self.get_portal_url()}

    def _portal_document_url(self):
        """The public page of its document, empty before there is one."""
        document = self.sudo().move_id.l10n_cl_dte_id
        return document._public_url() if document.xml_sha256 else ""
