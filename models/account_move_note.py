from dataclasses import replace

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..sii import clock, payload
from ..sii.codes import NOTE_KINDS, CodRef, TipoDte
from ..sii.document import Totals
from ..sii.rules.note_changes import TAX_DOCUMENTS

# Art. 70 DL 825: the term in which a credit note lowers the seller's VAT.
_TERM = relativedelta(months=3)


class AccountMove(models.Model):
    """A credit or debit note: the documents that it changes, and what it says itself."""

    _inherit = "account.move"

    l10n_cl_late = fields.Boolean(
        "Does not lower VAT",
        compute="_compute_l10n_cl_late",
        store=True,
        readonly=False,
        copy=False,
        help="IndNoRebaja: a credit note for goods returned or services called off more than three "
        "months after the invoice comes too late to lower the VAT to be paid (art. 70 DL 825).",
    )

    @api.depends(
        "invoice_date",
        "l10n_latam_document_type_id",
        "l10n_cl_reference_ids.issued_on",
        "l10n_cl_reference_ids.code",
    )
    def _compute_l10n_cl_late(self):
        today = clock.today()
        for move in self:
            is_credit = move.l10n_latam_document_type_id.code == str(TipoDte.NOTA_CREDITO.value)
            changed = is_credit and move._l10n_cl_changing_references().filtered(
                lambda reference: reference.code != str(CodRef.CORRECTS_TEXT.value)
            )
            dates = changed and list(filter(None, changed.mapped("issued_on")))
            move.l10n_cl_late = bool(dates) and (move.invoice_date or today) > min(dates) + _TERM

    def _l10n_cl_changing_references(self):
        """The references with which a note changes tax documents."""
        return self.l10n_cl_reference_ids.filtered(
            lambda reference: (
                reference.code and reference.l10n_cl_reference_doc_type_selection in TAX_DOCUMENTS
            )
        )

    def _l10n_cl_does(self, code):
        """Whether this note does what a sii.CodRef says."""
        return str(code.value) in self._l10n_cl_changing_references().mapped("code")

    def _l10n_cl_changed_documents(self):
        """The documents (l10n_cl.dte) issued by us that this note changes."""
        found = self.sudo()._l10n_cl_changing_references()._own_document()
        # a folio that another system used says nothing of what was issued under it
        return found.filtered(lambda document: document.state != "elsewhere" or document.move_id)

    def _l10n_cl_document(self):
        document = super()._l10n_cl_document()
        if document.kind not in NOTE_KINDS:
            return document
        if not document.totals.total and not self.invoice_line_ids.tax_ids:
            lines = tuple(map(_as_text, document.lines))
            document = replace(document, lines=lines, totals=Totals(total=0))
        document = replace(document, receiver=self._l10n_cl_placed(document.receiver))
        return replace(document, late=self.l10n_cl_late)

    def _l10n_cl_placed(self, receiver):
        """The buyer with the address that the changed document told, when his card has none now."""
        if receiver.address and receiver.comuna:
            return receiver
        told = (
            payload.load(document.payload).receiver
            for document in self._l10n_cl_changed_documents().filtered("payload")
        )
        place = next((each for each in told if each.address and each.comuna), receiver)
        return replace(receiver, address=place.address, comuna=place.comuna, city=place.city)


def _as_text(line):
    """A line that only says something has neither price nor quantity (PROTOCOL 5.6.9)."""
    return replace(line, quantity=None, unit="", unit_price=None, exempt=None, codes=())
