from odoo import fields, models

from ...sii import kinds
from ...sii.codes import IndServicio


class AccountMove(models.Model):
    """The service that a document invoices, and its months."""

    _inherit = "account.move"

    l10n_cl_service = fields.Selection(
        [
            (str(IndServicio.PERIODIC_DOMICILIARY.value), "Periodic, at home (water, power...)"),
            (str(IndServicio.PERIODIC_OTHER.value), "Periodic, other"),
            (str(IndServicio.SERVICES.value), "Services"),
        ],
        "Service",
        help="IndServicio: empty for goods.",
    )
    l10n_cl_period_from = fields.Date("Service From", copy=False)
    l10n_cl_period_to = fields.Date("Service To", copy=False)

    def _l10n_cl_service_of(self, kind):
        """The IndServicio; None for goods, which a boleta has no word for."""
        service = self.l10n_cl_service
        if kinds.of(kind).is_boleta and not service:
            issuer = self.company_id.l10n_cl_issuer_id.sudo()
            service = issuer.boleta_service or IndServicio.SERVICES.value
        return IndServicio(int(service)) if service else None
