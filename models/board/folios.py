from datetime import timedelta

from odoo import api, models

from ..base.today import today
from ..folio.forecast import WARN_BEFORE_EXPIRY, WARN_BELOW_DAYS
from .words import type_name

# More types than that do not fit; the worst are shown
_MOST = 7
_LONG = 365


class Board(models.AbstractModel):
    """A bar for each type of document: red when its folios run out, amber when they expire."""

    _inherit = "l10n_cl.board"

    @api.model
    def _folio_bars(self, issuer):
        day = today(issuer.company_id)
        cafs = self.env["l10n_cl.caf"].sudo().search([("issuer_id", "in", issuer.ids)])
        given = {}
        for caf in cafs.filtered(lambda each: each.state == "active"):
            given[caf.document_code] = given.get(caf.document_code, 0) + caf.last - caf.first + 1
        bars = [
            self._folio_bar(stock, given.get(int(stock.document_type.code), 0), day)
            for stock in issuer._folio_stocks()
        ]
        order = {"bad": 0, "look": 1, "good": 2}
        worst = sorted(bars, key=lambda bar: (order[bar["level"]], bar["code"]))[:_MOST]
        return sorted(worst, key=lambda bar: bar["code"])

    def _folio_bar(self, stock, given, day):
        code = int(stock.document_type.code)
        # a CAF that ends before its folios do: never more days than it lives
        lives = (stock.expires_on - day).days + 1 if stock.expires_on else None
        days = stock.days_left
        if days is not None and lives is not None:
            days = min(days, lives)
        expires = bool(stock.left and stock.expires_on) and (
            stock.expires_on < day + WARN_BEFORE_EXPIRY and days == lives
        )
        if not stock.per_day:
            level, text = "good", self.env._("not in use")
        elif not stock.left:
            level, text = "bad", self.env._("used up")
        elif not expires and days < WARN_BELOW_DAYS:
            level, text = "bad", self._days_text(days)
        else:
            level, text = "good", self._days_text(days)
        if expires or (stock.left and lives is not None and timedelta(lives) < WARN_BEFORE_EXPIRY):
            level = "look" if level == "good" else level
            text = self.env._("expires %s", f"{stock.expires_on:%d-%m}")
        return {
            "code": code,
            "name": type_name(code),
            "left": stock.left,
            "given": given,
            "share": round(100 * stock.left / given) if given else 0,
            "level": level,
            "text": text,
            "ask": stock.to_ask if level == "bad" else 0,
        }

    def _days_text(self, days):
        if days > _LONG:
            return self.env._("more than a year")
        return self.env._("1 day") if days == 1 else self.env._("%s days", days)
