from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .dte_state import GIVEN_UP

_BATCH = 2000
_SINCE = "l10n_cl_sii.books_compared_at"
_UP_TO = "l10n_cl_sii.books_compared_up_to"
# States of a document whose words stand
_SIGNED = ("signed", "sent", "accepted", "objected", "exception")
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
            if not self._worker()._commit(processed=1) and start + _BATCH < len(ids):
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
            if not self._worker()._commit(processed=1):
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
        """Note what differs of these documents, and take back what differs no more."""
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
                found=self._differences_query(ids),
                ids=list(ids),
                uid=self.env.uid,
            )
        )
        self.invalidate_model()

    @api.model
    def _differences_query(self, ids):
        """Rows of what differs. A receiver whose own card was corrected since is the same one."""
        plain = "upper(regexp_replace(coalesce(%s, ''), '^CL|[^0-9K]', '', 'gi'))"
        return SQL(
            f"""SELECT dte.id AS dte_id, dte.issuer_id, dte.company_id, move.id AS move_id,
                      differs.kind, differs.books, differs.said
                 FROM l10n_cl_dte dte
                 LEFT JOIN account_move move ON move.id = dte.move_id
                 LEFT JOIN l10n_latam_document_type type ON type.id = dte.document_type_id
                 LEFT JOIN res_partner receiver ON receiver.id = dte.receiver_id
                 LEFT JOIN res_partner contact ON contact.id = move.partner_id
                 LEFT JOIN res_partner family ON family.id = contact.commercial_partner_id
                 LEFT JOIN res_partner party ON party.id = move.commercial_partner_id
                 LEFT JOIN LATERAL (
                      SELECT abs(sum(balance) FILTER (WHERE display_type = 'payment_term')) AS owed,
                             sum(balance) AS balance
                        FROM account_move_line line WHERE line.move_id = move.id) items ON TRUE
                CROSS JOIN LATERAL (SELECT dte.state = ANY(%(signed)s) AS up) AS stands
                CROSS JOIN LATERAL (VALUES
                      ('no_invoice', stands.up AND move.id IS NULL,
                       NULL, dte.folio::text),
                      ('link', move.id IS NOT NULL AND CASE WHEN dte.state = ANY(%(given_up)s)
                               THEN move.l10n_cl_dte_id = dte.id
                               ELSE move.l10n_cl_dte_id IS DISTINCT FROM dte.id END,
                       move.l10n_cl_dte_id::text, dte.id::text),
                      ('shown', dte.state != ALL(%(given_up)s) AND move.l10n_cl_dte_id = dte.id
                                AND move.l10n_cl_dte_state IS DISTINCT FROM dte.state,
                       move.l10n_cl_dte_state, dte.state),
                      ('state', stands.up AND move.state != 'posted', move.state, dte.state),
                      ('number', stands.up AND
                                 ltrim(coalesce(substring(move.name FROM '[0-9]+$'), ''), '0')
                                 != dte.folio::text,
                       move.name, dte.folio::text),
                      ('type', stands.up AND (
                               move.l10n_latam_document_type_id
                               IS DISTINCT FROM dte.document_type_id
                               OR type.code IS DISTINCT FROM dte.document_code::text),
                       (SELECT other.code FROM l10n_latam_document_type other
                         WHERE other.id = move.l10n_latam_document_type_id),
                       dte.document_code::text),
                      ('company', stands.up AND move.company_id != dte.company_id,
                       move.company_id::text, dte.company_id::text),
                      ('date', stands.up AND move.invoice_date IS DISTINCT FROM dte.issued_on,
                       move.invoice_date::text, dte.issued_on::text),
                      ('total', stands.up AND
                                abs(coalesce(move.amount_total_signed, 0))
                                IS DISTINCT FROM dte.amount_total::numeric,
                       move.amount_total_signed::text, dte.amount_total::text),
                      ('lines', stands.up AND move.id IS NOT NULL AND (
                                coalesce(items.owed, 0) IS DISTINCT FROM dte.amount_total::numeric
                                OR coalesce(items.balance, 0) != 0),
                       coalesce(items.owed, 0)::text, dte.amount_total::text),
                      ('receiver', stands.up AND dte.receiver_rut != '66666666-6' AND (
                                   move.partner_id IS DISTINCT FROM dte.receiver_id
                                   AND {plain % "family.vat"} != {plain % "dte.receiver_rut"}
                                   OR move.commercial_partner_id
                                      IS DISTINCT FROM receiver.commercial_partner_id
                                   AND {plain % "party.vat"} != {plain % "dte.receiver_rut"}),
                       coalesce(family.vat, party.vat), dte.receiver_rut),
                      ('snapshot_total', stands.up AND
                       dte.payload -> 'document' -> 'totals' ->> 'total'
                       IS DISTINCT FROM dte.amount_total::text,
                       dte.amount_total::text,
                       dte.payload -> 'document' -> 'totals' ->> 'total'),
                      ('snapshot_receiver', stands.up AND
                       dte.payload -> 'document' -> 'receiver' ->> 'rut'
                       IS DISTINCT FROM dte.receiver_rut,
                       dte.receiver_rut, dte.payload -> 'document' -> 'receiver' ->> 'rut')
                 ) AS differs(kind, really, books, said)
                WHERE dte.id = ANY(%(ids)s) AND differs.really
               UNION ALL
               SELECT dte.id, dte.issuer_id, dte.company_id, other.id, 'second', other.name,
                      dte.folio::text
                 FROM l10n_cl_dte dte
                 JOIN account_move other ON other.l10n_cl_dte_id = dte.id
                WHERE dte.id = ANY(%(ids)s) AND other.id IS DISTINCT FROM dte.move_id""",
            signed=list(_SIGNED),
            given_up=list(GIVEN_UP),
            ids=list(ids),
        )
