from odoo import fields, models
from odoo.tools import SQL

from ...sii import kinds
from .figure import Code, Figure

_FIGURES = (
    "exempt_amount",
    "net_amount",
    "vat_amount",
    "common_use_vat",
    "non_refundable_vat_amount",
    "fixed_assets_vat_amount",
    "total_amount",
)


class RcvTotal(models.Model):
    """What a month comes to by type and list, as the boxes of the F29 ask for it.

    Credit notes have rows of their own, in negative pesos; each list ends with its sum, that of fee
    receipts apart.
    """

    _name = "l10n_cl.rcv.total"
    _description = "Totals of the SII's register by type"
    _auto = False
    _order = "period_id, invoice_status, is_services_invoice, is_sum, document_type"

    period_id = fields.Many2one("l10n_cl.rcv.period", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    document_type = Code("Type", readonly=True)
    document_type_id = fields.Many2one("l10n_latam.document.type", "Document type", readonly=True)
    is_services_invoice = fields.Boolean("Fee receipt", readonly=True)
    invoice_status = fields.Selection(
        selection=lambda self: self._lists(),
        string="List",
        readonly=True,
    )
    is_sum = fields.Boolean("Sum of the list", readonly=True)
    title = fields.Char("What", compute="_compute_title")
    documents = Figure(readonly=True)
    exempt_amount = Figure("Exempt", readonly=True)
    net_amount = Figure("Net", readonly=True)
    vat_amount = Figure("VAT", readonly=True)
    common_use_vat = Figure("Common use VAT", readonly=True)
    non_refundable_vat_amount = Figure("Non-refundable VAT", readonly=True)
    fixed_assets_vat_amount = Figure("Fixed assets VAT", readonly=True)
    other_taxes_amount = Figure("Other taxes", readonly=True)
    withheld_amount = Figure("Withheld", readonly=True, help="Of fee receipts: the payer's part.")
    total_amount = Figure("Total", readonly=True)

    def _lists(self):
        """The lists in the reader's language, as the entries name them."""
        return (
            self.env["l10n_cl.rcv.entry"]._fields["invoice_status"]._description_selection(self.env)
        )

    def _compute_title(self):
        for total in self:
            kind = total.document_type_id.display_name or total.document_type
            if total.is_sum:
                kind = self.env._("Total")
            elif total.is_services_invoice:
                kind = self.env._("Fee receipts")
            total.title = kind

    @property
    def _table_query(self):
        return SQL(
            """SELECT 2 * min(id) + GROUPING(document_type) AS id,
                      GROUPING(document_type) = 1 AS is_sum,
                      period_id, company_id, document_type, document_type_id,
                      is_services_invoice, invoice_status,
                      sum(COALESCE(total_documents, 1))::bigint AS documents,
                      sum((other_taxes ->> 'total_amount')::bigint * CASE
                          WHEN document_type = ANY(%(refunds)s) THEN -1 ELSE 1 END
                      )::bigint AS other_taxes_amount,
                      sum(services_receiver_withheld_amount)::bigint AS withheld_amount, %(signed)s
                 FROM l10n_cl_rcv_entry
                WHERE period_id IS NOT NULL
                GROUP BY GROUPING SETS (
                      (period_id, company_id, invoice_status, is_services_invoice, document_type,
                       document_type_id),
                      (period_id, company_id, invoice_status, is_services_invoice))""",
            refunds=list(kinds.codes(is_credit_note=True)),
            signed=SQL(", ").join(map(self._signed, _FIGURES)),
        )

    def _signed(self, name):
        return SQL(
            """sum(CASE WHEN document_type = ANY(%(refunds)s) THEN -abs(%(column)s)
                        ELSE %(column)s END)::bigint AS %(column)s""",
            refunds=list(kinds.codes(is_credit_note=True)),
            column=SQL.identifier(name),
        )
