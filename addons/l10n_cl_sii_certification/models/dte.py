from odoo import models
from odoo.addons.l10n_cl_sii.sii.certification import content as certification_content


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _with_folio(self, document):
        """The document of a case names its case; the folio in that reference is known only now."""
        case = self.move_id.l10n_cl_certification_case_id
        if case:
            reference = case._reference(self.folio, document.issued_on)
            document = certification_content.cite(document, reference)
        return super()._with_folio(document)
