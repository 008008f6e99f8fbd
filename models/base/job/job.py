from odoo import api, fields, models

from ...access.entry import VIEWER, entry
from ..big_integer import BigInteger
from . import works

OPEN = ("waiting", "running")


class Job(models.Model):
    """Work over many records, asked for by one person in one company.

    In: records of one model and the name of a work. Out: a line for each record with what became of
    it, and a sum. Done piece by piece, each committed, with the rights and the language of who
    asked. One bad record is explained on its line and stops no other; a piece whose process was
    killed is done again, and nothing is done twice.
    """

    _name = "l10n_cl.job"
    _description = "Work over many records"
    _inherit = ["l10n_cl.queue.mixin", "l10n_cl.guard.mixin"]
    _order = "id desc"
    _queue = "work"
    # jobs take turns: the one that was worked on longest ago is next
    _claim_order = "worked_at, id"

    # waiting --a worker took it up--> running --no line waits--> done
    # waiting, running --a person, or what keeps the whole job--> stopped --a person--> waiting
    # done, stopped --failed lines are tried again--> waiting
    state = fields.Selection(
        [
            ("waiting", "Waits for its turn"),
            ("running", "In work"),
            ("stopped", "Stopped"),
            ("done", "Done"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    work = fields.Selection(lambda self: works.labels(self.env), "What", readonly=True)
    res_model = fields.Char("Model", readonly=True)
    options = fields.Json(readonly=True, help="What the work needs to know besides its records.")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Asked for by", readonly=True, index=True, ondelete="set null"
    )
    line_ids = fields.One2many("l10n_cl.job.line", "job_id", "Each document", readonly=True)
    file_ids = fields.Many2many("ir.attachment", "l10n_cl_job_file", string="Files", readonly=True)

    total = BigInteger("Documents", readonly=True)
    done = BigInteger(readonly=True)
    failed = BigInteger(readonly=True)
    skipped = BigInteger(readonly=True)
    pesos = BigInteger("Total", readonly=True, help="Pesos of the documents that are done.")
    progress = fields.Float(compute="_compute_progress")
    started_at = fields.Datetime("Begun", readonly=True)
    worked_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    ended_at = fields.Datetime("Ended", readonly=True)
    text = fields.Text("Why it is stopped", readonly=True)
    summary = fields.Text(readonly=True)

    size = fields.Integer(readonly=True, help="Documents of the next piece: fewer after a failure.")

    @api.depends("work")
    def _compute_display_name(self):
        labels = dict(works.labels(self.env))
        for job in self:
            job.display_name = f"{labels.get(job.work) or self.env._('Job')} #{job.id}"

    @api.depends("total", "done", "failed", "skipped")
    def _compute_progress(self):
        for job in self:
            looked_at = job.done + job.failed + job.skipped
            job.progress = 100 * looked_at / job.total if job.total else 100

    @entry("read", VIEWER)
    def action_refresh(self):
        """Button: show how far it is."""

    @entry("read", VIEWER)
    def action_open_failed(self):
        """Button: the records that it failed with."""
        self.ensure_one()
        failed = self.line_ids.filtered(lambda line: line.state == "failed")
        records = self.env[self.res_model].browse(failed.mapped("res_id"))
        return records._get_records_action(name=self.env._("Failed"))

    @entry("read", VIEWER)
    def action_open_lines(self):
        """Button: its lines, as a list that can be searched."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("l10n_cl_sii.job_line_action")
        return {**action, "domain": [("job_id", "=", self.id)]}
