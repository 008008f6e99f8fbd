import math
from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, fields, models

# The pace is that of so many days, and a new CAF should last so many.
_PACE_DAYS = 30
_STOCK_DAYS = 90
_LEAST_TO_ASK = 10
# With fewer days of folios than that, the company's managers are warned.
WARN_BELOW_DAYS = 14
# So long before its folios expire, the page of health names a CAF.
WARN_BEFORE_EXPIRY = timedelta(days=30)


@dataclass(frozen=True)
class FolioStock:
    """Folios of one document type that an issuer can use.

    left: those that nobody holds. reserved: those that somebody is about to use (holder.py).
    per_day: documents a day, over the last 30. expires_on: last day of use of the CAF that lasts
    longest, None when it does not expire.
    """

    issuer: models.Model
    document_type: models.Model
    left: int
    reserved: int
    per_day: float
    expires_on: date | None

    @property
    def days_left(self) -> int | None:
        """Days until the folios are used up at this pace; None while none is used."""
        return math.floor(self.left / self.per_day) if self.per_day else None

    @property
    def to_ask(self) -> int:
        """How many folios to ask the SII for: three months at this pace."""
        return max(math.ceil(self.per_day * _STOCK_DAYS), _LEAST_TO_ASK)


class Issuer(models.Model):
    """In: CAFs, and documents of the last 30 days. Out: FolioStock of each type. Writes nothing."""

    _inherit = "l10n_cl.issuer"

    folio_forecast = fields.Text("Folios", compute="_compute_folio_forecast")

    @api.depends_context("lang")
    def _compute_folio_forecast(self):
        stocks = self._folio_stocks()
        for issuer in self:
            texts = [issuer._stock_text(stock) for stock in stocks if stock.issuer == issuer]
            issuer.folio_forecast = "\n".join(texts) or False

    def _stock_text(self, stock):
        data = {"type": stock.document_type.name, "left": stock.left, "days": stock.days_left}
        if stock.days_left is None:
            return self.env._("%(type)s: %(left)s left, none used in the last 30 days.", **data)
        return self.env._("%(type)s: %(left)s left, enough for %(days)s days.", **data)

    def _folio_stocks(self):
        """FolioStock of each issuer and each document type it ever had folios of."""
        cafs = self.env["l10n_cl.caf"].sudo().search([("issuer_id", "in", self.ids)])
        issued = self._issued_lately()
        stocks = []
        for (issuer, code), owned in cafs.grouped(
            lambda caf: (caf.issuer_id, caf.document_code)
        ).items():
            usable = owned.filtered(lambda caf: caf.state == "active")
            days = [caf.expires_on for caf in usable]
            stocks.append(
                FolioStock(
                    issuer=issuer,
                    document_type=owned[0].document_type_id,
                    left=sum(usable.mapped("left")),
                    reserved=sum(usable.mapped("reserved")),
                    per_day=issued.get((issuer.id, code), 0) / _PACE_DAYS,
                    expires_on=max(days) if days and all(days) else None,
                )
            )
        return stocks

    def _issued_lately(self):
        """(issuer id, document code) -> documents made in the days that set the pace."""
        since = fields.Datetime.now() - timedelta(days=_PACE_DAYS)
        groups = (
            self.env["l10n_cl.dte"]
            .sudo()
            ._read_group(
                [("issuer_id", "in", self.ids), ("create_date", ">=", since)],
                ["issuer_id", "document_code"],
                ["__count"],
            )
        )
        return {(issuer.id, code): count for issuer, code, count in groups}
