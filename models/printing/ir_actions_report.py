import io

from odoo import api, models
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.exceptions import UserError

from ...sii.printing import own_resources
from . import page_numbers
from .kept import stream

# the print that Odoo mails and shows, and which is kept
KEPT = "account.report_invoice_with_payments"
CEDIBLE = "l10n_cl_sii.report_invoice_cedible"
TICKET = "l10n_cl_sii.report_ticket"
# what is printed from its XML
SHEETS = ("l10n_cl_sii.report_received", "l10n_cl_sii.report_sheet")


class IrActionsReport(models.Model):
    """How Chilean invoices become PDF files: each one by itself, its cedible copy after it."""

    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        name = self._get_report(report_ref).report_name
        if name == TICKET:
            self.env["account.move"].browse(res_ids)._l10n_cl_check_tickets()
        if name == CEDIBLE:
            moves = self.env["account.move"].browse(res_ids)
            res_ids = moves.filtered("l10n_cl_has_cedible").ids
            if not res_ids:
                raise UserError(
                    self.env._(
                        "There is no cedible copy of these documents: only signed invoices have "
                        "one, and only if the SII issuer prints it."
                    )
                )
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _get_rendering_context(self, report, docids, data):
        if report.report_name == TICKET:
            self.env["account.move"].browse(docids)._l10n_cl_check_tickets()
        return super()._get_rendering_context(report, docids, data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # An unpatched wkhtmltopdf renders one document a run, and in a file of several invoices
        # Odoo finds their first pages by headings, which these prints do not have.
        name = self._get_report(report_ref).report_name
        moves = self._l10n_cl_printed_moves(report_ref, res_ids)
        if not moves and name not in SHEETS:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        report = self.with_context(l10n_cl_print=True)
        kept = name == KEPT and not (data or {}).keys() - {"report_type", "debug"}
        wanted = list(dict.fromkeys(res_ids))
        collected = report._l10n_cl_kept_streams(moves) if kept else {}
        missing = [res_id for res_id in wanted if res_id not in collected]
        collected |= report._l10n_cl_prints(report_ref, data, missing)
        made = moves.filtered(lambda move: move.id in missing)
        if name not in (CEDIBLE, TICKET, *SHEETS):
            copied = made.filtered(lambda move: move._l10n_cl_appends_cedible())
            for res_id, copy in report._l10n_cl_prints(CEDIBLE, {}, copied.ids).items():
                both = self._merge_pdfs([collected[res_id]["stream"], copy["stream"]])
                collected[res_id]["stream"] = both
        if kept:
            self._l10n_cl_keep_streams(made, collected)
        return {res_id: collected[res_id] for res_id in wanted}

    def _action_configure_external_report_layout(self, report_action, *args, **kwargs):
        """Without Odoo's assistant of layouts in the way: the letter has its own."""
        ids = (report_action.get("context") or {}).get("active_ids") or []
        name = report_action.get("report_name")
        if ids and self._l10n_cl_printed_moves(name, ids):
            return report_action
        return super()._action_configure_external_report_layout(report_action, *args, **kwargs)

    def _l10n_cl_prints(self, report_ref, data, res_ids):
        """id -> what Odoo collects: those of one page by one run, the others one by one."""
        name, collected = self._get_report(report_ref).report_name, {}
        if len(res_ids) > 1 and name in (KEPT, CEDIBLE):
            together = self._l10n_cl_print_together(report_ref, dict(data or {}), res_ids)
            collected |= {res_id: stream(content) for res_id, content in together.items()}
        for res_id in (each for each in res_ids if each not in collected):
            report, move = self, self.env["account.move"].browse(res_id)
            if name == TICKET:
                report = self.with_context(l10n_cl_page_height=move._l10n_cl_ticket_height())
            prepare = super(IrActionsReport, report)._render_qweb_pdf_prepare_streams
            collected |= prepare(report_ref, dict(data or {}), [res_id])
            if name not in SHEETS:
                self._l10n_cl_number_pages(name, move, collected[res_id])
        return collected

    def _l10n_cl_number_pages(self, name, move, collected):
        """Write the page numbers that an unpatched wkhtmltopdf cannot; the letter has its own."""
        numbered = name not in (TICKET,) and move._l10n_cl_printed_document()
        if collected["stream"] and not numbered and not _wkhtml().is_patched_qt:
            name = f"{move._l10n_cl_legal_name()} N° {move._l10n_cl_folio()}"
            numbered = page_numbers.write(collected["stream"].getvalue(), name)
            collected["stream"] = io.BytesIO(numbered)

    def _l10n_cl_printed_moves(self, report_ref, res_ids):
        """Those of the records that this report prints as Chilean tax documents."""
        report = self._get_report(report_ref)
        ours = report.report_name in (CEDIBLE, TICKET)
        if not self._is_invoice_report(report_ref) and not ours:
            return self.env["account.move"]
        return (
            self.env["account.move"]
            .browse(res_ids)
            .filtered(
                lambda move: move._get_name_invoice_report() == "l10n_cl.report_invoice_document"
            )
        )

    def _prepare_html(self, html, report_model=False):
        """What strangers wrote may name pictures and styles: none is fetched that is not Odoo's."""
        bodies, res_ids, header, footer, arguments = super()._prepare_html(html, report_model)
        if self.env.context.get("l10n_cl_print"):
            base = self._get_report_url()
            bodies = [own_resources.keep(body, base) for body in bodies]
            header, footer = own_resources.keep(header, base), own_resources.keep(footer, base)
        return bodies, res_ids, header, footer, arguments

    @api.model
    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        """These prints carry all they need; by default each would wait a second for scripts."""
        built = super()._build_wkhtmltopdf_args(*args, **kwargs)
        parameter = self.env["ir.config_parameter"].sudo().get_param("report.print_delay")
        if self.env.context.get("l10n_cl_print") and not parameter and not _wkhtml().is_patched_qt:
            built[built.index("--javascript-delay") + 1] = "0"
        height = self.env.context.get("l10n_cl_page_height")
        if height and "--page-height" in built:
            built[built.index("--page-height") + 1] = f"{height}mm"
        return built
