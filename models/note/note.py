from dataclasses import replace

from odoo import models

from ...sii.document import payload


class AccountMove(models.Model):
    """A credit or debit note: the documents that it changes, and what it says itself."""

    _inherit = "account.move"

    def _l10n_cl_changing_references(self):
        """The references with which a note changes tax documents."""
        return self.l10n_cl_reference_ids.filtered(lambda each: each._is_changing())

    def _l10n_cl_does(self, code):
        """Whether this note does what a sii.CodRef says."""
        return str(code.value) in self._l10n_cl_changing_references().mapped("code")

    def _l10n_cl_changed_documents(self):
        """The documents (l10n_cl.dte) issued by us that this note changes."""
        found = self.sudo()._l10n_cl_changing_references()._own_document()
        # a folio that another system used says nothing of what was issued under it
        return found.filtered(lambda document: document.state != "elsewhere" or document.move_id)

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
