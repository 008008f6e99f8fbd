import base64
import io
import zipfile

from odoo import fields, models
from odoo.exceptions import UserError

_INVOICE = "account.account_invoices"
_CEDIBLE = "l10n_cl_sii.action_report_cedible"


class CertificationSet(models.Model):
    """Printed samples: a PDF of each document, and of its cedible copy (PROTOCOL 11, step 4)."""

    _inherit = "l10n_cl.certification.set"

    samples = fields.Binary("Printed samples", attachment=True, readonly=True, copy=False)
    samples_name = fields.Char(readonly=True)

    def action_print_samples(self):
        """Button: print all documents of the set into a zip."""
        self.ensure_one()
        moves = self.case_ids.move_id
        if not moves:
            raise UserError(self.env._("Make the documents of this set first."))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, case in enumerate(self.case_ids, 1):
                for name, report in self._prints_of(case.move_id):
                    pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                        report, case.move_id.ids
                    )
                    archive.writestr(f"{number:02d}_{name}.pdf", pdf)
        self.write(
            {
                "samples": base64.b64encode(buffer.getvalue()),
                "samples_name": f"muestras_{self.attention or self.kind}.zip",
            }
        )

    def _prints_of(self, move):
        """(Name of the file, report) of each print of a document."""
        document = move.sudo().l10n_cl_dte_id
        name = f"T{document.document_code}F{document.folio}"
        prints = [(name, _INVOICE)]
        if move.l10n_cl_has_cedible:
            prints.append((f"{name}_cedible", _CEDIBLE))
        return prints
