from datetime import UTC

from odoo import api, fields, models

from ...sii.register import invoice_object as rcv_object

REMEMBERED = ("invoice_status", "confirmation_status", "services_status", "total_amount")
"""Attributes whose changes are remembered."""


class RcvEvent(models.Model):
    """What changed in an entry of the register since it was first given."""

    _name = "l10n_cl.rcv.event"
    _description = "Change of an entry of the SII's register"
    _inherit = "l10n_cl.guard.mixin"
    _order = "id desc"

    entry_id = fields.Many2one(
        "l10n_cl.rcv.entry", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="entry_id.company_id", store=True, index=True)
    attribute = fields.Char(readonly=True)
    before = fields.Char(readonly=True)
    after = fields.Char(readonly=True)
    source = fields.Char(readonly=True)
    name = fields.Char("What changed", compute="_compute_name")

    @api.depends("attribute", "before", "after")
    def _compute_name(self):
        """In the words of the entry's own fields."""
        described = self.env["l10n_cl.rcv.entry"].fields_get(REMEMBERED, ["string", "selection"])
        for event in self:
            field = described.get(event.attribute, {"string": event.attribute})
            words = dict(field.get("selection") or ())
            before, after = (words.get(text, text or "-") for text in (event.before, event.after))
            event.name = f"{field['string']}: {before} → {after}"


class RcvEntry(models.Model):
    _inherit = "l10n_cl.rcv.entry"

    def _event_objects(self):
        """The history as programs read it, newest first; it ends when the entry was made."""
        self.ensure_one()
        first = {
            "id": f"{self.external_id}_0",
            "object": "invoice_event",
            "type": "invoice.created",
            "created_at": _moment_text(self.create_date),
            "data": None,
        }
        return [
            {
                **first,
                "id": f"{self.external_id}_{event.id}",
                "type": f"invoice.{event.attribute}.changed",
                "created_at": _moment_text(event.create_date),
                "data": {
                    "attribute": event.attribute,
                    "before": event.before or None,
                    "after": event.after or None,
                    "source": event.source,
                },
            }
            for event in self.event_ids
        ] + [first]


def _moment_text(moment):
    return rcv_object.moment_text(moment.replace(tzinfo=UTC))
