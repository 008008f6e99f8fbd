from datetime import UTC

from odoo import api, fields, models


class ClaimEvent(models.Model):
    """Something that was said about a document, ours or a supplier's.

    At the SII's register of claims (ACD, ERM, RCD, ...), or by its receiver's mail (RecepcionDTE,
    ResultadoDTE, Recibo).
    """

    _name = "l10n_cl.claim.event"
    _description = "Event in the SII's register of claims"
    _order = "at desc, id desc"

    received_id = fields.Many2one(
        "l10n_cl.received.dte", index=True, ondelete="cascade", readonly=True
    )
    dte_id = fields.Many2one("l10n_cl.dte", index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    code = fields.Char(required=True, readonly=True)
    text = fields.Char("Event", readonly=True)
    responsible_rut = fields.Char("By", readonly=True)
    at = fields.Datetime("When", readonly=True)

    @api.depends("received_id", "dte_id")
    def _compute_company_id(self):
        for event in self:
            event.company_id = event.received_id.company_id or event.dte_id.company_id

    @api.model
    def _keep(self, subject, field, events):
        """Add the events that are not here yet; returns those.

        events: sii.claims.ClaimEvent, or sii.exchange_answers.ReceiverAnswer.
        """
        known = {(event.code, event.responsible_rut) for event in subject.claim_event_ids}
        return self.create(
            [
                {
                    field: subject.id,
                    "code": event.code,
                    "text": event.text,
                    "responsible_rut": event.responsible_rut,
                    "at": event.at and event.at.astimezone(UTC).replace(tzinfo=None),
                }
                for event in events
                if (event.code, event.responsible_rut) not in known
            ]
        )
