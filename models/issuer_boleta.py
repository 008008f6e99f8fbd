from decimal import Decimal

from odoo import api, fields, models

from ..sii import clock
from ..sii.amounts import half_up
from ..sii.codes import IndServicio
from ..sii.rules.boleta import IDENTIFIED_ABOVE


class Issuer(models.Model):
    """What a company decided, and the law asks, about its boletas."""

    _inherit = "l10n_cl.issuer"

    boleta_service = fields.Selection(
        [
            (str(IndServicio.SERVICES.value), "Sales and services"),
            (str(IndServicio.PERIODIC_DOMICILIARY.value), "Periodic services at home"),
            (str(IndServicio.PERIODIC_OTHER.value), "Other periodic services"),
            (str(IndServicio.EVENT_TICKET.value), "Tickets for events of others"),
        ],
        "Boletas are for",
        required=True,
        default=str(IndServicio.SERVICES.value),
        help="IndServicio, for the boletas that do not say otherwise. Periodic services want the "
        "buyer's RUT, his address and the period.",
    )
    boleta_limit_text = fields.Char("Anonymous up to", compute="_compute_boleta_limit_text")

    @api.depends_context("lang")
    @api.depends("company_id")
    def _compute_boleta_limit_text(self):
        for issuer in self:
            if uf := issuer._uf(clock.today()):
                limit = f"{half_up(uf * IDENTIFIED_ABOVE):,}".replace(",", ".")
                issuer.boleta_limit_text = self.env._(
                    "$ %(limit)s (%(uf)s UF today)", limit=limit, uf=IDENTIFIED_ABOVE
                )
            else:
                issuer.boleta_limit_text = self.env._(
                    "Not watched: activate the currency UF (or CLF) and give it a rate."
                )

    def _uf(self, day):
        """Pesos of the UF on a day (Decimal); None when Odoo does not know them."""
        ufs, company = self.env["res.currency"].sudo()._l10n_cl_ufs(), self.company_id
        quoted = ufs.rate_ids.filtered(
            lambda rate: rate.name <= day and rate.company_id in (company.root_id, company.browse())
        )
        if not any(ufs.mapped("active")) or not quoted:
            return None
        pesos = ufs[:1]._convert(1, company.currency_id, company, day, round=False)
        return Decimal(str(round(pesos, 2)))
