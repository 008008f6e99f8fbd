"""Several documents by one run of wkhtmltopdf, which reads the style sheets once for all.

An unpatched wkhtmltopdf takes one file a run and marks no chapters, so the documents stand in one
file, each beginning a page. As many pages as documents: each has one. Otherwise the half that has
more is divided, until the long ones stand alone, and those are printed by themselves.
"""

import io

from odoo import models
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.tools.pdf import PdfReader, PdfWriter

from ...sii.printing.together import joined

# More take memory and gain nothing.
TOGETHER = 20


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _l10n_cl_print_together(self, report_ref, data, res_ids):
        """id -> bytes of the PDF, of those of these records that take one page each."""
        report, printed = self._get_report(report_ref), {}
        if _wkhtml().is_patched_qt or report.attachment:
            return printed
        for first in range(0, len(res_ids), TOGETHER):
            some = res_ids[first : first + TOGETHER]
            values = {**data, "report_type": "pdf", "debug": False}
            plain = self.with_context(debug=False)
            page = plain._render_qweb_html(report_ref, some, data=values)[0]
            prepared = report.with_env(self.env)._prepare_html(page, report_model=report.model)
            bodies, html_ids, header, footer, paper = prepared
            if html_ids == some:
                arguments = {
                    "report_ref": report_ref,
                    "header": header,
                    "footer": footer,
                    "specific_paperformat_args": paper,
                }
                printed |= self._l10n_cl_pages(dict(zip(some, bodies, strict=True)), arguments)
        return printed

    def _l10n_cl_pages(self, bodies, arguments):
        """The same of HTML documents, by record. arguments: of wkhtmltopdf."""
        if len(bodies) < 2:
            return {}
        content = self._run_wkhtmltopdf([joined(bodies.values())], **arguments)
        pages = PdfReader(io.BytesIO(content)).pages
        if len(pages) == len(bodies):
            return {each: _alone(page) for each, page in zip(bodies, pages, strict=True)}
        rows = list(bodies.items())
        middle = len(rows) // 2
        halves = (dict(rows[:middle]), dict(rows[middle:]))
        return {
            each: page
            for half in halves
            for each, page in self._l10n_cl_pages(half, arguments).items()
        }


def _alone(page):
    writer = PdfWriter()
    writer.add_page(page)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()
