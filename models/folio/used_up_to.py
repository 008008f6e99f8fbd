from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ...sii import clock

_LINES = 20


class Caf(models.Model):
    """Which folios of a CAF were used elsewhere: who stated it, when and why."""

    _inherit = "l10n_cl.caf"

    used_elsewhere = fields.Text(
        "Folios used elsewhere", compute="_compute_used_elsewhere", compute_sudo=True
    )

    def _compute_used_elsewhere(self):
        ranges = self._ranges_elsewhere()
        for caf in self:
            lines = ranges.get(caf.id, [])
            if more := lines[_LINES:]:
                lines = [*lines[:_LINES], self.env._("and %s more ranges.", len(more))]
            caf.used_elsewhere = "\n".join(lines) or False

    def _ranges_elsewhere(self):
        """caf id -> a sentence for each run of folios with the same author, day and reason.

        Who gave up a folio or marked one wrote its row last.
        """
        self.env["l10n_cl.dte"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH told AS (
                    SELECT caf.id AS caf, dte.folio, dte.write_uid AS who, dte.sii_text AS why,
                           timezone(%(here)s, timezone('UTC', dte.write_date))::date AS day
                      FROM l10n_cl_caf caf
                      JOIN l10n_cl_dte dte
                        ON dte.issuer_rut = caf.issuer_rut
                       AND dte.environment = caf.environment
                       AND dte.document_code = caf.document_code
                       AND dte.folio BETWEEN caf.first AND caf.last AND dte.folio > 0
                     WHERE caf.id = ANY(%(cafs)s) AND dte.state = 'elsewhere'
                ), runs AS (
                    SELECT *, folio - row_number() OVER (
                               PARTITION BY caf, who, why, day ORDER BY folio) AS run
                      FROM told
                )
                SELECT caf, min(folio), max(folio), who, day, why
                  FROM runs
                 GROUP BY caf, run, who, day, why
                 ORDER BY caf, min(folio)
                """,
                here=clock.CHILE.key,
                cafs=self.ids,
            )
        )
        ranges = {}
        for caf_id, first, last, user_id, day, why in rows:
            ranges.setdefault(caf_id, []).append(
                self.env._(
                    "%(folios)s: %(why)s (%(who)s, %(day)s)",
                    folios=str(first) if first == last else f"{first}-{last}",
                    why=why or "-",
                    who=self.env["res.users"].browse(user_id).name or "-",
                    day=format_date(self.env, day),
                )
            )
        return ranges
