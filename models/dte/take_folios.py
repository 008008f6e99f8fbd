from itertools import chain, islice

from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..folio.texts import no_folio_text


class Dte(models.Model):
    """Folios are taken without gaps, and never by two documents.

    The table of documents is the ledger: a folio is used if and only if a row holds it. The unique
    index makes us wait for a neighbour that took the same number and has not ended, and then fails;
    a counter row would raise 40001 under REPEATABLE READ instead. A rollback gives folios back by
    itself.
    """

    _inherit = "l10n_cl.dte"

    def _take_folios(self):
        """Each of these takes the next folio of its type, in this order.

        Raises UserError when there are not enough; the transaction then gives back all of them.
        """
        self.flush_recordset()
        for documents in self.grouped(lambda document: document._ledger()).values():
            documents._take_next_ones()

    def _ledger(self):
        """Whose folios it takes, and of which type."""
        return (self.issuer_id, self.document_code, self.issuer_rut, self.environment)

    def _take_next_ones(self):
        """Take folios of one ledger: the first alone, the others in one block.

        Whoever has the first one holds up all neighbours there, for they begin at the same: two
        blocks never wait for each other. What a neighbour took after our snapshot was made is
        skipped one by one, and then the blocks grow again.
        """
        offered, waiting = self._offered_folios(), self
        size, growth = 1, len(self)
        while waiting:
            folios = list(islice(offered, min(size, len(waiting))))
            if not folios:
                raise UserError(no_folio_text(self.env, self.document_type_id, len(waiting), 0))
            if waiting[: len(folios)]._hold(folios):
                waiting = waiting[len(folios) :]
                size *= growth
                continue
            if len(folios) > 1:
                offered = chain(folios, offered)
            size, growth = 1, 2

    def _offered_folios(self):
        """(folio, CAF) of one ledger, in the order of their use."""
        issuer, code, rut, environment = self[:1]._ledger()
        for stock in issuer.sudo()._folio_stocks_of(code, rut, environment):
            for folio in stock.folios(len(self)):
                yield folio, stock.caf

    def _hold(self, folios):
        """Give each of these its (folio, CAF); False, and nothing given, when one of the folios is
        a neighbour's."""
        rows = [
            SQL("(%s, %s, %s)", document.id, folio, caf.id)
            for document, (folio, caf) in zip(self, folios, strict=True)
        ]
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    SQL(
                        "UPDATE l10n_cl_dte SET folio = taken.folio, caf_id = taken.caf_id"
                        " FROM (VALUES %s) AS taken (id, folio, caf_id)"
                        " WHERE l10n_cl_dte.id = taken.id",
                        SQL(", ").join(rows),
                    ),
                    log_exceptions=False,
                )
        except UniqueViolation:
            return False
        for document, (folio, caf) in zip(self, folios, strict=True):
            self._fields["folio"]._update_cache(document, folio)
            self._fields["caf_id"]._update_cache(document, caf.id)
        self.modified(["folio", "caf_id"])
        return True
