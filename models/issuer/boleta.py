from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...sii import rut
from ...sii.codes import IndServicio
from ...sii.document import boleta_limit
from ..base.texts.values import dotted
from ..base.today import today


class Issuer(models.Model):
    """What a company decided, and the law asks, about its boletas."""

    _inherit = "l10n_cl.issuer"

    boleta_service = fields.Selection(
        [
            (str(IndServicio.SERVICES.value), "Sales and services"),
            (str(IndServicio.PERIODIC_DOMICILIARY.value), "Periodic services at home"),
            (str(IndServicio.PERIODIC_OTHER.value), "Other periodic services"),
        ],
        "Boletas are for",
        required=True,
        default=str(IndServicio.SERVICES.value),
        help="IndServicio, for the boletas that do not say otherwise. Periodic services want the "
        "buyer's RUT, his address and the period.",
    )
    software_rut = fields.Char(
        "RUT of the software's provider",
        help="Boletas tell who provides the software that makes them (RUTProvSW). Empty: the "
        "issuer's own RUT, as for software of one's own.",
    )
    boleta_limit_text = fields.Char("Anonymous up to", compute="_compute_boleta_limit_text")

    @api.constrains("software_rut")
    def _check_software_rut(self):
        for issuer in self:
            if issuer.software_rut and not rut.is_valid(issuer.software_rut):
                raise ValidationError(
                    self.env._(
                        "%(rut)s, the RUT of the software's provider, is not valid: check the "
                        "digit after the dash.",
                        rut=issuer.software_rut,
                    )
                )

    @api.depends_context("lang")
    @api.depends("company_id")
    def _compute_boleta_limit_text(self):
        for issuer in self:
            year = today(issuer.company_id).year
            values = {"limit": dotted(round(issuer._boleta_limit(year), 2)), "uf": boleta_limit.UF}
            values["day"] = format_date(self.env, boleta_limit.uf_day(year))
            issuer.boleta_limit_text = (
                self.env._("$ %(limit)s (%(uf)s UF of %(day)s)", **values)
                if issuer._knows_boleta_limit(year)
                else self.env._(
                    "$ %(limit)s, the last one known: give the UF (CLF) its rate of %(day)s",
                    **values,
                )
            )

    def _boleta_limit(self, year):
        """Pesos up to which a boleta of a year may be of nobody (Decimal), the last ones known
        while its own are not; None for the years before there was such a law."""
        while year >= boleta_limit.FIRST_YEAR:
            if limit := self._boleta_limit_known(year):
                return limit
            year -= 1
        return None

    def _knows_boleta_limit(self, year):
        """Whether the limit of a year is that year's own."""
        return bool(self._boleta_limit_known(year))

    def _boleta_limit_known(self, year):
        known = year in boleta_limit.KNOWN
        uf = None if known else self._uf(boleta_limit.uf_day(year))
        return boleta_limit.of_year(year, uf)

    def _uf(self, day):
        """Pesos of the UF of just that day (Decimal); None when Odoo does not know them."""
        ufs, company = self.env["res.currency"].sudo()._l10n_cl_ufs(), self.company_id
        quoted = ufs.rate_ids.filtered(
            lambda rate: rate.name == day and rate.company_id in (company.root_id, company.browse())
        )
        if not quoted:
            return None
        pesos = ufs[:1]._convert(1, company.currency_id, company, day, round=False)
        return Decimal(str(round(pesos, 2)))
