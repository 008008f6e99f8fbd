import base64
import io
import zipfile

from odoo import fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.exceptions import UserError

_INVOICE = "account.account_invoices"
_CEDIBLE = "l10n_cl_sii.action_report_cedible"


class Certification(models.Model):
    _inherit = "l10n_cl.certification"

    def _zipped(self, moves):
        """A zip, base64, of a PDF of each document in turn and of its cedible copy."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, move in enumerate(moves, 1):
                for name, report in self._prints_of(move):
                    # the SII looks at the stamp of each
                    reports = self.env["ir.actions.report"].with_context(l10n_cl_samples=True)
                    pdf, _kind = reports._render_qweb_pdf(report, move.ids)
                    archive.writestr(f"{number:02d}_{name}.pdf", pdf)
        return base64.b64encode(buffer.getvalue())

    def _prints_of(self, move):
        """(Name of the file, report) of each print of a document."""
        document = move.sudo().l10n_cl_dte_id
        name = f"T{document.document_code}F{document.folio}"
        prints = [(name, _INVOICE)]
        if move.l10n_cl_has_cedible:
            prints.append((f"{name}_cedible", _CEDIBLE))
        return prints


class CertificationSet(models.Model):
    """Printed samples: a PDF of each document, and of its cedible copy (PROTOCOL 11, step 4)."""

    _inherit = "l10n_cl.certification.set"

    samples = fields.Binary("Printed samples", attachment=True, readonly=True, copy=False)
    samples_name = fields.Char(readonly=True)

    @entry("write", MANAGER)
    def action_print_samples(self):
        """Button: print all documents of the set into a zip."""
        self.ensure_one()
        moves = self.case_ids.move_id
        if not moves:
            raise UserError(self.env._("Make the documents of this set first."))
        self.sudo().write(
            {
                "samples": self.certification_id._zipped(case.move_id for case in self.case_ids),
                "samples_name": f"muestras_{self.attention or self.kind}.zip",
            }
        )
