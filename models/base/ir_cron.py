"""A moment within the next minute is acted on when it comes.

Odoo's cron workers look at triggers of the future once a minute. Whoever sets one of our scheduled
actions for sooner has them woken at that moment, by a thread that waits and notifies PostgreSQL.
Where it does not (the process ended meanwhile), the minute is what it was before.
"""

import logging
import threading

from odoo import fields, models, sql_db

_logger = logging.getLogger(__name__)

# What Odoo handles by itself.
_MINUTE = 60
# After the moment: it is stored in whole seconds.
_SLACK = 0.2
_waiting = {}
_lock = threading.Lock()


def wake_at(database, seconds):
    """Have the cron workers look at this database in so many seconds; once for each second."""
    moment = (database, fields.Datetime.now().timestamp() + int(seconds))
    with _lock:
        if moment in _waiting:
            return
        timer = _waiting[moment] = threading.Timer(seconds + _SLACK, _wake, [moment])
    timer.daemon = True
    timer.name = f"l10n_cl_sii wakes {database}"
    timer.start()


def _wake(moment):
    with _lock:
        _waiting.pop(moment, None)
    database = moment[0]
    try:
        with sql_db.db_connect("postgres").cursor() as cr:
            cr.execute("SELECT pg_notify('cron_trigger', %s)", [database])
    except Exception:  # noqa: BLE001 - Odoo looks by itself within a minute
        _logger.warning("The cron workers of %s could not be woken", database, exc_info=True)


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _trigger_list(self, at_list):
        # Read before Odoo reads it: a moment that comes between the two is woken by both.
        now, database = fields.Datetime.now(), self.env.cr.dbname
        triggers = super()._trigger_list(at_list)
        seconds = [(at - now).total_seconds() for at in at_list]
        soon = sorted(each for each in seconds if 0 < each < _MINUTE)
        if soon and (self.sudo().model_id.model or "").startswith("l10n_cl."):
            for each in soon:
                self.env.cr.postcommit.add(lambda each=each: wake_at(database, each))
        return triggers
