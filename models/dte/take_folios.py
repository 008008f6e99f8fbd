from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..folio.blocks import take_in_blocks
from ..folio.texts import no_folio_text


class Dte(models.Model):
    """Folios are taken without gaps, and never by two documents.

    The table of documents is the ledger: a folio is used if and only if a row holds it. The unique
    index makes us wait for a neighbour that took the same number and has not ended, and then fails;
    a counter row would raise 40001 under REPEATABLE READ instead. A rollback gives folios back by
    itself.

    A folio that is free, or reserved for whoever posts, has a row already, which becomes the
    document's: those come first, and nobody waits for them (folio/ledger.py).
    """

    _inherit = "l10n_cl.dte"

    @api.model
    def _with_folios(self, openings):
        """A document with a folio for each of these values, in their order; those of one type take
        the next folios of it in this order.

        Raises UserError when there are not enough; the transaction then gives back all of them.
        """
        places, made = {}, {}
        for place, values in enumerate(openings):
            ledger = (
                self.env["l10n_cl.issuer"].browse(values["issuer_id"]),
                *(values[name] for name in ("document_code", "issuer_rut", "environment")),
            )
            places.setdefault(ledger, []).append(place)
        for (issuer, *ledger), mine in places.items():
            stocks = issuer.sudo()._folio_stocks_of(*ledger)
            documents = self._filled([openings[place] for place in mine], stocks)
            new = self.create([openings[place] for place in mine[len(documents) :]])
            new._take_following(stocks)
            made.update(zip(mine, documents + new, strict=True))
        return self.browse().concat(*(made[place] for place in range(len(openings))))

    def _filled(self, openings, stocks):
        """The documents of the first of these values: rows that were without one."""
        now, user = fields.Datetime.now(), self.env.uid
        becomes = SQL(
            "state = 'pending', reserved_for = NULL, create_uid = %s, create_date = %s,"
            " write_uid = %s, write_date = %s",
            user,
            now,
            user,
            now,
        )
        issuer = self.env["l10n_cl.issuer"].browse(openings[0]["issuer_id"]).sudo()
        claimed = issuer._claim_set_aside(stocks, len(openings), becomes)
        documents = self.browse([row_id for row_id, _folio, _caf_id in claimed])
        documents._begin_empty()
        for document, (_id, folio, caf_id), values in zip(
            documents, claimed, openings, strict=False
        ):
            self._fields["folio"]._update_cache(document, folio)
            self._fields["caf_id"]._update_cache(document, caf_id)
            document.write(values)
        documents.modified(["folio", "caf_id"])
        return documents

    def _begin_empty(self):
        """What has just been made a document has nothing that would have to be read."""
        begins = {"state": "pending", "generation": 1}
        for name, field in self._fields.items():
            if field.type in ("one2many", "many2many"):
                field._insert_cache(self, [()] * len(self))
            elif field.column_type and field.store and not field.compute:
                field._insert_cache(self, [begins.get(name)] * len(self))

    def _take_following(self, stocks):
        """Take the folios behind all others: the first alone, the others in one block.

        Whoever has the first one holds up all neighbours there, for they begin at the same: two
        blocks never wait for each other.
        """
        if not self:
            return
        self.flush_recordset()
        following = ((folio, stock.caf) for stock in stocks for folio in stock.following)

        def hold(block, at):
            return self[at : at + len(block)]._hold(block)

        if lacking := len(self) - len(take_in_blocks(following, len(self), hold)):
            raise UserError(no_folio_text(self.env, self.document_type_id, lacking, 0))

    def _hold(self, folios):
        """Give each of these its (folio, CAF), and return them; None, and nothing given, when one
        of the folios is a neighbour's."""
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
            return None
        for document, (folio, caf) in zip(self, folios, strict=True):
            self._fields["folio"]._update_cache(document, folio)
            self._fields["caf_id"]._update_cache(document, caf.id)
        self.modified(["folio", "caf_id"])
        return folios
