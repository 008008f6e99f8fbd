from odoo import fields, models
from odoo.tools import SQL

from ...taxpayer.rut import plain_rut

MATCHES = [
    ("matched", "Same in Odoo"),
    ("only_sii", "Only at the SII"),
    ("amount", "Amounts differ"),
    ("period", "Months differ"),
    ("ignored", "Ignored"),
]


class RcvEntry(models.Model):
    """What Odoo's books hold of the documents of the register.

    For what we issue Odoo is the reference, for what we receive the register is. Summary lines
    stand for no single document and what is not to be included is nowhere: they have no match.
    """

    _inherit = "l10n_cl.rcv.entry"

    move_id = fields.Many2one(
        "account.move", "In Odoo", readonly=True, index="btree_not_null", check_company=True
    )
    match = fields.Selection(MATCHES, readonly=True)
    ignored_because = fields.Char("Why it is ignored", readonly=True)

    # what is posted looks for its entry
    _numbered = models.Index("(number, company_id)")
    _to_look_at = models.Index("(period_id, match) WHERE match IS NOT NULL AND match != 'matched'")

    def _match(self, ids):
        """Find the invoice or bill of each of these entries, and compare. One query for all.

        By type and folio as Odoo names its documents, and by RUT where the folio is another's. Of
        fee receipts like is compared with like: what is paid and what is withheld come to the fee.
        Nothing of the register itself changes, so programs get no event.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE l10n_cl_rcv_entry AS entry
                      SET move_id = found.move_id,
                          match = CASE
                              WHEN entry.is_summary OR entry.invoice_status = 'rejected' THEN NULL
                              WHEN entry.ignored_because IS NOT NULL THEN 'ignored'
                              WHEN found.move_id IS NULL THEN 'only_sii'
                              WHEN entry.is_services_invoice AND abs(found.amount
                                   + CASE WHEN entry.services_receiver_withheld_amount IS NULL
                                          THEN found.withheld
                                          ELSE entry.services_receiver_withheld_amount END
                                   - greatest(entry.total_amount, entry.net_amount)) > 1
                                   OR NOT entry.is_services_invoice
                                      AND found.amount != entry.total_amount THEN 'amount'
                              WHEN found.month != entry.tax_period THEN 'period'
                              ELSE 'matched' END
                     FROM (%s) AS found
                    WHERE found.id = entry.id""",
                self._matches_query(ids),
            )
        )
        self.invalidate_model(["move_id", "match"])

    def _matches_query(self, ids):
        return SQL(
            """SELECT told.id, min(move.id) AS move_id,
                      min(abs(move.amount_total_signed)) AS amount,
                      min(abs(least(0, abs(move.amount_total_signed)
                                       - abs(move.amount_untaxed_signed)))) AS withheld,
                      min(to_char(CASE WHEN told.issue_type = 'issued' THEN move.invoice_date
                                  ELSE move.date END, 'YYYY-MM')) AS month
                 FROM l10n_cl_rcv_entry told
                 LEFT JOIN l10n_latam_document_type kind
                   ON kind.id = told.document_type_id
                   OR told.is_services_invoice AND kind.code IN ('70', '71')
                      AND kind.country_id = %(chile)s
                 LEFT JOIN (account_move move
                            JOIN res_partner party ON party.id = move.commercial_partner_id)
                   ON move.name = kind.doc_code_prefix || ' ' ||
                          lpad(told.number, greatest(6, length(told.number)), '0')
                  AND move.company_id = told.company_id
                  AND move.l10n_latam_document_type_id = kind.id
                  AND CASE told.issue_type
                      WHEN 'issued' THEN move.state = 'posted' AND move.move_type LIKE 'out_%%'
                      ELSE move.state != 'cancel' AND move.move_type LIKE 'in_%%'
                           AND %(booked)s = %(told)s END
                WHERE told.id = ANY(%(ids)s)
                GROUP BY told.id""",
            chile=self.env.ref("base.cl").id,
            booked=plain_rut(SQL("party.vat")),
            told=plain_rut(SQL("told.counterpart_rut")),
            ids=list(ids),
        )
