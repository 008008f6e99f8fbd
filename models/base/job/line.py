from odoo import api, fields, models

from ..big_integer import BigInteger


class JobLine(models.Model):
    """One record of a job, and what became of it."""

    _name = "l10n_cl.job.line"
    _description = "Document of a job"
    _inherit = "l10n_cl.guard.mixin"
    _order = "id"

    job_id = fields.Many2one("l10n_cl.job", required=True, readonly=True, ondelete="cascade")
    # waiting --its piece was done--> done | failed | skipped; failed --once more--> waiting
    state = fields.Selection(
        [("waiting", "Waits"), ("done", "Done"), ("failed", "Failed"), ("skipped", "Not done")],
        required=True,
        default="waiting",
        readonly=True,
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    record_name = fields.Char("Document", compute="_compute_record_name")
    text = fields.Char("What became of it", readonly=True)
    result_model = fields.Char(readonly=True)
    result_id = fields.Many2oneReference(model_field="result_model", readonly=True)
    pesos = BigInteger("Total", readonly=True)
    claim = fields.Char(readonly=True, help="Only one job waits with a record for this.")

    _of_job = models.Index("(job_id, state, id)")
    _one_waits = models.UniqueIndex("(claim, res_id) WHERE state = 'waiting'")

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for model, lines in self.grouped("res_model").items():
            if model not in self.env:
                lines.record_name = False
                continue
            records = self.env[model].sudo().browse(lines.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in records}
            for line in lines:
                line.record_name = names.get(line.res_id) or self.env._("deleted")
