from odoo import api, models
from odoo.tools import config

from .health import Finding

WORKERS = "l10n_cl_sii.cron_workers"
# Queues that have lanes to be switched on: those that wait for the SII
_LANES = ("model._cron_send()", "model._cron_poll()")


class Health(models.AbstractModel):
    """Lanes are scheduled actions, and each needs a worker while it waits for the SII.

    One worker is left for everything else. How many there are this process knows of its own server;
    whoever runs several states the sum in the parameter ``l10n_cl_sii.cron_workers``.
    """

    _inherit = "l10n_cl.health"

    @api.model
    def _lane_findings(self, issuers):
        workers = self._cron_workers()
        lanes = self.env["ir.cron"].sudo().search_count([("code", "in", _LANES)])
        # one of each there is always: on the smallest server they take turns
        if not workers or lanes <= max(len(_LANES), workers - 1):
            return []
        return [
            Finding(issuer, "lanes", {"lanes": lanes, "workers": workers}) for issuer in issuers
        ]

    @api.model
    def _cron_workers(self):
        """How many scheduled actions run at a time; 0 where nobody knows: no cron workers here."""
        stated = self.env["ir.config_parameter"].sudo().get_param(WORKERS)
        if stated and stated.isdecimal():
            return int(stated)
        return config["max_cron_threads"]
