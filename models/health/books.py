from odoo import api, fields, models

from .health import Finding

# What differs between the books and a document; its words: texts.py
KINDS = [
    ("no_invoice", "Invoice"),
    ("link", "Link to the document"),
    ("second", "Second invoice"),
    ("state", "State of the invoice"),
    ("shown", "State shown on the invoice"),
    ("number", "Number"),
    ("type", "Type"),
    ("company", "Company"),
    ("date", "Date"),
    ("total", "Total"),
    ("lines", "Journal items"),
    ("receiver", "Receiver"),
    ("snapshot_total", "Total kept on record"),
    ("snapshot_receiver", "Receiver kept on record"),
    ("file", "Signed file"),
]
# So many are shown one by one; who has more has one trouble, not many
_MOST_SHOWN = 20


class BooksDifference(models.Model):
    """A posted invoice and its document that differ, since it was found.

    Made and taken back by the comparison (books_compare.py), whoever changed what: by RPC,
    by another addon, or in the database itself.
    """

    _name = "l10n_cl.books.difference"
    _description = "Difference between books and tax documents"
    _inherit = "l10n_cl.guard.mixin"
    _order = "id desc"

    dte_id = fields.Many2one("l10n_cl.dte", "Document", required=True, ondelete="cascade")
    issuer_id = fields.Many2one("l10n_cl.issuer", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True)
    move_id = fields.Many2one("account.move", "Invoice", ondelete="cascade")
    kind = fields.Selection(KINDS, "What differs", required=True)
    in_books = fields.Char("In the books")
    in_document = fields.Char("In the document")

    _once = models.UniqueIndex("(dte_id, kind, COALESCE(move_id, 0))")


class Health(models.AbstractModel):
    """Books that do not state what their documents state. One query: the comparison ran before."""

    _inherit = "l10n_cl.health"

    @api.model
    def _books_findings(self, issuers):
        differences = self.env["l10n_cl.books.difference"].sudo()
        found = differences.search([("issuer_id", "in", issuers.ids)])
        findings = []
        for issuer, of_issuer in found.grouped("issuer_id").items():
            for each in of_issuer[:_MOST_SHOWN]:
                data = {
                    "count": 1,
                    "document": each.dte_id.display_name,
                    "kind": each.kind,
                    "books": each.in_books or "-",
                    "said": each.in_document or "-",
                    "since": each.create_date,
                }
                key = f"{each.dte_id.id}:{each.kind}:{each.move_id.id or 0}"
                findings.append(Finding(issuer, "books", data, key))
            if (rest := len(of_issuer) - _MOST_SHOWN) > 0:
                findings.append(Finding(issuer, "books_more", {"count": rest}))
        return findings
