from odoo import api, fields, models
from odoo.tools import SQL

from ...sii.states import SET_ASIDE
from .holder import holder_named


class Caf(models.Model):
    """Which folios of a CAF have no document though later ones may have: those that somebody
    holds, and those that whoever posts next takes."""

    _inherit = "l10n_cl.caf"

    set_aside = fields.Text(
        "Reserved and free folios", compute="_compute_set_aside", compute_sudo=True
    )

    @api.depends_context("lang")
    def _compute_set_aside(self):
        lines = {}
        for caf_id, key, first, last in self._runs_of_set_aside():
            lines.setdefault(caf_id, []).append(self._run_text(key, first, last))
        for caf in self:
            caf.set_aside = "\n".join(lines.get(caf.id, [])) or False

    def _runs_of_set_aside(self):
        """(id of the CAF, key of the holder or None, first, last) of each run."""
        if not self.ids:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT caf_id, reserved_for, min(folio), max(folio)
                  FROM (SELECT caf_id, reserved_for, folio,
                               folio - row_number() OVER (
                                   PARTITION BY caf_id, reserved_for ORDER BY folio) AS run
                          FROM l10n_cl_dte
                         WHERE caf_id IN %s AND state IN %s) AS told
                 GROUP BY caf_id, reserved_for, run
                 ORDER BY caf_id, min(folio)
                """,
                tuple(self.ids),
                SET_ASIDE,
            )
        )

    def _run_text(self, key, first, last):
        folios = str(first) if first == last else f"{first}-{last}"
        if not key:
            return self.env._("%s: free, taken before any other.", folios)
        holder = holder_named(self.env, key)
        name = holder.display_name if holder else key
        return self.env._("%(folios)s: reserved for %(holder)s.", folios=folios, holder=name)


class Issuer(models.Model):
    _inherit = "l10n_cl.issuer"

    folios_set_aside = fields.Text("Reserved and free", compute="_compute_folios_set_aside")

    @api.depends_context("lang")
    def _compute_folios_set_aside(self):
        cafs = self.env["l10n_cl.caf"].sudo().with_context(active_test=False)
        for issuer in self:
            owned = cafs.search([("issuer_id", "=", issuer.id)]).filtered("set_aside")
            issuer.folios_set_aside = (
                "\n".join(f"{caf.display_name}\n{caf.set_aside}" for caf in owned) or False
            )
