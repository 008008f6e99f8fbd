from odoo import fields, models

_INVOICE = "account.account_invoices"


class Delivery(models.Model):
    """The prints of mails that wait are made together, before the first of them is written.

    One run of wkhtmltopdf for twenty documents takes a fraction of twenty runs (printing). The
    mail then finds its print kept. Where that fails, each makes its own, or fails alone.
    """

    _inherit = "l10n_cl.delivery"

    printed = fields.Boolean(
        readonly=True,
        copy=False,
        help="Its print was made together with others', or will be alone.",
    )

    def _to_print(self):
        """Domain of the mails whose prints are made next."""
        return [*self._due("to_send"), ("kind", "=", "customer"), ("printed", "=", False)]

    def _print_ahead(self):
        """Make the prints that these mails will need, and keep them."""
        self.printed = True
        unwritten = self.filtered(lambda delivery: not delivery.message_id)
        moves = unwritten.dte_id.move_id.filtered(lambda move: not move.invoice_pdf_report_id)
        reports = self.env["ir.actions.report"]
        for company in moves.company_id:
            own = moves.filtered(lambda move, company=company: move.company_id == company)
            if len(own) > 1:
                reports.with_company(company)._pre_render_qweb_pdf(_INVOICE, own.ids)
