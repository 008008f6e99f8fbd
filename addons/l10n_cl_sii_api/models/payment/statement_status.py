from odoo import api, models
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.fields import Domain


class Statement(models.Model):
    """What programs ask of statements."""

    _inherit = "l10n_cl.statement"

    @api.model
    def _l10n_cl_status_domains(self):
        """The domain of each status; what was due before today is expired at once."""
        late = Domain("due_date", "<", clock.today())
        pending = Domain("state", "=", "pending")
        return {
            "pending": pending & ~late,
            "processing_payment": Domain("state", "=", "processing_payment"),
            "paid": Domain("state", "=", "paid"),
            "expired": Domain("state", "=", "expired") | (pending & late),
            "refunded": Domain("state", "=", "refunded"),
            "canceled": Domain("state", "=", "canceled"),
        }

    def _l10n_cl_status(self):
        self.ensure_one()
        late = self.state == "pending" and self.due_date < clock.today()
        return "expired" if late else self.state

    @api.model
    def _l10n_cl_domain_of_payable(self, kind, uuid):
        """The domain of the statements of what a program calls so, or None: there is none."""
        domain = [("l10n_cl_uuid", "=", uuid), ("l10n_cl_payable", "=", kind)]
        order = self.env["sale.order"].search(domain)
        return Domain("order_id", "=", order.id) if order else None
