from odoo import models

from .sheet import sheet_values

SHEET = "l10n_cl_sii.action_report_sheet"


class Source(models.AbstractModel):
    """What has no print of its own is printed from its signed document."""

    _inherit = "l10n_cl.dte.source.mixin"

    def _l10n_cl_pdf(self):
        """The print with the stamp, as bytes."""
        document = self._l10n_cl_current()
        return self.env["ir.actions.report"]._render_qweb_pdf(SHEET, document.ids)[0]


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _sheet_values(self):
        """What the template of a sheet shows; AlteredFile when its file is not the signed one.

        Odoo renders any report for whoever is logged in, and what is read here is read as system.
        """
        self.ensure_one()
        self.check_access("read")
        issuer = self.sudo().issuer_id
        return {
            **sheet_values(self.env, self._xml_bytes()),
            "office": issuer.sii_office_id.name,
            "resolution": f"Res. {issuer.resolution_number} de {issuer.resolution_date.year}",
        }
