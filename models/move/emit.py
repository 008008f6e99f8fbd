import logging

from psycopg2.extensions import TransactionRollbackError

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError

from ...sii import clock
from ..access.unforeseen import unforeseen
from ..base.texts.errors import errors_as_user_errors
from . import dates, outlook, terms
from .names import check_typed_folios, mark_folio_used
from .obstacles import obstacles_of, place_of, texts_of

_logger = logging.getLogger(__name__)


# What a note was made over
_ORIGINS = ("reversed_entry_id", "debit_origin_id")


class AccountMove(models.Model):
    """Posted means signed: one transaction checks, numbers, stamps, signs and stores.

    In: drafts. Out: posted invoices, and of those that we issue the signed document, in the queue.
    What is refused leaves no trace, no folio either; the network is never used.

    All that we do where Odoo creates, writes and posts invoices stands here, in its order.
    """

    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._l10n_cl_check_created(vals)
            self._l10n_cl_check_author(vals)
        moves = super().create(vals_list)
        for move, vals in zip(moves, vals_list, strict=True):
            if any(vals.get(name) for name in _ORIGINS):
                move._l10n_cl_propose_reference()
        return moves

    def write(self, vals):
        self._l10n_cl_check_written(vals)
        due = self._l10n_cl_signed_due(vals)
        self._l10n_cl_check_author(vals)
        result = super().write(vals)
        if "state" in vals:
            self._l10n_cl_settle_statements()
            self._l10n_cl_match_register()
        self._l10n_cl_log_due(due)
        return result

    def _post(self, soft=True):
        with self._l10n_cl_posting():
            self._l10n_cl_check_received()
            for move in self:
                move._l10n_cl_propose_reference()
            self._l10n_cl_check_kinds()
            self._l10n_cl_date_undated()
            today = clock.today()
            emitted = self.filtered(
                lambda move: move._l10n_cl_is_emitted() and (not soft or move.date <= today)
            )
            emitted._l10n_cl_refresh_amounts()
            documents = emitted._l10n_cl_check()
            # The folio comes from the CAF, whatever number was typed on the draft.
            emitted.filtered(lambda move: move.name and not move.sudo().l10n_cl_dte_id).name = False
            check_typed_folios(self._l10n_cl_recorded())
            posted = super()._post(soft)
            for move in posted._l10n_cl_recorded():
                mark_folio_used(move)
            if signed := posted & emitted:
                signed._l10n_cl_sign(documents)
                signed.sudo().l10n_cl_dte_id._queue_up()
            posted._l10n_cl_reconcile_statements()
        return posted

    def _l10n_cl_date_undated(self):
        """What has no date is of today in Chile; Odoo would take the day of whoever posts."""
        chilean = self.filtered(lambda move: move.country_code == "CL")
        # at once, where Odoo reads invoice by invoice
        chilean.line_ids.fetch(["tax_ids", "tax_tag_ids"])
        undated = chilean.filtered(lambda move: not move.invoice_date)
        undated.filtered(
            lambda move: move.is_sale_document(include_receipts=True) or move._l10n_cl_is_emitted()
        ).invoice_date = clock.today()

    def _l10n_cl_check(self):
        """The sii.Document of each invoice, or UserError with all that keeps them from being legal.

        Runs before anything is numbered: a refused posting leaves no trace.
        """
        self._l10n_cl_ask_reason()
        self._l10n_cl_hold_changed()
        documents = {move: move._l10n_cl_foreseen_document() for move in self if move.partner_id}
        texts = [
            "\n- ".join([self._l10n_cl_company_label(company), *texts_of(obstacles)])
            for company in self.company_id
            if (obstacles := company._l10n_cl_obstacles())
        ]
        texts += [
            "\n- ".join([move._l10n_cl_label(), *texts_of(obstacles)])
            for move in self
            if (obstacles := move._l10n_cl_obstacles(documents.get(move)))
        ]
        texts += self._l10n_cl_missing_folios()
        if texts:
            raise UserError("\n\n".join(texts))
        return documents

    def _l10n_cl_obstacles(self, document):
        """All that is wrong with this invoice at once, an Obstacle each; ``document``: its
        sii.Document, None without a customer."""
        return obstacles_of(self, document)

    def _l10n_cl_place(self, where):
        """The record in which the field ``where`` of a sii.Document is fixed."""
        return place_of(self, where)

    def _l10n_cl_foreseen_document(self):
        """Its sii.Document; what nobody foresaw is a sentence about this invoice, so that whoever
        posts many leaves out this one."""
        try:
            return self._l10n_cl_document()
        except (UserError, ConcurrencyError, TransactionRollbackError):
            raise
        except Exception as error:
            _logger.exception("%s: unforeseen", self)
            text = unforeseen(self.env, error)
            raise UserError("\n- ".join([self._l10n_cl_label(), text])) from error

    def _l10n_cl_company_label(self, company):
        return self.env._("%s cannot emit yet:", company.name)

    def _l10n_cl_label(self):
        return self.env._(
            "%(type)s for %(customer)s cannot be emitted:",
            type=self.l10n_latam_document_type_id.name,
            customer=self.partner_id.display_name or self.env._("(no customer)"),
        )

    def _l10n_cl_sign(self, checked):
        """Sign what was checked, the sii.Document of each, under the folios that posting took.

        Notes one by one: those posted together were each checked without the others.
        """
        notes = self.filtered(lambda move: checked[move].traits.is_note)
        for moves in (self - notes, *notes):
            signed, desks = {}, {}
            for move in moves:
                label = move._l10n_cl_label()
                document = move.sudo().l10n_cl_dte_id
                # only these depend on what was signed since they were checked
                if move in notes or document.state == "rejected":
                    move._l10n_cl_check_notes(checked[move], label)
                if document.state == "rejected":
                    document._reopen()
                with errors_as_user_errors(self.env, before=f"{label}\n- ", between="\n- "):
                    signed[document] = document._signed(checked[move], desks)
            if signed:
                self.env["l10n_cl.dte"].sudo()._keep_signed(signed)

    def _l10n_cl_check_notes(self, checked, label):
        if texts := self._l10n_cl_note_texts(checked):
            raise UserError("\n- ".join([label, *texts]))

    def _l10n_cl_refresh_due(self):
        if (due := terms.due_of(self)) != self.invoice_date_due:
            self.invoice_date_due = due

    @api.depends("state", "l10n_latam_document_type_id")
    def _compute_abnormal_warnings(self):
        """Odoo's own question before an invoice is confirmed by hand, put to our dates too."""
        result = super()._compute_abnormal_warnings()
        if not self.env.context.get("disable_abnormal_invoice_detection"):
            for move in self.filtered(lambda move: move._l10n_cl_is_far()):
                move.abnormal_date_warning = dates.far_text(move)
        return result

    def _l10n_cl_is_far(self):
        return dates.is_far(self)

    def _l10n_cl_outlook(self):
        """The Outlook of each invoice, by invoice. Reads only."""
        return outlook.outlooks_of(self)

    def _l10n_cl_not_emitted_text(self):
        """Why posting would not emit this, for people; empty when it would."""
        return outlook.not_emitted_text(self)

    def _l10n_cl_in_order(self):
        """Folios follow the dates of the invoices."""
        today = clock.today()
        return self.sorted(lambda move: (move.invoice_date or today, move.id))

    def _l10n_cl_emit_each(self):
        """Post each invoice on its own: the reason of each that failed, by invoice."""
        return outlook.emit_each(self)
