from odoo import api, models
from odoo.fields import Domain

from ...sii import kinds
from ..base.big_integer import BigInteger


class Reference(models.Model):
    """The document that a reference names, found by its type and folio."""

    _inherit = "l10n_cl.reference"

    changed_folio = BigInteger(
        compute="_compute_changed_folio",
        store=True,
        precompute=True,
        help="Of the tax document that a note changes; 0 where it changes none, or many at once.",
    )

    _changed = models.Index(
        "(changed_folio, l10n_cl_reference_doc_type_selection) WHERE changed_folio > 0"
    )

    @api.depends("code", "folio", "is_global", "l10n_cl_reference_doc_type_selection")
    def _compute_changed_folio(self):
        for reference in self:
            one = reference._is_changing() and not reference.is_global
            reference.changed_folio = one and reference._folio_number()

    def _is_changing(self):
        """Whether a note changes a tax document with it."""
        changed = kinds.of(self.l10n_cl_reference_doc_type_selection)
        return bool(self.code) and changed.is_target

    def _changed_key(self):
        """Type and folio of what a note changes, as the rules of note families name it."""
        return self.l10n_cl_reference_doc_type_selection, self.changed_folio

    def _folio_number(self):
        """Its folio, when it can be one of ours: no folio has more than ten digits."""
        text = self.folio or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else 0

    def _own_document(self):
        """The documents (l10n_cl.dte) issued by us that these name; void and rejected ones too."""
        named = [each._named() for each in self if each._is_named()]
        return self.env["l10n_cl.dte"].sudo().search(Domain.OR(named))

    def _named(self):
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        return (
            Domain("issuer_rut", "=", issuer.company_rut)
            & Domain("environment", "=", issuer.environment)
            & Domain("document_code", "=", int(self.l10n_cl_reference_doc_type_selection))
            & Domain("folio", "=", self._folio_number())
        )

    def _is_named(self):
        kind = self.l10n_cl_reference_doc_type_selection or ""
        return kind.isascii() and kind.isdecimal() and self._folio_number() > 0

    def _never_issued(self):
        """Those that name a folio of a CAF loaded here under which no document was issued."""
        return self.filtered(lambda reference: reference._is_unused_folio())

    def _is_unused_folio(self):
        if not self._is_named():
            return False
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        folio = self._folio_number()
        held = (
            self.env["l10n_cl.caf"]
            .sudo()
            .search_count(
                [
                    ("issuer_rut", "=", issuer.company_rut),
                    ("environment", "=", issuer.environment),
                    ("document_code", "=", int(self.l10n_cl_reference_doc_type_selection)),
                    ("first", "<=", folio),
                    ("last", ">=", folio),
                ],
                limit=1,
            )
        )
        return bool(held) and not self._own_document()
