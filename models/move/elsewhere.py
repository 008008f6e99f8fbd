import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access.entry import MANAGER, entry

_FOLIO = re.compile(r"0*([1-9][0-9]{0,17})")


class AccountMove(models.Model):
    """An invoice of ours that another system issued to the SII: its folio is used, and not here."""

    _inherit = "account.move"

    l10n_cl_issued_elsewhere = fields.Boolean("Issued by another system", readonly=True, copy=False)

    def _l10n_cl_from_elsewhere(self):
        """Whether another system issues this: it was said of the invoice, or of its journal."""
        self.ensure_one()
        told = self.sudo()
        return told.l10n_cl_issued_elsewhere or (
            told.journal_id.l10n_cl_issued_elsewhere and not told.l10n_cl_dte_ids
        )

    def _is_manual_document_number(self):
        """What another system issued has its number typed, as that gave it; a purchase invoice of
        ours has a folio, though Odoo takes it for a vendor's."""
        if self._l10n_cl_is_own_purchase() and self._l10n_cl_emits():
            return False
        if self.country_code == "CL" and self._l10n_cl_from_elsewhere():
            return True
        return super()._is_manual_document_number()

    @api.depends("l10n_cl_issued_elsewhere", "journal_id.l10n_cl_issued_elsewhere")
    def _compute_l10n_latam_manual_document_number(self):
        return super()._compute_l10n_latam_manual_document_number()

    def _l10n_cl_check_typed_folios(self):
        """Raise RedirectWarning when what another system issued has the number of another entry."""
        for move in self._l10n_cl_recorded():
            if _FOLIO.fullmatch(move.l10n_latam_document_number or ""):
                move._l10n_cl_check_typed_name()

    def _l10n_cl_recorded(self):
        """Those that another system issued, of the kinds that are issued here."""
        return self.filtered(
            lambda move: move._l10n_cl_is_electronic() and move._l10n_cl_from_elsewhere()
        )

    def _l10n_cl_note_elsewhere(self):
        """The folios of what another system issued are used."""
        for move in self._l10n_cl_recorded():
            move._l10n_cl_mark_folio_used()

    @entry("write", MANAGER)
    def l10n_cl_action_issued_elsewhere(self):
        """Button: another system issued this invoice under the number that it has, or will have
        when it is confirmed."""
        for move in self:
            if (
                move.state not in ("draft", "posted")
                or move.sudo().l10n_cl_dte_ids
                or not move.l10n_cl_is_dte
                or (move.state == "posted" and move.l10n_cl_issued_elsewhere)
            ):
                raise UserError(
                    self.env._(
                        "%s is not an invoice without a tax document of ours.", move.display_name
                    )
                )
            if move.state == "posted":
                move._l10n_cl_mark_folio_used()
            else:
                move.sudo().l10n_cl_issued_elsewhere = True
            move.message_post(body=self.env._("Marked as issued by another system."))

    @entry("write", MANAGER)
    def l10n_cl_action_issue_here(self):
        """Button on a draft: it was not another system's after all."""
        for move in self.filtered(lambda each: each.l10n_cl_issued_elsewhere):
            if move.state != "draft" or move.posted_before:
                raise UserError(
                    self.env._("%s was recorded as another system's.", move.display_name)
                )
            move.sudo().l10n_cl_issued_elsewhere = False
            move.name = False

    def _l10n_cl_mark_folio_used(self):
        """Its folio is used, and never given out here. Raises UserError where that cannot be."""
        number = _FOLIO.fullmatch(self.l10n_latam_document_number or "")
        if not number:
            raise UserError(
                self.env._("%s is no folio of the SII.", self.l10n_latam_document_number)
            )
        issuer, folio = self.company_id.l10n_cl_issuer_id.sudo(), int(number[1])
        kind = self.l10n_latam_document_type_id
        why = self.env._("Issued by another system: %s.", self.display_name)
        if not issuer._mark_used_elsewhere(kind, folio, folio, why):
            known = issuer._documents_of(kind, folio)
            if set(known.mapped("state")) != {"elsewhere"}:
                raise UserError(
                    self.env._("The folio of %s was used here already.", self.display_name)
                )
        self.sudo().l10n_cl_issued_elsewhere = True


class AccountJournal(models.Model):
    _inherit = "account.journal"

    l10n_cl_issued_elsewhere = fields.Boolean(
        "Issued by Another System",
        help="Invoices and notes of this journal were issued to the SII by another system: they "
        "keep the number that is typed, get no tax document here, and their folios are left out.",
    )

    def _l10n_cl_for_notes(self):
        """The journal in which notes over invoices of this one are made: itself, or one whose
        documents are issued here, where another system issued those of this one."""
        if not self.l10n_cl_issued_elsewhere:
            return self
        here = self.search(
            [
                *self._check_company_domain(self.company_id),
                ("type", "=", self.type),
                ("l10n_latam_use_documents", "=", True),
                ("l10n_cl_issued_elsewhere", "=", False),
            ],
            limit=1,
        )
        return here or self
