from psycopg2.extensions import TransactionRollbackError

from odoo import models
from odoo.tools import SQL

from .run import current

# Others that take work from the same queue cannot be quicker than we for ever.
ATTEMPTS = 5
# Neighbours may hold the first of those that wait: so many more are looked at.
_BESIDE = 7


class QueueMixin(models.AbstractModel):
    """Whose turn it is: what a person waits for before bulk work, and then one issuer or company
    after another.

    Asked by an index of what waits: a claim costs the same behind two and behind twenty thousand.
    """

    _inherit = "l10n_cl.queue.mixin"

    def _claim(self, domain, size=1):
        """Lock records that nobody else works on, so many at most and of one company; empty when
        there is none."""
        for _attempt in range(ATTEMPTS):
            self._commit()
            try:
                for waiting in self._in_turns(domain, _BESIDE + size):
                    if mine := waiting.try_lock_for_update(allow_referencing=True, limit=size):
                        # an issuer's branches have languages of their own
                        alike = mine[0].company_id
                        mine = mine.filtered(lambda each, alike=alike: each.company_id == alike)
                        return mine._in_language_of_company()
                return self.browse()
            except TransactionRollbackError:
                # SKIP LOCKED does not skip rows that changed after the snapshot was taken.
                self.env.cr.rollback()
        return self.browse()

    def _claim_again(self, domain):
        """Lock this claimed record again, whose lock a commit gave back; empty when others were
        quicker, or when it is no longer due."""
        try:
            locked = self.try_lock_for_update(allow_referencing=True)
            return locked.filtered_domain(domain)
        except TransactionRollbackError:
            self.env.cr.rollback()
            return self.browse()

    def _in_turns(self, domain, limit):
        """Those that wait, of whoever has the next turn first."""
        order = f"bulk, {self._claim_order}" if "bulk" in self._fields else self._claim_order
        if not self._claim_turns:
            yield self.search(domain, limit=limit, order=order)
            return
        turns = current(self.env).turns[self._name]
        takers = self._takers(domain, order)
        for _bulk, _served, _first, taker in sorted(
            (bulk, turns[taker], first, taker) for taker, first, bulk in takers
        ):
            turns[taker] += 1
            mine = [*domain, (self._claim_turns, "=", taker)]
            yield self.search(mine, limit=limit, order=order)

    def _takers(self, domain, order):
        """(taker, its first record, whether that is bulk work) of all for whom something waits."""
        waiting = self._search(domain)
        column = self._field_to_sql(waiting.table, self._claim_turns, waiting)
        waiting.add_where(SQL("%s = taker.id", column))
        waiting.order, waiting.limit = self._order_to_sql(order, waiting), 1
        is_bulk = SQL("FALSE")
        if "bulk" in self._fields:
            is_bulk = self._field_to_sql(waiting.table, "bulk", waiting)
        first = waiting.select(
            SQL("%s AS id", SQL.identifier(waiting.table, "id")), SQL("%s AS bulk", is_bulk)
        )
        takers = self.env[self._fields[self._claim_turns].comodel_name]._table
        query = SQL(
            "SELECT taker.id, work.id, coalesce(work.bulk, FALSE)"
            " FROM %s AS taker CROSS JOIN LATERAL (%s) AS work",
            SQL.identifier(takers),
            first,
        )
        return self.env.execute_query(query)

    def _in_language_of_company(self):
        """Nobody is logged in where crons run: what they write is read by the company's people.

        Nor does anybody get a mail for each record that is his: a cron makes hundreds.
        """
        company, run = self.company_id, current(self.env)

        def language():
            return company.partner_id.lang

        lang = run.keep(("language", company.id), language) if run else language()
        return self.with_context(lang=lang, mail_auto_subscribe_no_notify=True)
