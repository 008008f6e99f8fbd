import logging

from psycopg2.extensions import TransactionRollbackError

from odoo import models

from ..incident import failure_text
from .claim import ATTEMPTS

_logger = logging.getLogger(__name__)


class QueueMixin(models.AbstractModel):
    """What becomes of a record that fails: it stops no other, and a person gets to know.

    The failure is written on the record; where not even that can be written an incident reports
    it, and the record rests, ever longer.
    """

    _inherit = "l10n_cl.queue.mixin"

    def _process_conflict(self, conflict, run):
        """Others were quicker: the step is due again at once, but not for ever in this run."""
        run.conflicts[self] += 1
        if run.conflicts[self] < ATTEMPTS:
            return
        run.left_alone[self._name].add(self.id)
        # no failure yet, but a person should know if it stays
        text = self.env._(
            "Whenever its turn came somebody was changing it. It is tried again by itself. (%s)",
            type(conflict).__name__,
        )
        self._note_apart(lambda incidents: incidents._conflict(self, text))

    def _process_failure(self, error, run):
        """Write the failure on the record, unless others have taken it up meanwhile."""
        try:
            if mine := self.try_lock_for_update(allow_referencing=True):
                mine._process_failed(error)
            self._commit_done(run)
        except TransactionRollbackError:
            self.env.cr.rollback()
        except Exception as failure:
            # The failure itself fails, on an automation or constraint that we do not know.
            _logger.exception("The failure of %s %s cannot be written", self._name, self.id)
            self.env.cr.rollback()
            run.left_alone[self._name].add(self.id)
            text = failure_text(self.env, f"{type(error).__name__}: {error}. {failure}")
            self._note_apart(lambda incidents: incidents._put_off(self, text))

    def _note_apart(self, note):
        """Note in an incident what happened to the record."""
        try:
            note(self.env["l10n_cl.incident"])
            self._commit()
        except Exception:
            # the log is all that is left; this run leaves the record alone, the next one tries
            _logger.exception("%s %s cannot be noted at all", self._name, self.id)
            self.env.cr.rollback()

    def _process_failed(self, error):
        """Write an unexpected failure on the record, and keep it out of the queue meanwhile."""
        raise NotImplementedError
