from odoo import api, fields, models
from odoo.tools import SQL

from ..base.big_integer import BigInteger
from ..base.today import today


class Caf(models.Model):
    """How many folios of a CAF nobody has used: neither this database nor another system."""

    _inherit = "l10n_cl.caf"

    left = BigInteger("Folios left", compute="_compute_left")
    state = fields.Selection(
        [
            ("active", "In use"),
            ("exhausted", "Exhausted"),
            ("expired", "Expired"),
            ("elsewhere", "Other environment"),
        ],
        compute="_compute_left",
    )
    free_from = BigInteger(
        readonly=True,
        copy=False,
        help="From this folio on, those below the highest used one that no document holds are "
        "free: the SII said so of each after a backup was restored.",
    )
    free_to = BigInteger(
        readonly=True, copy=False, help="The last one that the SII was asked about."
    )

    @api.depends("dte_ids.folio", "first", "last", "expires_on", "issuer_id.environment")
    def _compute_left(self):
        highest = self._highest_used()
        for caf in self:
            top = highest.get(caf.id) or caf.first - 1
            caf.left = caf.last - top + caf._free_below(top)
            if not caf.left:
                caf.state = "exhausted"
            elif caf.environment != caf.issuer_id.environment:
                caf.state = "elsewhere"
            else:
                caf.state = "active" if caf._usable_on(today(caf.company_id)) else "expired"

    def _highest_used(self):
        """caf id -> highest folio of its range in the ledger; one step in the index for each."""
        if not self.ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT caf.id, used.folio
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
                     WHERE caf.id IN %s
                    """,
                    tuple(self.ids),
                )
            )
        )

    def _free_below(self, top):
        """How many free folios a restored backup left below the highest used one."""
        top = min(top, self.free_to or 0)
        if not self.free_from or self.free_from > top:
            return 0
        [[used]] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM l10n_cl_dte WHERE issuer_rut = %s AND environment = %s"
                " AND document_code = %s AND folio BETWEEN %s AND %s",
                self.issuer_rut,
                self.environment,
                self.document_code,
                self.free_from,
                top,
            )
        )
        return top - self.free_from + 1 - used

    def _found_free(self, folio):
        """The SII does not know this folio. Those between it and the ones that it did not know
        before were asked about as well, or have a document; else the earlier ones are let go."""
        if not self or self.free_from <= folio <= self.free_to:
            return
        if self.free_from and folio > self.free_to:
            between = self.env["l10n_cl.dte"].search_count(
                [
                    ("issuer_rut", "=", self.issuer_rut),
                    ("environment", "=", self.environment),
                    ("document_code", "=", self.document_code),
                    ("folio", ">", self.free_to),
                    ("folio", "<", folio),
                ]
            )
            if between == folio - self.free_to - 1:
                self.free_to = folio
                return
        self.write({"free_from": folio, "free_to": folio})

    def _free_folios(self, top, wanted):
        """The first of those folios, so many at most, in order."""
        top = min(top, self.free_to or 0)
        if not self.free_from or self.free_from > top:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT free.folio FROM generate_series(%s, %s) free(folio)
                 WHERE NOT EXISTS (
                       SELECT FROM l10n_cl_dte dte
                        WHERE dte.issuer_rut = %s AND dte.environment = %s
                          AND dte.document_code = %s AND dte.folio = free.folio
                          AND dte.folio > 0)
                 ORDER BY free.folio LIMIT %s
                """,
                self.free_from,
                top,
                self.issuer_rut,
                self.environment,
                self.document_code,
                wanted,
            )
        )
        return [folio for (folio,) in rows]
