from odoo import api, fields, models

from ..access.entry import EMITTER, MANAGER, VIEWER, entry
from ..base.today import now
from ..issuer.channels import CHANNELS
from ..issuer.outage import PREFIXES
from .words import hour, weekday


class Board(models.AbstractModel):
    """SII hoy: one call gives all that the page shows, as plain data.

    The number of queries depends neither on documents nor on companies.
    """

    _name = "l10n_cl.board"
    _description = "SII today"

    @api.model
    @entry("read", VIEWER)
    def today(self):
        """What today asks of whom: the page of the company at hand, and a row for each company.

        Sentences are in the user's language; names of levels are those of static/src/base/states.
        """
        company, companies = self.env.company, self._companies()
        issuer = company.l10n_cl_issuer_id.sudo().with_env(self.env(su=True))
        everywhere = self._switchable()
        figures = self._figures(companies | everywhere)
        findings = self.env["l10n_cl.health"]._findings(everywhere.l10n_cl_issuer_id | issuer)
        mine = self._sum(figures, companies)
        causes = self._causes(companies)
        read_at = self._register_read_at(companies)
        about = {"down": self._down(issuer), "causes": causes, "read_at": read_at}
        moment = now(company)
        return {
            "company": company.name,
            "day": f"{weekday(self.env, moment.date())}, {moment:%H:%M}",
            "may": self._may(),
            "banner": self._banner(issuer, mine["waiting"]),
            "steps": self._steps(issuer),
            "tiles": self._tiles(mine, companies, about),
            "companies": self._rows(everywhere, figures, findings),
            "folios": self._folio_bars(issuer),
            "signer": self._signer(issuer),
            "services": self._services(issuer, read_at),
            "month": self._month(companies),
            "received": self._received(companies),
            "register": self._register_card(companies),
            "todo": self._todo(causes, [each for each in findings if each.issuer == issuer]),
        }

    @api.model
    def _companies(self):
        """The company at hand with those of its branches that are chosen and issue as it does."""
        company = self.env.company
        branches = self.env.companies.filtered(
            lambda each: (
                company in each.sudo().parent_ids
                and each.l10n_cl_issuer_id == company.l10n_cl_issuer_id
            )
        )
        return company | branches

    @api.model
    def _may(self):
        """What this person may press."""
        user = self.env.user
        return {
            "issue": user.has_group(EMITTER) and self.env["account.move"].has_access("create"),
            "load": user.has_group(EMITTER),
            "manage": user.has_group(MANAGER),
        }

    def _sum(self, figures, companies):
        totals = dict.fromkeys(self._lists(), 0)
        for company in companies:
            for name, count in figures[company.id].items():
                totals[name] += count
        return totals

    def _down(self, issuer):
        """Since when the first service of the SII does not answer."""
        moments = [issuer[f"{PREFIXES[channel]}unreachable_since"] for channel in CHANNELS]
        return min(filter(None, moments), default=False)

    @api.model
    def _banner(self, issuer, waiting):
        """That the SII does not answer: first of all that nothing has to be done."""
        down = self._down(issuer)
        if not down:
            return False
        day = now(self.env.company).date()
        crons = self.env.ref("l10n_cl_sii.cron_ping").sudo()
        triggers = self.env["ir.cron.trigger"].sudo().search([("cron_id", "=", crons.id)])
        following = min([*triggers.mapped("call_at"), crons.nextcall])
        following = max(following, fields.Datetime.now())
        since = hour(self.env, down, day)
        return {
            "title": self.env._(
                "The SII has not answered since %s. You do not have to do anything.", since
            ),
            "text": self.env._(
                "Go on emitting: %(count)s documents are signed already and can be handed over; "
                "they leave by themselves when the SII is back. Next try %(time)s.",
                count=waiting,
                time=hour(self.env, following, day),
            ),
            "count": waiting,
        }

    @api.model
    def _register_read_at(self, companies):
        [[read_at]] = self.env["l10n_cl.rcv.period"]._read_group(
            [("company_id", "in", companies.ids)], [], ["synced_at:max"]
        )
        return read_at
