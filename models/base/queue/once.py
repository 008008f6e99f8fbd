from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from .run import Step

# From the commit of an intent until its row is locked again it may look as if nobody held it.
_GAP = timedelta(minutes=1)


class QueueMixin(models.AbstractModel):
    """Intent, commit, lock, act: for what must not be done twice, a mail, an upload, a claim.

    An intent (state ``sending``, one more attempt) is committed. Then the row is locked again as
    sign of life of its worker, and ``act(record)`` does it and writes the outcome. One at a time:
    what was intended and not begun could not be told from what was interrupted.

    Never: acting before the intent is committed, or twice for one intent. What is ``sending`` and
    locked by nobody was interrupted: the model finds out what became of it.
    """

    _inherit = "l10n_cl.queue.mixin"

    def _once(self, state, act, size=1, ready=()):
        """The step of a run that does ``act(record)``, once, to what is due in this state.

        size: so many are claimed before other steps have their turn. ready: a domain, of those that
        may be acted on.
        """

        def act_once(record):
            if not record._may_act():
                return
            attempt = record.attempts + 1
            record._move_to("sending", attempts=attempt, **record._intent())
            record._commit()
            if record._still_intends(attempt):
                act(record)

        return Step(self, lambda: [*self._due(state), *ready], act_once, size, together=False)

    def _left_sending(self):
        """Domain of what its worker left in the middle, unless somebody holds it."""
        began = fields.Datetime.now() - _GAP
        return [("state", "=", "sending"), ("write_date", "<", began)]

    def _may_act(self):
        """Whether this record can be acted on now; what cannot leaves the domain by itself."""
        return True

    def _intent(self):
        """What is written with the intent: values of ``_move_to``."""
        return {}

    def _still_intends(self, attempt):
        """Lock the row again; whether nobody took the attempt from us meanwhile.

        A neighbour who sees that it is no longer due holds it until his next commit, a moment:
        he is waited for, or nobody would act.
        """
        self._hold(self)
        return bool(self.exists()) and self.state == "sending" and self.attempts == attempt

    def _hold(self, records):
        """Lock rows, after whoever holds them; who writes them later waits for us."""
        self.env.cr.execute(
            SQL(
                "SELECT FROM %s WHERE id = ANY(%s) FOR NO KEY UPDATE",
                SQL.identifier(records._table),
                records.ids,
            )
        )
