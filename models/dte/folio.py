from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sii import clock


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _allocate_folio(self):
        """Take the next folio of this type, without gaps and without two takers.

        The table of documents is the ledger: a folio is used if and only if a row holds it.
        The unique index makes us wait for a neighbour that took the same number and has not
        ended, and then tells; a counter row would raise 40001 under REPEATABLE READ instead.
        A rollback gives the folio back by itself.
        """
        self.ensure_one()
        self.flush_recordset()
        for folio, caf in self._folio_candidates():
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        SQL(
                            "UPDATE l10n_cl_dte SET folio = %s, caf_id = %s WHERE id = %s",
                            folio,
                            caf.id,
                            self.id,
                        ),
                        log_exceptions=False,
                    )
            except UniqueViolation:
                continue
            self.invalidate_recordset(["folio", "caf_id", "track_id"])
            self.modified(["folio", "caf_id"])
            return
        raise UserError(self.move_id._l10n_cl_no_folio_text(self.document_type_id, 1, 0))

    def _folio_candidates(self):
        """(folio, CAF) from the highest used one onward, through the CAFs in use.

        Before them, those that the SII called free after a restored backup.
        """
        for caf in self._usable_cafs():
            highest = self.env.execute_query(
                SQL(
                    "SELECT max(folio) FROM l10n_cl_dte WHERE issuer_rut = %s AND environment = %s"
                    " AND document_code = %s AND folio BETWEEN %s AND %s",
                    self.issuer_rut,
                    self.environment,
                    self.document_code,
                    caf.first,
                    caf.last,
                )
            )[0][0]
            for folio in caf._free_folios(highest or 0):
                yield folio, caf
            for folio in range((highest or caf.first - 1) + 1, caf.last + 1):
                yield folio, caf

    def _usable_cafs(self):
        cafs = (
            self.env["l10n_cl.caf"]
            .sudo()
            .search(
                [
                    ("issuer_id", "=", self.issuer_id.id),
                    ("issuer_rut", "=", self.issuer_rut),
                    ("environment", "=", self.environment),
                    ("document_code", "=", self.document_code),
                ],
                order="first",
            )
        )
        return cafs.filtered(lambda caf: caf._usable_on(clock.today()))
