from odoo import fields, models

from ...access.entry import VIEWER, entry


class RcvPeriod(models.Model):
    _inherit = "l10n_cl.rcv.period"

    difference_count = fields.Integer("Differences", compute="_compute_difference_count")

    def _compute_difference_count(self):
        counts = dict(
            self.env["l10n_cl.rcv.entry"]._read_group(
                [("period_id", "in", self.ids), ("match", "in", ("only_sii", "amount", "period"))],
                ["period_id"],
                ["__count"],
            )
        )
        for period in self:
            period.difference_count = counts.get(period, 0)

    @entry("read", VIEWER)
    def action_match(self):
        """Button: look at Odoo's books again."""
        self.entry_ids._match(self.entry_ids.ids)

    @entry("read", VIEWER)
    def action_open_differences(self):
        """Button: what the SII and Odoo do not agree on."""
        action = self.action_open_entries()
        differ = ("match", "in", ("only_sii", "amount", "period"))
        return {**action, "domain": [*action["domain"], differ]}

    @entry("read", VIEWER)
    def action_open_only_odoo(self):
        """Button: invoices or bills of this month that the register does not have.

        Types that it sums up (boletas) it does not have one by one.
        """
        self.ensure_one()
        lines = [("period_id", "=", self.id), ("is_summary", "=", True)]
        summed_up = self.env["l10n_cl.rcv.entry"].search(lines).document_type_id
        year, month = map(int, self.month.split("-"))
        first = fields.Date.to_date(f"{year}-{month:02}-01")
        kinds = "out_%" if self.issue_type == "issued" else "in_%"
        day = "invoice_date" if self.issue_type == "issued" else "date"
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("l10n_cl_sii.rcv_only_odoo_action"),
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("move_type", "=like", kinds),
                ("state", "=", "posted"),
                ("l10n_latam_document_type_id.country_id.code", "=", "CL"),
                ("l10n_latam_document_type_id", "not in", summed_up.ids),
                (day, ">=", first),
                (day, "<", fields.Date.add(first, months=1)),
                ("l10n_cl_rcv_entry_ids", "=", False),
            ],
        }
