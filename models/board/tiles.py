from odoo import api, models
from odoo.tools import format_list

from ..base.today import today
from .words import local, money, month


class Board(models.AbstractModel):
    """The eight tiles: figure, what is said below it, and whether somebody must act."""

    _inherit = "l10n_cl.board"

    @api.model
    def _tiles(self, figures, companies, about):
        """about: ``down`` (the SII does not answer), ``causes`` of what was rejected or stopped,
        ``read_at`` of the register."""
        figures = dict(figures)
        stopped, parked = figures.pop("stopped"), figures.pop("parked")
        figures["stopped"] = stopped + parked
        labels = self._tile_labels()
        tiles = []
        for name in labels:
            count = figures[name]
            text, level = self._tile_text(name, count, companies, about) if count else ("", "")
            tiles.append(
                {
                    "name": name,
                    "label": labels[name],
                    "count": count,
                    "text": text,
                    "level": level,
                    "open": "parked" if name == "stopped" and parked and not stopped else name,
                }
            )
        if not about["read_at"]:
            tiles[-1].update(count=None, text=self.env._("not read yet"))
        return tiles

    @api.model
    def _tile_labels(self):
        return {
            "waiting": self.env._("To send"),
            "sent": self.env._("Sent out"),
            "accepted": self.env._("Accepted today"),
            "objected": self.env._("With objections"),
            "rejected": self.env._("Rejected by SII"),
            "stopped": self.env._("Held up"),
            "to_answer": self.env._("To answer"),
            "differences": self.env._("Differences"),
        }

    def _tile_text(self, name, count, companies, about):
        """(what is said, ``bad`` or ``look`` when somebody must act)."""
        if name == "waiting":
            down = about["down"]
            text = self.env._("wait for the SII") if down else self.env._("leave by themselves")
            return text, "look" if down else ""
        if name == "sent":
            return self.env._("wait for an answer"), ""
        if name == "accepted":
            return self.env._("today · %s", self._accepted_amount(companies)), ""
        if name == "objected":
            return self._newest_objected(companies, count), ""
        if name in ("rejected", "stopped"):
            return self._cause_text(name, count, about["causes"]), "bad"
        if name == "to_answer":
            return self._ending_text(companies)
        months = [month(self.env, day) for day in self._months(today(self.env.company))]
        if len(months) > 1:
            return format_list(self.env, months), ""
        return self.env._("register of %s", months[0]), ""

    def _accepted_amount(self, companies):
        """Of what was accepted today, notes taken off; each of a type is one group."""
        model, domain = self._lists()["accepted"]
        groups = self.env[model]._read_group(
            [("company_id", "in", companies.ids), *domain],
            ["document_type_id"],
            ["amount_total:sum"],
        )
        return money(
            self.env,
            sum(
                -amount if document_type.internal_type == "credit_note" else amount
                for document_type, amount in groups
            ),
        )

    def _newest_objected(self, companies, count):
        if count > 1:
            return self.env._("in the last 30 days")
        model, domain = self._lists()["objected"]
        found = self.env[model].search([("company_id", "in", companies.ids), *domain], limit=1)
        return self._document_name(found)

    def _cause_text(self, name, count, causes):
        of_these = [cause for cause in causes if cause["figure"] == name]
        if len(of_these) == 1 and (count > 1 or name == "stopped"):
            return self.env._("same cause") if name == "rejected" else of_these[0]["text"]
        return self.env._("can be mended") if name == "rejected" else self.env._("need somebody")

    def _ending_text(self, companies):
        count, first = self._ending_soon(companies)
        if not count:
            return self.env._("within eight days"), ""
        at = local(first)
        if at.date() == today(self.env.company):
            if count == 1:
                return self.env._("1 ends today %s", f"{at:%H:%M}"), "bad"
            data = {"count": count, "time": f"{at:%H:%M}"}
            return self.env._("%(count)s end, one today %(time)s", **data), "bad"
        if count == 1:
            return self.env._("1 ends within 48 hours"), "look"
        return self.env._("%s end within 48 hours", count), "look"

    def _months(self, day):
        return [
            day.replace(day=1, year=int(m[:4]), month=int(m[5:])) for m in self._open_months(day)
        ]
