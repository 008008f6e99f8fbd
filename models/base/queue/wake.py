from datetime import timedelta

from odoo import api, fields, models

from .run import current

# Between a call and its commit; what is called for sooner is called for again.
_COMMIT = timedelta(seconds=2)


class QueueMixin(models.AbstractModel):
    """Who works on a queue, and is called when there is work.

    One scheduled action runs on one worker at a time, so a queue may have several that run the
    same method: its lanes. Those that are switched on are called.
    """

    _inherit = "l10n_cl.queue.mixin"

    @api.model
    def _call_workers(self, at=None):
        """Call the workers of this model's queue, now or at a moment, after our commit."""
        self._wake(self._queue, at)

    @api.model
    def _wake(self, queue, at=None):
        """The same for one of the several queues of a model.

        A run that calls for many records at one moment to come calls once.
        """
        run, moment = current(self.env), (self._name, queue, at)
        ahead = run and at and at > fields.Datetime.now() + _COMMIT
        if ahead and moment in run.woken:
            return
        runs = [("model_id.model", "=", self._name), ("code", "=", f"model._cron_{queue}()")]
        for lane in self.env["ir.cron"].sudo().search_fetch(runs, ["active"]):
            lane._trigger(at=at)
        if ahead:
            # only what was committed called anybody
            self.env.cr.postcommit.add(lambda: run.woken.add(moment))
