from contextlib import closing
from dataclasses import dataclass

from odoo import Command, models

from ...sii import clock
from ...sii.document import Document
from ..access.entry import EMITTER, entry
from ..access.unforeseen import attempt


@dataclass(frozen=True, slots=True)
class Outlook:
    """What posting would make of an invoice.

    document: the sii.Document, None for what is none. skipped: why it is not emitted now, empty
    when it would be. obstacles: (sentence, the record to mend) of each thing in its way.
    """

    document: Document | None
    skipped: str
    obstacles: list


class AccountMove(models.Model):
    """Look before you emit; then emit what can be, each invoice on its own."""

    _inherit = "account.move"

    def _l10n_cl_outlook(self):
        """Outlook of each invoice, by invoice. Reads only."""
        of_company = {company: company._l10n_cl_obstacles() for company in self.company_id}
        outlooks, taken = {}, {}
        for move in self._l10n_cl_in_order():
            electronic = move._l10n_cl_is_electronic() and move.partner_id
            document, reason = None, ""
            if electronic:
                document, reason = attempt(move, type(move)._l10n_cl_document)
            skipped = move._l10n_cl_not_emitted_text()
            obstacles = [(reason, move)] if reason else []
            if not skipped and not obstacles:
                obstacles = of_company[move.company_id] + move._l10n_cl_obstacles(document)
            if not skipped and not obstacles:
                obstacles = move._l10n_cl_folio_obstacle(taken)
            outlooks[move] = Outlook(document, skipped, obstacles)
        return outlooks

    def _l10n_cl_in_order(self):
        """Folios follow the dates of the invoices."""
        today = clock.today()
        return self.sorted(lambda move: (move.invoice_date or today, move.id))

    def _l10n_cl_not_emitted_text(self):
        """Why posting would not emit this, for people; empty when it would."""
        if self._l10n_cl_is_issued_kind() and not self._l10n_cl_emits():
            return self.env._(
                "%s issues no tax documents yet: see “Emits from” on its issuer.",
                self.company_id.name,
            )
        if not self._l10n_cl_is_electronic():
            return self.env._("Not a document that is issued to the SII.")
        if self.state == "posted" and self.sudo().l10n_cl_dte_id:
            return self.env._("Emitted already: %s.", self.name)
        if not self._l10n_cl_is_emitted():
            return self.env._("Issued by another system before.")
        if self.state != "draft":
            return self.env._("Not a draft.")
        return ""

    def _l10n_cl_folio_obstacle(self, taken):
        """The missing folio, when the invoices before this one take the last ones.

        taken: how many folios they take, by issuer and type; counted on here.
        """
        if self.sudo().l10n_cl_dte_id:
            return []
        issuer, document_type = self.company_id.l10n_cl_issuer_id, self.l10n_latam_document_type_id
        key = (issuer, document_type)
        left, count = taken.get(key) or (issuer._folios_left(int(document_type.code)), 0)
        taken[key] = (left, count + 1)
        if count < left:
            return []
        text = self._l10n_cl_no_folio_text(document_type, count + 1, left)
        return [(text, self.env["l10n_cl.caf"])]

    def _l10n_cl_emit_each(self):
        """Post each invoice on its own: one that fails does not stop the others.

        Returns the reason of each that failed, by invoice; nothing of it is kept.
        """
        model = type(self)
        tried = {move: attempt(move, model.action_post) for move in self._l10n_cl_in_order()}
        return {move: reason for move, (_result, reason) in tried.items() if reason}

    def _l10n_cl_rehearse(self):
        """Post, stamp and sign each draft, and take it back: no folio is spent, nothing is kept.

        Returns the reason of each that could not be, by invoice.
        """
        failed = {}
        for move in self._l10n_cl_in_order():
            with closing(self.env.cr.savepoint()):
                _result, reason = attempt(move, type(self).action_post)
            if reason:
                failed[move] = reason
        return failed

    @entry("write", EMITTER)
    def l10n_cl_action_emit(self):
        """Action: show what the chosen invoices will become, and emit them."""
        return self._l10n_cl_open_wizard({})._get_records_action(name=self.env._("Emit DTE"))

    @entry("write", EMITTER)
    def l10n_cl_action_check(self):
        """Button: would the SII accept it? Tries everything but the sending."""
        wizard = self._l10n_cl_open_wizard(self._l10n_cl_rehearse())
        wizard.rehearsed = True
        return wizard._get_records_action(name=self.env._("Would the SII Accept It?"))

    def _l10n_cl_open_wizard(self, failed):
        """The wizard over these invoices. failed: why some could not be posted, by invoice."""
        lines = [
            Command.create({"move_id": move.id, "failure": failed.get(move)})
            for move in self._l10n_cl_in_order()
        ]
        return self.env["l10n_cl.emit"].create({"line_ids": lines})
