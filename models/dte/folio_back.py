from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..access.entry import MANAGER, entry


class Caf(models.Model):
    """“Used up to” was a mistake: the folios are free again, as long as nothing was built on it."""

    _inherit = "l10n_cl.caf"

    may_take_back = fields.Boolean(compute="_compute_may_take_back")

    def _compute_may_take_back(self):
        by_hand = [("caf_id", "in", self.ids), ("elsewhere_told", "=", True)]
        marked = self.env["l10n_cl.dte"].sudo()._read_group(by_hand, ["caf_id"])
        ids = {caf.id for [caf] in marked}
        for caf in self:
            caf.may_take_back = caf.id in ids

    @entry("write", MANAGER)
    def action_take_back(self):
        """Button: the folios of this CAF that a manager marked as used elsewhere are not."""
        for caf in self.sudo():
            first, last, count = caf._marked_by_hand()
            if not count:
                raise UserError(
                    self.env._("Nobody said that folios of %s were used.", caf.display_name)
                )
            caf._check_nothing_follows(first)
            caf._free_marked()
            caf.issuer_id._post_finding(
                self.env._(
                    "%(type)s, folios %(first)s to %(last)s: that they were used elsewhere is "
                    "taken back by %(who)s (%(count)s that are free now).",
                    type=caf.document_type_id.name,
                    first=first,
                    last=last,
                    who=self.env.user.name,
                    count=count,
                )
            )

    def _marked_by_hand(self):
        """First, last and number of the folios that a manager marked as used."""
        self.env["l10n_cl.dte"].flush_model()
        [row] = self.env.execute_query(
            SQL(
                "SELECT min(folio), max(folio), count(*) FROM l10n_cl_dte"
                " WHERE caf_id = %s AND elsewhere_told",
                self.id,
            )
        )
        return row

    def _check_nothing_follows(self, first):
        """Documents of this database that come after them, and declarations about them, stay."""
        documents = self.env["l10n_cl.dte"]
        ours = documents.search(
            [
                ("caf_id", "=", self.id),
                ("folio", ">", first),
                ("elsewhere_told", "!=", True),
                "|",
                ("state", "!=", "elsewhere"),
                ("xml_sha256", "!=", False),
            ],
            limit=1,
        )
        by_hand = [("dte_id.caf_id", "=", self.id), ("dte_id.elsewhere_told", "=", True)]
        declared = self.env["l10n_cl.folio.void"].search(by_hand, limit=1).dte_id
        if follows := ours or declared:
            raise UserError(
                self.env._(
                    "%s is a folio of this range that was used or declared here since: what was "
                    "said of the range stays.",
                    follows.display_name,
                )
            )

    def _free_marked(self):
        """They are no evidence of a document: only a manager has stated that there is one. Their
        rows stay, for somebody may be taking the folios behind them."""
        self.env.cr.execute(
            SQL(
                "UPDATE l10n_cl_dte SET state = 'free', sii_text = NULL, elsewhere_told = FALSE"
                " WHERE caf_id = %s AND elsewhere_told"
                " AND state = 'elsewhere' AND move_id IS NULL AND xml_sha256 IS NULL",
                self.id,
            )
        )
        self.env["l10n_cl.dte"].invalidate_model()
        self.env["l10n_cl.caf"].invalidate_model()
