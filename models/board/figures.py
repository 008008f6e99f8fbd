from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import states
from ..base.today import today

# So long an objected document is shown: it is legal, and nothing has to be done
_OBJECTED_DAYS = 30
# Until the 20th the month before is not declared yet
_DECLARED_ON = 20


class Board(models.AbstractModel):
    """The eight figures in the order of a document's life: one query each, however many companies.

    A list that a tile opens has the very domain that was counted.
    """

    _inherit = "l10n_cl.board"

    @api.model
    def _figures(self, companies):
        """company id -> name of a figure -> how many. companies: those that the caller may read."""
        figures = {company.id: dict.fromkeys(self._lists(), 0) for company in companies}
        for name, (model, domain) in self._lists().items():
            of_these = Domain("company_id", "in", companies.ids) & domain
            groups = self.env[model].sudo()._read_group(of_these, ["company_id"], ["__count"])
            for company, count in groups:
                figures[company.id][name] = count
        return figures

    @api.model
    def _lists(self):
        """Name of a figure -> (model, Domain), of whatever company."""
        now = fields.Datetime.now()
        day = today(self.env.company)
        documents = "l10n_cl.dte"
        return {
            "waiting": (documents, Domain("state", "in", ("pending", "signed"))),
            "sent": (documents, Domain("state", "=", "sent")),
            "accepted": (
                documents,
                Domain("issued_on", "=", day) & Domain("state", "in", states.LEGAL),
            ),
            "objected": (
                documents,
                Domain("issued_on", ">", day - timedelta(days=_OBJECTED_DAYS))
                & Domain("state", "=", "objected"),
            ),
            "rejected": (documents, Domain("state", "in", ("rejected", "foreign"))),
            "stopped": (documents, Domain("state", "=", "exception")),
            "parked": ("l10n_cl.emission.request", Domain("state", "=", "parked")),
            "to_answer": ("l10n_cl.received.dte", self._to_answer(now)),
            "differences": ("l10n_cl.rcv.entry", self._differing(day)),
        }

    @api.model
    def _to_answer(self, now):
        """Received, and silence would accept it."""
        return (
            Domain("state", "in", ("new", "verified"))
            & Domain("deadline", ">=", now)
            & Domain("claim_ids", "not any", [("state", "!=", "refused")])
        )

    @api.model
    def _differing(self, day):
        """What register and books do not agree on, in the months that are not declared yet."""
        months = Domain("tax_period", "in", self._open_months(day))
        undeclared = Domain("period_id.state", "!=", "closed")
        differs = Domain("match", "in", ("only_sii", "amount", "period"))
        return months & undeclared & (differs | Domain("xml_missing", "=", True))

    @api.model
    def _open_months(self, day):
        """``2026-11``, and the one before it until it is declared."""
        first = day.replace(day=1)
        before = first - timedelta(days=1)
        months = [before] if day.day <= _DECLARED_ON else []
        return [f"{each:%Y-%m}" for each in (*months, first)]
