from odoo import api, fields, models

# Whose history it is: one of these
_SUBJECTS = ("dte_id", "envio_id", "request_id", "received_id")


class Event(models.Model):
    """One line of a history, of a document, an envelope, an obligation to emit or a received
    document: when, who, what, the SII's answer."""

    _name = "l10n_cl.event"
    _description = "History of an SII document"
    _inherit = "l10n_cl.guard.mixin"
    _order = "id desc"

    dte_id = fields.Many2one("l10n_cl.dte", index=True, ondelete="cascade", readonly=True)
    envio_id = fields.Many2one("l10n_cl.envio", index=True, ondelete="cascade", readonly=True)
    request_id = fields.Many2one(
        "l10n_cl.emission.request", index=True, ondelete="cascade", readonly=True
    )
    received_id = fields.Many2one(
        "l10n_cl.received.dte", index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True
    )
    from_state = fields.Char("From", readonly=True)
    to_state = fields.Char("To", readonly=True)
    state_label = fields.Char("State", compute="_compute_state_label")
    text = fields.Char("What happened", readonly=True)
    answer = fields.Text("Answer of the SII", readonly=True)

    @api.depends("to_state", *_SUBJECTS)
    def _compute_state_label(self):
        """The state as the record names it for people."""
        for event in self:
            subject = event._subject()
            labels = dict(subject._fields["state"]._description_selection(self.env))
            event.state_label = labels.get(event.to_state)

    @api.depends(*_SUBJECTS)
    def _compute_company_id(self):
        for event in self:
            event.company_id = event._subject().company_id

    def _subject(self):
        """The record whose history this is a line of."""
        return next((self[name] for name in _SUBJECTS if self[name]), self.dte_id)
