from odoo import fields, models

from .lanes import WORKERS


class ResConfigSettings(models.TransientModel):
    """How many scheduled actions run at a time on all servers, which no single one knows."""

    _inherit = "res.config.settings"

    l10n_cl_cron_workers = fields.Integer(
        "Workers of scheduled actions",
        config_parameter=WORKERS,
        help="The sum over all servers of max_cron_threads; 0 where there is one server only, "
        "which knows its own. Health compares the lanes of the SII's queues with it.",
    )
