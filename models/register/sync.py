from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import clock
from ...sii.errors import Busy, CertificateProblem, NotSent, Refused
from ...sii.register.facade import LISTS
from ...sii.register.twice import Watch
from ...sii.transport.register.honoraria import REPORTS
from ..access.entry import entry
from ..base.texts.errors import error_text
from ..issuer.channels import HONORARIA, REGISTER

_MONTHS = 3
_EVERY = timedelta(hours=6)
_PAUSE = timedelta(minutes=10)
# so many times the SII may be busy in a row; then the next round tries again
_TRIES = 5
_SOURCE = "SII"
_LISTS = {f"{listing.book}/{listing.status}": listing for listing in LISTS}


class RcvPeriod(models.Model):
    """The current month and the two before it, read from the SII list by list.

    A list is kept whole, in a transaction of its own, or not at all: a sync that is interrupted,
    by whatever, goes on with the first list that is missing.
    """

    _name = "l10n_cl.rcv.period"
    _inherit = ["l10n_cl.rcv.period", "l10n_cl.queue.mixin"]
    _queue = "sync"

    _claim_order = "month desc, issue_type desc, id"

    @api.model
    def _cron_sync(self):
        issuers = self.env["l10n_cl.issuer"]._with_register()
        months = self._months_to_sync()
        books = [book for book, _label in self._fields["issue_type"].selection]
        for company in issuers.company_id:
            self._of(company, {(month, book) for month in months for book in books})
        due = (
            Domain(self._due("open", "synced"))
            & Domain("company_id", "in", issuers.company_id.ids)
            & (Domain("month", "in", months) | Domain("resume_at", "!=", False))
        )
        self._process_queue(due, lambda period: period._sync_next_list())

    @api.model
    def _months_to_sync(self):
        today = clock.today()
        return [f"{today - relativedelta(months=back):%Y-%m}" for back in range(_MONTHS)]

    @entry("write")
    def action_sync(self):
        """Button: read these months from the SII as soon as the scheduled action runs."""
        again = self.sudo().filtered(lambda period: period.state != "closed")
        again.write(
            {"resume_at": {"done": []}, "attempts": 0, "next_attempt_at": False, "progress": 0}
        )
        self._call_workers()

    def _sync_next_list(self):
        """Read the first list that is missing; the queue comes back for the next one."""
        issuer = self.env["l10n_cl.issuer"]._with_register()
        issuer = issuer.filtered(lambda each: each.company_id == self.company_id)
        steps = self._sync_steps(issuer)
        done = (self.resume_at or {}).get("done", [])
        step = next((step for step in steps if step not in done), None)
        if step is None:
            self._sync_ended()
            return
        try:
            rows = self._ask_sii(issuer, step)
        except (NotSent, Busy) as error:
            self._sync_put_off(error_text(self.env, error), error.retry_after)
        except (Refused, CertificateProblem) as error:
            self._sync_failed(error_text(self.env, error))
        else:
            entries, watch = self.env["l10n_cl.rcv.entry"].sudo(), Watch()
            entries._upsert(self.company_id, watch.passing(rows), _SOURCE)
            self._note_contradictions(entries._contradictions_text(watch))
            self._sync_went_on([*done, step], steps)

    def _sync_steps(self, issuer):
        """Lists of the facade, then reports of fee receipts, that make up this month's book."""
        lists = [name for name in _LISTS if name.startswith(f"{self.issue_type}/")]
        reports = [name for name in REPORTS if name.endswith(f"_{self.issue_type}")]
        return [*lists, *(reports if issuer.syncs_honoraria else [])]

    def _ask_sii(self, issuer, step):
        if step in REPORTS:
            with issuer._gateway(HONORARIA) as gateway:
                return gateway.fetch_report(issuer.company_rut, self.month, step)
        with issuer._gateway(REGISTER) as gateway:
            return gateway.fetch_list(issuer.company_rut, self.month, _LISTS[step])

    def _note_contradictions(self, text):
        """Noted at the end of the sync: what its lists have twice with other figures."""
        if text:
            before = (self.resume_at or {}).get("told")
            texts = "\n".join(filter(None, [before, text]))
            self.resume_at = {**(self.resume_at or {}), "told": texts}

    def _sync_went_on(self, done, steps):
        if set(done) >= set(steps):
            self._sync_ended()
            return
        self.write(
            {
                "resume_at": {**(self.resume_at or {}), "done": done},
                "progress": 100 * len(done) // len(steps),
                "attempts": 0,
                "problem": False,
            }
        )

    def _sync_ended(self):
        now = fields.Datetime.now()
        self._move_to(
            "synced",
            source=_SOURCE,
            synced_at=now,
            progress=100,
            resume_at=False,
            problem=False,
            contradictions=(self.resume_at or {}).get("told"),
            attempts=0,
            next_attempt_at=now + _EVERY,
        )

    def _sync_put_off(self, problem, retry_after=None):
        """The SII is busy: the same list is due again soon, at growing pauses."""
        attempts = self.attempts + 1
        if attempts >= _TRIES:
            self._sync_failed(problem)
            return
        pause = timedelta(seconds=retry_after) if retry_after else _PAUSE * attempts
        at = fields.Datetime.now() + pause
        self.write({"problem": problem, "attempts": attempts, "next_attempt_at": at})
        self._call_workers(at)

    def _sync_failed(self, problem):
        """Only a person, or the next round, can change it; what was read stays."""
        at = fields.Datetime.now() + _EVERY
        self.write({"problem": problem, "attempts": 0, "next_attempt_at": at})

    def _process_failed(self, error):
        self._sync_failed(
            self.env._("An unexpected error (%s); the log has it whole.", type(error).__name__)
        )
