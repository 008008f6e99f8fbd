from odoo import api, fields, models
from odoo.tools import SQL

from ..access.entry import VIEWER, entry


class RcvPeriod(models.Model):
    """One month of one book (purchases or sales) of the SII's register."""

    _name = "l10n_cl.rcv.period"
    _description = "Month of the SII's register"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.given.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "month desc, issue_type"
    _legal_moves = {
        "open": {"synced", "closed"},
        "synced": {"synced", "closed", "open"},
        "closed": {"open"},
    }

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    month = fields.Char(required=True, readonly=True, help="Year and month: 2026-07.")
    issue_type = fields.Selection(
        [("issued", "Sales"), ("received", "Purchases")], "Book", required=True, readonly=True
    )
    # open --a sync reached its end--> synced --declared--> closed --opened again--> open
    state = fields.Selection(
        [("open", "To sync"), ("synced", "Synced"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
    )
    source = fields.Char("Last source", readonly=True)
    synced_at = fields.Datetime("Last synced", readonly=True)
    progress = fields.Integer(readonly=True, help="Per cent of the sync that is under way.")
    resume_at = fields.Json(readonly=True, help="Where an interrupted sync goes on.")
    problem = fields.Text(readonly=True, help="What the last sync ran into.")
    contradictions = fields.Text(
        "Told twice",
        readonly=True,
        help="Documents that the last sync was told twice, with other figures.",
    )
    total_ids = fields.One2many("l10n_cl.rcv.total", "period_id", "Totals by type", readonly=True)
    entry_ids = fields.One2many("l10n_cl.rcv.entry", "period_id", readonly=True)

    _once = models.UniqueIndex("(company_id, month, issue_type)")

    @api.depends("month", "issue_type")
    def _compute_display_name(self):
        books = dict(self._fields["issue_type"]._description_selection(self.env))
        for period in self:
            period.display_name = f"{period.month} {books.get(period.issue_type, '')}".strip()

    @api.model
    def _of(self, company, months):
        """Ids of the periods of a company by (month, issue_type); missing ones are made."""
        wanted = sorted(months)
        if not wanted:
            return {}
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """INSERT INTO l10n_cl_rcv_period
                          (company_id, month, issue_type, state, create_date, write_date)
                   SELECT %s, month, issue_type, 'open',
                          now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                     FROM unnest(%s, %s) AS wanted (month, issue_type)
                   ON CONFLICT (company_id, month, issue_type) DO NOTHING""",
                company.id,
                [month for month, _book in wanted],
                [book for _month, book in wanted],
            )
        )
        self.invalidate_model()
        found = self.sudo().search(
            [("company_id", "=", company.id), ("month", "in", [month for month, _book in wanted])]
        )
        return {(period.month, period.issue_type): period.id for period in found}

    @entry("write")
    def action_close(self):
        """Button: the month is declared; scheduled syncs leave it alone."""
        self.sudo().filtered(lambda period: period.state != "closed")._move_to("closed")

    @entry("write")
    def action_reopen(self):
        """Button: sync it again."""
        self.sudo().filtered(lambda period: period.state != "open")._move_to("open")

    def _note(self, text, answer="", before=None):
        """Its tracked state is shown in its chatter."""

    @entry("read", VIEWER)
    def action_open_entries(self):
        """Button: the documents of this month."""
        books = set(self.mapped("issue_type"))
        book = f"_{books.pop()}" if len(books) == 1 else ""  # only of one book there are sums
        name = f"l10n_cl_sii.rcv_entry_action{book}"
        action = self.env["ir.actions.act_window"]._for_xml_id(name)
        return {**action, "domain": [("period_id", "in", self.ids)], "name": self.display_name}

    @entry("read", VIEWER)
    def action_open_xml_missing(self):
        """Button: documents of this month that no supplier sent."""
        action = self.action_open_entries()
        return {**action, "domain": [*action["domain"], ("xml_missing", "=", True)]}
