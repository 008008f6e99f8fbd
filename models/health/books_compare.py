from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .books_query import differences

_BATCH = 2000
_SINCE = "l10n_cl_sii.books_compared_at"
_UP_TO = "l10n_cl_sii.books_compared_up_to"
# what was written before, and committed after, the last look
_OVERLAP = timedelta(hours=1)


class BooksDifference(models.Model):
    """By night every document, and within the day what was written since the last look."""

    _inherit = "l10n_cl.books.difference"

    @api.model
    def _cron_changes(self):
        """Compare what was written lately, and what differed when it was looked at last."""
        parameters = self.env["ir.config_parameter"].sudo()
        now = fields.Datetime.now()
        last = fields.Datetime.to_datetime(parameters.get_param(_SINCE)) or now - timedelta(days=1)
        ids = self._changed_since(last - _OVERLAP)
        for start in range(0, len(ids), _BATCH):
            self._compare(ids[start : start + _BATCH])
            if not self._worker()._commit_processed(1) and start + _BATCH < len(ids):
                self._worker()._call_again()
                return
        parameters.set_param(_SINCE, fields.Datetime.to_string(now))

    @api.model
    def _cron_all(self):
        """Compare every document, a batch at a time; out of time, it goes on where it stopped."""
        parameters = self.env["ir.config_parameter"].sudo()
        up_to = int(parameters.get_param(_UP_TO) or 0)
        while ids := self._next_ids(up_to):
            self._compare(ids)
            up_to = ids[-1]
            parameters.set_param(_UP_TO, str(up_to))
            if not self._worker()._commit_processed(1):
                self._worker()._call_again()
                return
        parameters.set_param(_UP_TO, "0")

    @api.model
    def _worker(self):
        """The queue of documents: it commits, and calls this scheduled action again."""
        return self.env["l10n_cl.dte"]

    @api.model
    def _next_ids(self, up_to):
        query = SQL("SELECT id FROM l10n_cl_dte WHERE id > %s ORDER BY id LIMIT %s", up_to, _BATCH)
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _changed_since(self, moment):
        self.env.flush_all()
        query = SQL(
            """SELECT id FROM l10n_cl_dte WHERE write_date >= %(moment)s
               UNION
               SELECT dte_id FROM l10n_cl_books_difference
               UNION
               SELECT l10n_cl_dte_id FROM account_move
                WHERE write_date >= %(moment)s AND l10n_cl_dte_id IS NOT NULL
               UNION
               SELECT dte.id FROM account_move move JOIN l10n_cl_dte dte ON dte.move_id = move.id
                WHERE move.write_date >= %(moment)s
                ORDER BY 1""",
            moment=moment,
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _compare(self, ids):
        """Note what differs of these documents, and take back what no longer differs."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            SQL(
                """WITH found AS MATERIALIZED (%(found)s),
                        gone AS (DELETE FROM l10n_cl_books_difference old
                                  WHERE dte_id = ANY(%(ids)s) AND kind <> 'file'
                                    AND NOT EXISTS (SELECT 1 FROM found
                                                     WHERE found.dte_id = old.dte_id
                                                       AND found.kind = old.kind
                                                       AND found.move_id
                                                           IS NOT DISTINCT FROM old.move_id))
                   INSERT INTO l10n_cl_books_difference
                          (dte_id, issuer_id, company_id, move_id, kind, in_books, in_document,
                           create_uid, write_uid, create_date, write_date)
                   SELECT dte_id, issuer_id, company_id, move_id, kind, books, said,
                          %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                     FROM found
                       ON CONFLICT (dte_id, kind, COALESCE(move_id, 0))
                       DO UPDATE SET in_books = EXCLUDED.in_books,
                                     in_document = EXCLUDED.in_document""",
                found=differences(ids),
                ids=list(ids),
                uid=self.env.uid,
            )
        )
        self.invalidate_model()


class AccountMove(models.Model):
    _inherit = "account.move"

    # Finds the pages written lately, as small as they are few; no write pays for keeping it sorted
    _l10n_cl_written_idx = models.Index("USING brin (write_date)")


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    _written_idx = models.Index("USING brin (write_date)")
