from odoo import api, fields, models

from ..sii import clock
from ..sii.codes import IndServicio

# Above it the law wants to know who buys (Ley 21.713; PROTOCOL 4.4).
NAMED_ABOVE_UF = 135


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
            limit = issuer._boleta_limit(clock.today())
            if limit:
                issuer.boleta_limit_text = self.env._(
                    "$ %(limit)s (%(uf)s UF today)", limit=dotted(limit), uf=NAMED_ABOVE_UF
                )
            else:
                issuer.boleta_limit_text = self.env._(
                    "Not watched: activate the currency CLF (UF) and give it a rate."
                )

    def _boleta_limit(self, day):
        """Pesos above which a boleta names its buyer; None when Odoo has no UF of that day."""
        uf, company = self.env.ref("base.CLF").sudo(), self.company_id
        quoted = uf.rate_ids.filtered(
            lambda rate: rate.name <= day and rate.company_id in (company.root_id, company.browse())
        )
        if not uf.active or not quoted:
            return None
        return int(uf._convert(NAMED_ABOVE_UF, company.currency_id, company, day))


def dotted(amount):
    """Pesos as Chile writes them: 5.265.000."""
    return f"{amount:,}".replace(",", ".")
