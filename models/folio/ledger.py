from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from ...sii.states import SET_ASIDE
from ..base.incident import reporting
from .blocks import take_in_blocks
from .holder import holder_named, holder_of

# More than wanted are looked at: neighbours may take some meanwhile.
_SPARE = 100


class Issuer(models.Model):
    """Folios without document are rows of the ledger too: reserved, free, used elsewhere.

    They are written here by SQL, and by nothing else.
    """

    _inherit = "l10n_cl.issuer"

    def _put_in_ledger(self, state, document_type, folios, reserved_for=None):
        """Note folios that the ledger lacks. folios: (folio, CAF) of each.

        Returns ``folios``; None, and nothing is noted, when a neighbour has one of them.
        """
        rows = [SQL("(%s::bigint, %s)", folio, caf.id) for folio, caf in folios]
        given = SQL("VALUES %s", SQL(", ").join(rows))
        query = self._ledger_query(state, document_type, given, reserved_for=reserved_for)
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(query, log_exceptions=False)
        except UniqueViolation:
            return None
        self.env["l10n_cl.caf"].invalidate_model()
        return folios

    def _ledger_query(self, state, document_type, folios, **values):
        """SQL that inserts rows without document. folios: SQL of (folio, id of its CAF)."""
        return SQL(
            """
            INSERT INTO l10n_cl_dte (
                state, company_id, issuer_id, issuer_rut, environment, document_type_id,
                document_code, folio, caf_id, generation, sii_text, elsewhere_told, reserved_for,
                create_uid, create_date, write_uid, write_date)
            SELECT %(state)s, %(company)s, %(issuer)s, %(rut)s, %(environment)s, %(type)s,
                   %(code)s, given.folio, given.caf_id, 1, %(why)s, %(by_hand)s, %(reserved_for)s,
                   %(user)s, %(now)s, %(user)s, %(now)s
              FROM (%(folios)s) AS given (folio, caf_id)
             ORDER BY given.folio
            """,
            state=state,
            company=self.company_id.id,
            issuer=self.id,
            rut=self.company_rut,
            environment=self.environment,
            type=document_type.id,
            code=int(document_type.code),
            folios=folios,
            why=values.get("why"),
            by_hand=values.get("by_hand"),
            reserved_for=values.get("reserved_for"),
            user=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _claim_set_aside(self, stocks, wanted, becomes):
        """Take folios that have a row and no document: those of the holder who asks, then free
        ones, lowest first; so many at most.

        becomes: SQL of what their rows become. Returns (id, folio, id of the CAF) of each, in the
        order of their use. Nobody waits: what a neighbour is taking is left to him.
        """
        cafs = tuple(stock.caf.id for stock in stocks if stock.set_aside)
        if not cafs or wanted <= 0:
            return []

        def claim(ids, _at):
            return self._claim_rows(ids, becomes)

        return take_in_blocks(self._set_aside_ids(cafs, wanted), wanted, claim, begin=wanted)

    def _set_aside_ids(self, cafs, wanted):
        offered = SQL(
            "(SELECT id, folio, 1 AS turn FROM l10n_cl_dte WHERE state = 'free' AND caf_id IN %s"
            " ORDER BY folio LIMIT %s)",
            cafs,
            wanted + _SPARE,
        )
        if holder := holder_of(self.env):
            offered = SQL(
                "(SELECT id, folio, 0 AS turn FROM l10n_cl_dte WHERE state = 'reserved'"
                " AND reserved_for = %s AND caf_id IN %s ORDER BY folio LIMIT %s) UNION ALL %s",
                holder,
                cafs,
                wanted,
                offered,
            )
        rows = self.env.execute_query(
            SQL("SELECT id FROM (%s) AS offered ORDER BY turn, folio", offered)
        )
        return [row_id for (row_id,) in rows]

    def _claim_rows(self, ids, becomes):
        """Those of the rows that nobody is taking; None when somebody took one of them since our
        snapshot was made."""
        cr = self.env.cr
        try:
            with cr.savepoint(flush=False):
                cr.execute(
                    SQL(
                        "UPDATE l10n_cl_dte SET %s WHERE id IN (SELECT id FROM l10n_cl_dte"
                        " WHERE id IN %s AND state IN %s FOR UPDATE SKIP LOCKED)"
                        " RETURNING id, folio, caf_id",
                        becomes,
                        tuple(ids),
                        SET_ASIDE,
                    ),
                    log_exceptions=False,
                )
                claimed = {row[0]: row for row in cr.fetchall()}
        except SerializationFailure:
            return None
        return [claimed[row_id] for row_id in ids if row_id in claimed]

    @api.model
    def _free_folios_of(self, key):
        """What is reserved for a holder is free, and whoever waits for a folio has one."""
        freed = self.env.execute_query(
            SQL(
                "UPDATE l10n_cl_dte SET state = 'free', reserved_for = NULL"
                " WHERE state = 'reserved' AND reserved_for = %s RETURNING caf_id",
                key,
            )
        )
        cafs = self.env["l10n_cl.caf"].sudo()
        cafs.invalidate_model()
        cafs = cafs.browse({caf_id for (caf_id,) in freed})
        cafs.issuer_id._offer_freed(cafs)

    @reporting
    def _offer_freed(self, cafs):
        """Try again what waited for a folio of these."""
        cafs._l10n_cl_retry_emissions()

    @api.autovacuum
    def _free_abandoned_folios(self):
        """Those of holders that are gone, or never go on."""
        keys = self.env.execute_query(
            SQL("SELECT DISTINCT reserved_for FROM l10n_cl_dte WHERE state = 'reserved'")
        )
        for (key,) in keys:
            holder = holder_named(self.env, key)
            if not (holder and holder._still_holds_folios()):
                self._free_folios_of(key)
