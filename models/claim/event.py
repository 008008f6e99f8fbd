from datetime import UTC

from odoo import api, fields, models

# Of one document; strangers may mail any number.
_MOST_UNPROVEN = 20


class ClaimEvent(models.Model):
    """Something that was stated about a document, ours or a supplier's.

    At the SII's register of claims (ACD, ERM, RCD, ...), or by its receiver's mail (RecepcionDTE,
    ResultadoDTE, Recibo).
    """

    _name = "l10n_cl.claim.event"
    _description = "Event in the SII's register of claims"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.signer.mixin"]
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
    unproven = fields.Boolean(
        readonly=True,
        help="It came by mail, and nobody who is known vouches for its signer: it counts for "
        "nothing, calls nobody, and programs are not told.",
    )

    @api.depends("received_id", "dte_id")
    def _compute_company_id(self):
        for event in self:
            event.company_id = event.received_id.company_id or event.dte_id.company_id

    @api.model
    def _keep(self, subject, field, events):
        """Add the events that are not here yet; returns those.

        events: sii.exchange.claims.ClaimEvent.
        """
        proven = subject.claim_event_ids.filtered(lambda event: not event.unproven)
        known = {(event.code, event.responsible_rut) for event in proven}
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

    @api.model
    def _keep_mailed(self, document, answer, signer):
        """Add a mailed answer about a document of ours that is not here yet; returns it.

        answer: sii.exchange.their_answers.ReceiverAnswer. signer: sii.authority.chain.Signer. What
        is unproven hides nothing that is proven, and of it only so many are kept.
        """
        unproven = not signer.proves
        alike = document.claim_event_ids.filtered(lambda event: event.unproven == unproven)
        stated = (answer.code, answer.responsible_rut)
        same = alike.filtered(lambda event: (event.code, event.responsible_rut) == stated)
        if unproven:
            same = same.filtered(lambda event: event.signer_rut == (signer.rut or False))
        if same:
            return self.browse()
        if unproven and len(alike) >= _MOST_UNPROVEN:
            return self.browse()
        return self.create(
            {
                "dte_id": document.id,
                "code": answer.code,
                "text": answer.text,
                "responsible_rut": answer.responsible_rut,
                "at": answer.at and answer.at.astimezone(UTC).replace(tzinfo=None),
                "unproven": unproven,
                **self._signer_values(signer, answer.at),
            }
        )
