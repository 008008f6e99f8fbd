from odoo import models

from ..folio.texts import no_folio_text
from .names import check_names_free


class AccountMove(models.Model):
    """The number of what is issued here is its folio.

    In: invoices that are being posted. Out: the row of each one's document with a folio, those of
    all of them taken together, and the names that follow. No last number is looked for, whose
    search costs more with every invoice that was ever issued.
    """

    _inherit = "account.move"

    def _compute_name(self):
        """What is issued here takes its folios together, in the order in which Odoo numbers."""
        numbered = self._l10n_cl_open_documents()
        result = super()._compute_name()
        # what was computed of their former names, while the documents were opened
        numbered.modified(["name"])
        return result

    def _l10n_cl_open_documents(self):
        """Give a document, with its folio, to each posted one that is issued here and has none.

        Returns these.
        """
        unnumbered = self.filtered(
            lambda move: (
                move.state == "posted"
                and move.date
                and (not move.name or move.name == "/")
                and move._l10n_cl_is_electronic()
                and not move.l10n_latam_manual_document_number
                and not move.sudo().l10n_cl_dte_id
            )
        ).sorted(lambda move: (move.date, move.ref or "", move._origin.id))
        if not unnumbered:
            return unnumbered
        documents = self.env["l10n_cl.dte"].sudo()._open_for(unnumbered)
        check_names_free(
            {
                move: move._l10n_cl_get_formatted_sequence(document.folio)
                for move, document in zip(unnumbered, documents, strict=True)
            }
        )
        return unnumbered

    def _set_next_sequence(self):
        """Its folio makes its name."""
        if not self._l10n_cl_is_electronic():
            return super()._set_next_sequence()
        folio = self.sudo().l10n_cl_dte_id.folio
        self.name = self._l10n_cl_get_formatted_sequence(folio)
        return None

    def _l10n_cl_missing_folios(self):
        """One sentence for each document type whose CAFs do not hold enough folios."""
        new = self.filtered(
            lambda move: move.company_id.l10n_cl_issuer_id and not move.sudo().l10n_cl_dte_id
        )
        sentences = []
        for (issuer, document_type), moves in new.grouped(
            lambda move: (move.company_id.l10n_cl_issuer_id, move.l10n_latam_document_type_id)
        ).items():
            left = issuer._folios_left(int(document_type.code))
            if left < len(moves):
                sentences.append(self._l10n_cl_no_folio_text(document_type, len(moves), left))
        return sentences

    def _l10n_cl_no_folio_text(self, document_type, needed, left):
        return no_folio_text(self.env, document_type, needed, left)
