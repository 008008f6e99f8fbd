from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..base.today import today

# More free folios than wanted: neighbours may take some meanwhile.
_SPARE = 100


class Stock(NamedTuple):
    """What a CAF that can be used today still holds.

    highest: of its folios in the ledger, 0 when there is none. has_free: whether some below that
    one may be free.
    """

    caf: models.Model
    first: int
    last: int
    highest: int
    has_free: bool

    @property
    def following(self):
        """The folios above the highest used one."""
        return range(max(self.highest + 1, self.first), self.last + 1)

    @property
    def left(self):
        """How many folios nobody has used."""
        free = self.caf._free_below(self.highest) if self.has_free else 0
        return len(self.following) + free

    def folios(self, wanted):
        """Its folios in the order of their use: first those that the SII called free after a
        restored backup, those that are wanted, then all that follow."""
        if self.has_free:
            yield from self.caf._free_folios(self.highest, wanted + _SPARE)
        yield from self.following


class Issuer(models.Model):
    """In: CAFs and the ledger. Out: where the next folios are, in one query however many CAFs
    there are. Writes nothing."""

    _inherit = "l10n_cl.issuer"

    def _folio_stocks_of(self, code, rut, environment):
        """The Stock of each CAF of a document type, in the order of their use.

        What is used up, expired or archived is left out. rut, environment: of the folios, as a
        CAF has them.
        """
        self.ensure_one()
        cafs, documents = self.env["l10n_cl.caf"].sudo(), self.env["l10n_cl.dte"]
        cafs.flush_model()
        documents.flush_model(["issuer_rut", "environment", "document_code", "folio"])
        rows = self.env.execute_query(
            SQL(
                # the index of folios holds those above 0 and is taken by whoever says so
                """
                SELECT caf.id, caf.first, caf.last, COALESCE(used.folio, 0),
                       COALESCE(caf.free_from, 0) > 0
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
                 WHERE caf.active AND caf.issuer_id = %s AND caf.issuer_rut = %s
                   AND caf.environment = %s AND caf.document_code = %s
                   AND (caf.expires_on IS NULL OR caf.expires_on >= %s)
                   AND (used.folio IS NULL OR used.folio < caf.last OR caf.free_from > 0)
                 ORDER BY caf.first
                """,
                self.id,
                rut or None,
                environment,
                code,
                today(self.company_id),
            )
        )
        return [Stock(cafs.browse(caf_id), *numbers) for caf_id, *numbers in rows]

    def _folios_left(self, code):
        """How many folios of a document type can be used today."""
        stocks = self._folio_stocks_of(code, self.company_rut, self.environment)
        return sum(stock.left for stock in stocks)
