from odoo import fields, models
from odoo.tools import SQL

from .rcv_figure import Code, Figure


class RcvTotal(models.Model):
    """What a month comes to by type and list, as the boxes of the F29 ask for it.

    Credit notes have rows of their own, in positive pesos, as in the SII's summary.
    """

    _name = "l10n_cl.rcv.total"
    _description = "Totals of the SII's register by type"
    _auto = False
    _order = "period_id, invoice_status, document_type"

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

    @property
    def _table_query(self):
        return SQL(
            """SELECT min(id) AS id, period_id, company_id, document_type, document_type_id,
                      is_services_invoice, invoice_status,
                      sum(COALESCE(total_documents, 1))::bigint AS documents,
                      sum(exempt_amount)::bigint AS exempt_amount,
                      sum(net_amount)::bigint AS net_amount,
                      sum(vat_amount)::bigint AS vat_amount,
                      sum(common_use_vat)::bigint AS common_use_vat,
                      sum(non_refundable_vat_amount)::bigint AS non_refundable_vat_amount,
                      sum(fixed_assets_vat_amount)::bigint AS fixed_assets_vat_amount,
                      sum((other_taxes ->> 'total_amount')::bigint)::bigint AS other_taxes_amount,
                      sum(services_receiver_withheld_amount)::bigint AS withheld_amount,
                      sum(total_amount)::bigint AS total_amount
                 FROM l10n_cl_rcv_entry
                WHERE period_id IS NOT NULL
                GROUP BY period_id, company_id, document_type, document_type_id,
                         is_services_invoice, invoice_status"""
        )
