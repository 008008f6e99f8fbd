from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sii.states import SET_ASIDE

# So many folios in a row must be free before we believe that nobody used the next ones.
FEW = 5
# Of folios whose CAF this database does not hold no more are asked about.
_BEYOND = 5000


class Issuer(models.Model):
    """In: CAFs and the ledger. Out: which folios the SII is to be asked about. Writes nothing."""

    _inherit = "l10n_cl.issuer"

    def _ranges_restored(self, code, file, key, examined):
        """(first, last) of the folios of a type that may have been used since a backup; none where
        the mark's file (MarkFile) does not show that this is one.

        examined: the last one that was asked about before. It is a backup when the file is ahead,
        or when something was sent that has no document here. Of what it had reserved, or called
        free, nobody knows then.
        """
        first = max(self._highest_folio(code), examined) + 1
        ahead = self._ranges_ahead(code, first, file.highest[key])
        if not ahead and key not in file.below:
            return []
        held = self._runs_set_aside(self._cafs(code), first)
        if ahead or any(file.holds_below(key, *run) for run in held):
            return [*held, *ahead]
        return []

    def _ranges_next(self, caf):
        """The folios of a CAF that would be taken next: those set aside, and a few that follow."""
        [stock] = caf._stocks(SQL("caf.id = %s", caf.id))
        used = self.env.execute_query(
            SQL(
                "SELECT folio FROM l10n_cl_dte WHERE issuer_rut = %s AND environment = %s"
                " AND document_code = %s AND folio BETWEEN %s AND %s AND folio > 0"
                " AND state NOT IN %s ORDER BY folio DESC LIMIT 1",
                caf.issuer_rut,
                caf.environment,
                caf.document_code,
                caf.first,
                caf.last,
                SET_ASIDE,
            )
        )
        first = used[0][0] + 1 if used else caf.first
        last = min(max(stock.highest, first - 1) + FEW, caf.last)
        return [*self._runs_set_aside(caf, first), *([(first, last)] if first <= last else [])]

    def _runs_set_aside(self, cafs, below):
        """(first, last) of the runs of folios without document below a folio."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT min(folio), max(folio)
                  FROM (SELECT folio, caf_id,
                               folio - row_number() OVER (PARTITION BY caf_id ORDER BY folio) AS run
                          FROM l10n_cl_dte
                         WHERE caf_id = ANY(%s) AND state IN %s AND folio < %s) AS told
                 GROUP BY caf_id, run
                 ORDER BY 1
                """,
                cafs.ids,
                SET_ASIDE,
                below,
            )
        )
        return [tuple(row) for row in rows]

    def _cafs(self, code=None):
        """CAFs of the issuer's folios of today, or of those of a type; archived ones as well."""
        domain = Domain("issuer_rut", "=", self.company_rut)
        domain &= Domain("environment", "=", self.environment)
        if code:
            domain &= Domain("document_code", "=", code)
        cafs = self.env["l10n_cl.caf"].sudo().with_context(active_test=False)
        return cafs.search(domain, order="first")

    def _highest_folio(self, code):
        """The highest folio that this database made a document of; 0 where it made none.

        What others used may lie far above what this database sends.
        """
        [[folio]] = self.env.execute_query(
            SQL(
                "SELECT max(folio) FROM l10n_cl_dte WHERE issuer_rut = %s"
                " AND environment = %s AND document_code = %s AND state NOT IN %s"
                " AND (state <> 'elsewhere' OR xml_sha256 IS NOT NULL)",
                self.company_rut,
                self.environment,
                code,
                SET_ASIDE,
            )
        )
        return folio or 0

    def _ranges_ahead(self, code, first, last):
        """What of a range of folios lies in CAFs of this database, or beyond them all: those
        between them were never this company's to use."""
        owned = [(caf.first, caf.last) for caf in self._cafs(code)]
        beyond = max(first, max((end for _start, end in owned), default=0) + 1)
        owned.append((beyond, beyond + _BEYOND - 1))
        pieces = {(max(first, start), min(last, end)) for start, end in owned}
        return sorted((start, end) for start, end in pieces if start <= end)
