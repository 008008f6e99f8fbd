from dataclasses import replace

from odoo import fields, models

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

    def _l10n_cl_document(self):
        service = self.l10n_cl_service
        return replace(
            super()._l10n_cl_document(),
            service=IndServicio(int(service)) if service else None,
            period_from=self.l10n_cl_period_from or None,
            period_to=self.l10n_cl_period_to or None,
        )
