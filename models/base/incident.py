import logging
from datetime import timedelta
from functools import wraps

from psycopg2.extensions import TransactionRollbackError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..access.entry import entry
from .big_integer import BigInteger

_logger = logging.getLogger(__name__)

# First pause of a record whose failure cannot be written; each further one is four times longer.
_PAUSE = timedelta(minutes=5)
_LONGEST = 5


class Incident(models.Model):
    """What could not be written where it belongs, or must outlive a transaction that is undone.

    The place of last resort: written by plain SQL, so that no addon, constraint or automation of
    the record that it is about stands in its way. Health shows it, the watchdog calls the managers.
    """

    _name = "l10n_cl.incident"
    _description = "Incident that a person must look into"
    _inherit = ["l10n_cl.given.mixin", "l10n_cl.guard.mixin"]
    _order = "id desc"

    kind = fields.Selection(
        [("altered", "File missing or altered"), ("unwritten", "Failure that cannot be written")],
        required=True,
        readonly=True,
    )
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = BigInteger("Record", required=True, readonly=True)
    record_name = fields.Char("About", compute="_compute_record_name")
    company_id = fields.Many2one("res.company", readonly=True, index=True, ondelete="cascade")
    text = fields.Char(readonly=True)
    times = fields.Integer(readonly=True)
    retry_at = fields.Datetime("Left alone until", readonly=True)

    _once = models.UniqueIndex("(res_model, res_id, kind)")

    @api.depends_context("lang")
    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for incident in self:
            records = self.env.get(incident.res_model)
            if records is None:
                incident.record_name = incident.res_model
                continue
            record = records.sudo().browse(incident.res_id).exists()
            name = record.display_name if record else self.env._("deleted")
            kind = self.env["ir.model"].sudo()._get(incident.res_model).name
            incident.record_name = f"{kind}: {name}"

    @entry("write", "l10n_cl_sii.group_manager")
    def action_done(self):
        """Button: a person has looked into it. What still fails is reported again."""
        self.sudo().unlink()

    @entry("read")
    def action_open(self):
        """Button: the record that it is about."""
        self.ensure_one()
        if self.res_model not in self.env:
            raise UserError(
                self.env._("What it is about belonged to an addon that is no longer installed.")
            )
        return self.env[self.res_model].browse(self.res_id)._get_records_action()

    @api.model
    def _keep(self, record, kind, text):
        """Report of a record what must be known even when this transaction is undone."""
        values = self._values(record, kind, text)
        self._insert(self.env.cr, values, "DO NOTHING")
        registry = self.env.registry

        def keep():
            with registry.cursor() as cr:
                self._insert(cr, values, "DO NOTHING")

        self.env.cr.postcommit.add(keep)
        self.env.cr.postrollback.add(keep)

    @api.model
    def _conflict(self, record, text):
        """Others were quicker time and again at a record that was due: no failure yet.

        It is due again at once. Seen by people only if the next run meets the same (times > 0).
        """
        values = {**self._values(record, "unwritten", text), "times": 0, "retry_at": None}
        again = "DO UPDATE SET times = l10n_cl_incident.times + 1"
        self._insert(self.env.cr, values, again)

    @api.model
    def _put_off(self, record, text):
        """Leave a record alone whose failure cannot be written on itself, ever longer."""
        self._insert(
            self.env.cr,
            self._values(record, "unwritten", text),
            "DO UPDATE SET times = l10n_cl_incident.times + 1, text = EXCLUDED.text,"
            " write_date = EXCLUDED.write_date, retry_at = EXCLUDED.write_date"
            f" + {_PAUSE.seconds} * interval '1 second'"
            f" * power(4, least(l10n_cl_incident.times, {_LONGEST}))",
        )

    @api.model
    def _resting(self, model):
        """id -> whether it is still left alone, of the records whose failure cannot be written."""
        query = SQL(
            "SELECT res_id, retry_at > %s FROM l10n_cl_incident"
            " WHERE res_model = %s AND kind = 'unwritten'",
            fields.Datetime.now(),
            model,
        )
        return dict(self.env.execute_query(query))

    @api.model
    def _over(self, record):
        """Its failure could be written, or is gone."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM l10n_cl_incident"
                " WHERE res_model = %s AND res_id = %s AND kind = 'unwritten'",
                record._name,
                record.id,
            )
        )

    @api.model
    def _each_alone(self, records, step):
        """Run ``step(record)`` over records; one that fails is reported and stops no other."""
        for record in records:
            try:
                with self.env.cr.savepoint():
                    # what it met last time; it may meet the same again
                    self._over(record)
                    step(record)
            except Exception as error:
                # the last door: whatever it is, the others have their turn, and it has the next
                _logger.exception("%s %s failed", record._name, record.id)
                self._try_to_put_off(record, failure_text(self.env, error))

    @api.model
    def _try_to_put_off(self, record, text):
        """The same, where even an incident that cannot be written stops nothing."""
        try:
            with self.env.cr.savepoint():
                self._put_off(record, text)
        except TransactionRollbackError:
            raise
        except Exception:
            # the log is all that is left
            _logger.exception("%s %s cannot be noted at all", record._name, record.id)

    def _values(self, record, kind, text):
        now = fields.Datetime.now()
        company = "company_id" in record._fields and record.sudo().company_id.id
        return {
            "kind": kind,
            "res_model": record._name,
            "res_id": record.id,
            "company_id": company or None,
            "text": text,
            "times": 1,
            "retry_at": now + _PAUSE if kind == "unwritten" else None,
            "create_date": now,
            "write_date": now,
            "create_uid": SUPERUSER_ID,
            "write_uid": SUPERUSER_ID,
        }

    @api.model
    def _insert(self, cr, values, on_conflict):
        columns = SQL(", ").join(map(SQL.identifier, values))
        cr.execute(
            SQL(
                "INSERT INTO l10n_cl_incident (%s) VALUES %s"
                " ON CONFLICT (res_model, res_id, kind) %s",
                columns,
                tuple(values.values()),
                SQL(on_conflict),
            )
        )
        # health is looked at now, not at the watchdog's next hour
        cr.execute(
            "INSERT INTO ir_cron_trigger (cron_id, call_at)"
            " SELECT res_id, (now() AT TIME ZONE 'UTC') FROM ir_model_data"
            " WHERE module = 'l10n_cl_sii' AND name = 'cron_watchdog'"
        )


def reporting(method):
    """Let the failure of a method that calls a person not undo its report."""

    @wraps(method)
    def guarded(self, *args, **kwargs):
        # what was written before is not its failure
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                return method(self, *args, **kwargs)
        except TransactionRollbackError:
            raise
        except Exception as error:
            # the last door: the verdict stays, and health shows that nobody could be called
            _logger.exception("Nobody could be called for %s", self)
            text = failure_text(self.env, error)
            for record in self:
                self.env["l10n_cl.incident"].sudo()._try_to_put_off(record, text)
            return None

    return guarded


def failure_text(env, error):
    """What could not be written (an exception, or a text), for people: short, without traces."""
    words = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    words = " ".join(words.split())[:250]
    return env._("A failure could not be written on the record itself. %s", words)
