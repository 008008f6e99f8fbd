from odoo import api, fields, models

from ...sii import states
from ..access.entry import INTERNAL, entry


class AccountMove(models.Model):
    """An invoice is a source of documents, and shows what became of its own."""

    _name = "account.move"
    _inherit = ["account.move", "l10n_cl.dte.source.mixin"]

    l10n_cl_dte_waiting_text = fields.Char(related="l10n_cl_dte_id.waiting_text", groups=INTERNAL)
    l10n_cl_dte_explanation = fields.Html(
        related="l10n_cl_dte_id.explanation", sanitize=False, groups=INTERNAL
    )
    l10n_cl_reason_ids = fields.One2many(related="l10n_cl_dte_id.reason_ids", groups=INTERNAL)
    l10n_cl_legal_name = fields.Char(
        "Legal name of the document", compute="_compute_l10n_cl_legal_name"
    )

    @api.depends("l10n_latam_document_type_id")
    def _compute_l10n_cl_legal_name(self):
        for move in self:
            move.l10n_cl_legal_name = move._l10n_cl_legal_name()

    @api.private
    def l10n_cl_public_url(self):
        """Address of the document's public page, for mails and prints; False without document."""
        self.ensure_one()
        document = self._l10n_cl_printed_dte()
        return bool(document) and document._public_url()

    @entry("write", "l10n_cl_sii.group_manager")
    def l10n_cl_action_give_up_folio(self):
        """Button: back to draft without the folio that is another document's."""
        for move in self.filtered(lambda move: move.sudo().l10n_cl_dte_id.state == "foreign"):
            if move.state == "posted":
                move.button_draft()
            move.l10n_cl_dte_id.action_void()

    # -- as a source

    def _l10n_cl_document_type(self):
        return self.l10n_latam_document_type_id

    def _l10n_cl_taxpayer(self):
        return self.commercial_partner_id

    def _l10n_cl_people(self):
        return [self.invoice_user_id, self.create_uid]

    def _l10n_cl_documents(self):
        return self.sudo().l10n_cl_dte_ids

    def _l10n_cl_current(self):
        return self.sudo().l10n_cl_dte_id

    def _l10n_cl_link(self):
        return {"move_id": self.id}

    def _l10n_cl_state_followed(self, document):
        if document.state in states.LEGAL:
            self._action_invoice_ready_to_be_sent()

    def _l10n_cl_folio_given_up(self):
        """The number was the folio's; posting again takes the next one."""
        self.filtered(lambda move: move.state != "posted").name = False
