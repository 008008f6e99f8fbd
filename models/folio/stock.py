from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..base.today import today
from .holder import holder_of


class Stock(NamedTuple):
    """What a CAF still holds.

    highest: of its folios in the ledger, 0 when there is none. free: how many of those nobody
    holds. held: how many are reserved for the holder who asks (holder.py).
    """

    caf: models.Model
    first: int
    last: int
    highest: int
    free: int
    held: int

    @property
    def following(self):
        """The folios above the highest one in the ledger."""
        return range(max(self.highest + 1, self.first), self.last + 1)

    @property
    def set_aside(self):
        """How many can be taken that are in the ledger already."""
        return self.free + self.held

    @property
    def left(self):
        """How many folios whoever asks can use."""
        return len(self.following) + self.set_aside


class Caf(models.Model):
    """In: the ledger. Out: what is left of CAFs, in one query however many there are."""

    _inherit = "l10n_cl.caf"

    @api.model
    def _stocks(self, condition):
        """The Stock of each CAF, in the order of their use; a step in an index for each.

        condition: SQL over ``caf``, ``used`` and ``stock``.
        """
        self.env["l10n_cl.dte"].flush_model(
            ["issuer_rut", "environment", "document_code", "folio", "caf_id"]
        )
        self.flush_model()
        held = SQL("0")
        if holder := holder_of(self.env):
            held = SQL(
                "(SELECT count(*) FROM l10n_cl_dte dte WHERE dte.state = 'reserved'"
                " AND dte.reserved_for = %s AND dte.caf_id = caf.id)",
                holder,
            )
        rows = self.env.execute_query(
            SQL(
                # the index of folios holds those above 0 and is taken by whoever says so
                """
                SELECT caf.id, caf.first, caf.last, COALESCE(used.folio, 0), stock.free, stock.held
                  FROM l10n_cl_caf caf
                 CROSS JOIN LATERAL (
                       SELECT max(dte.folio) AS folio
                         FROM l10n_cl_dte dte
                        WHERE dte.issuer_rut = caf.issuer_rut
                          AND dte.environment = caf.environment
                          AND dte.document_code = caf.document_code
                          AND dte.folio BETWEEN caf.first AND caf.last
                          AND dte.folio > 0
                     ) used
                 CROSS JOIN LATERAL (
                       SELECT (SELECT count(*) FROM l10n_cl_dte dte
                                WHERE dte.state = 'free' AND dte.caf_id = caf.id) AS free,
                              %s AS held
                     ) stock
                 WHERE %s
                 ORDER BY caf.first
                """,
                held,
                condition,
            )
        )
        return [Stock(self.sudo().browse(caf_id), *numbers) for caf_id, *numbers in rows]


class Issuer(models.Model):
    """In: CAFs and the ledger. Out: where the next folios are. Writes nothing."""

    _inherit = "l10n_cl.issuer"

    def _folio_stocks_of(self, code, rut, environment):
        """The Stock of each CAF of a document type, in the order of their use.

        What is used up, expired or archived is left out. rut, environment: of the folios, as a
        CAF has them.
        """
        self.ensure_one()
        return self.env["l10n_cl.caf"]._stocks(
            SQL(
                """
                caf.active AND caf.issuer_id = %s AND caf.issuer_rut = %s
                AND caf.environment = %s AND caf.document_code = %s
                AND (caf.expires_on IS NULL OR caf.expires_on >= %s)
                AND (used.folio IS NULL OR used.folio < caf.last
                     OR stock.free > 0 OR stock.held > 0)
                """,
                self.id,
                rut or None,
                environment,
                code,
                today(self.company_id),
            )
        )

    def _folios_left(self, code):
        """How many folios of a document type can be used today."""
        stocks = self._folio_stocks_of(code, self.company_rut, self.environment)
        return sum(stock.left for stock in stocks)
