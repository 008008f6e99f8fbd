from datetime import UTC

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object


class WebhookDelivery(models.Model):
    _inherit = "l10n_cl.webhook.delivery"

    claim_event_id = fields.Many2one(
        "l10n_cl.claim.event", "Answer", readonly=True, index="btree_not_null", ondelete="cascade"
    )

    _once_each_answer = models.UniqueIndex(
        "(webhook_id, claim_event_id) WHERE claim_event_id IS NOT NULL",
        "This program is told of this already.",
    )


class ClaimEvent(models.Model):
    """Programs get what customers answer to the documents that we issued."""

    _inherit = "l10n_cl.claim.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        for event in events.filtered(lambda each: each.dte_id and not each.unproven):
            event._l10n_cl_announce()
        return events

    def _l10n_cl_announce(self):
        document = self.dte_id.sudo()
        at = self.at and rcv_object.moment_text(self.at.replace(tzinfo=UTC))
        answer = {
            "code": self.code,
            "text": self.text or None,
            "responsible": self.responsible_rut or None,
            "at": at or None,
        }
        self.env["l10n_cl.webhook"]._announce(
            "document.answered",
            document._source()._l10n_cl_program_statement(),
            document.company_id,
            {**document._l10n_cl_api_values(), "answer": answer},
            dte_id=document.id,
            generation=document.generation,
            claim_event_id=self.id,
        )
