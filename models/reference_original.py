from odoo import models


class Reference(models.Model):
    _inherit = "l10n_cl.reference"

    def _own_document(self):
        """The documents (l10n_cl.dte) issued by us that these name; void and rejected ones too."""
        documents = self.env["l10n_cl.dte"].sudo()
        for reference in self:
            kind, folio = reference.l10n_cl_reference_doc_type_selection, reference.folio or ""
            if not (kind.isdecimal() and _is_folio(folio)):
                continue
            issuer = reference.company_id.l10n_cl_issuer_id.sudo()
            documents |= documents.search(
                [
                    ("issuer_rut", "=", issuer.company_rut),
                    ("environment", "=", issuer.environment),
                    ("document_code", "=", int(kind)),
                    ("folio", "=", int(folio)),
                ]
            )
        return documents

    def _never_issued(self):
        """Those that name a folio of a CAF loaded here under which no document was issued."""
        return self.filtered(lambda reference: reference._is_unused_folio())

    def _is_unused_folio(self):
        kind, folio = self.l10n_cl_reference_doc_type_selection, self.folio or ""
        if not (kind.isdecimal() and _is_folio(folio)):
            return False
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        held = (
            self.env["l10n_cl.caf"]
            .sudo()
            .search_count(
                [
                    ("issuer_rut", "=", issuer.company_rut),
                    ("environment", "=", issuer.environment),
                    ("document_code", "=", int(kind)),
                    ("first", "<=", int(folio)),
                    ("last", ">=", int(folio)),
                ],
                limit=1,
            )
        )
        return bool(held) and not self._own_document()


def _is_folio(text):
    """Whether it can be one of ours: no folio has more than ten digits."""
    return text.isascii() and text.isdecimal() and len(text) <= 10
