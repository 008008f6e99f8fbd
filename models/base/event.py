from odoo import api, fields, models


class Event(models.Model):
    """One line of the history of a tax document or envelope: when, who, what, the SII's answer."""

    _name = "l10n_cl.event"
    _description = "History of an SII document"
    _inherit = "l10n_cl.guard.mixin"
    _order = "id desc"

    dte_id = fields.Many2one("l10n_cl.dte", index=True, ondelete="cascade", readonly=True)
    envio_id = fields.Many2one("l10n_cl.envio", index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    from_state = fields.Char("From", readonly=True)
    to_state = fields.Char("To", readonly=True)
    state_label = fields.Char("State", compute="_compute_state_label")
    text = fields.Char("What happened", readonly=True)
    answer = fields.Text("Answer of the SII", readonly=True)

    @api.depends("to_state", "dte_id", "envio_id")
    def _compute_state_label(self):
        """The state as its document or envelope names it for people."""
        for event in self:
            field = (event.dte_id or event.envio_id)._fields["state"]
            labels = dict(field._description_selection(self.env))
            event.state_label = labels.get(event.to_state)

    @api.depends("dte_id", "envio_id")
    def _compute_company_id(self):
        for event in self:
            event.company_id = event.dte_id.company_id or event.envio_id.company_id
