from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...sii import kinds, rut
from ..access.entry import MANAGER, entry
from ..taxpayer.account_tax import VAT
from .export import export_text, is_export
from .names import mark_folio_used

# What a buyer may be given.
_FAMILIES = (kinds.Family.FACTURA, kinds.Family.BOLETA)
# Whether a customer's document takes off, by Odoo's move type.
_TAKES_OFF = {"out_invoice": False, "out_refund": True}


def _codes(move_type):
    """What a customer's document may be: the types that we issue and that have its direction."""
    taken = _TAKES_OFF[move_type]
    return kinds.texts(issued=True, book=kinds.Book.SALES, is_credit_note=taken)


class AccountMove(models.Model):
    """Which document an invoice is, and who issues it: we, another system, or nobody here.

    Factura or boleta, with VAT or exempt, is proposed from the buyer and the lines; the user may
    choose otherwise, and what the document then lacks is an obstacle. Who issues tax documents has
    no invoice that looks like one and is none.
    """

    _inherit = "account.move"

    l10n_cl_issued_elsewhere = fields.Boolean("Issued by another system", readonly=True, copy=False)
    l10n_cl_export_text = fields.Char("Export", compute="_compute_l10n_cl_export_text")

    @api.depends(
        "state",
        "move_type",
        "country_code",
        "l10n_latam_document_type_id",
        "partner_id.l10n_cl_document",
        "commercial_partner_id.vat",
    )
    def _compute_l10n_cl_export_text(self):
        for move in self:
            shown = move.state == "draft" and is_export(move)
            move.l10n_cl_export_text = shown and export_text(move)

    # Traits of its type, for views
    l10n_cl_type_is_boleta = fields.Boolean(
        "Boleta", compute="_compute_l10n_cl_type", search="_search_l10n_cl_type_is_boleta"
    )
    l10n_cl_type_is_purchase = fields.Boolean("Purchases", compute="_compute_l10n_cl_type")
    l10n_cl_type_carries_goods = fields.Boolean("Transport", compute="_compute_l10n_cl_type")
    l10n_cl_type_states_sale = fields.Boolean("Kind of sale", compute="_compute_l10n_cl_type")
    l10n_cl_type_states_purchase = fields.Boolean(
        "Kind of purchase", compute="_compute_l10n_cl_type"
    )

    @api.depends("l10n_latam_document_type_id")
    def _compute_l10n_cl_type(self):
        for move in self:
            kind = kinds.of(move.l10n_latam_document_type_id.code)
            move.l10n_cl_type_is_boleta = kind.is_boleta
            move.l10n_cl_type_is_purchase = kind.is_purchase
            move.l10n_cl_type_carries_goods = kind.carries_goods
            move.l10n_cl_type_states_sale = kind.states_sale
            move.l10n_cl_type_states_purchase = kind.states_purchase

    @api.model
    def _search_l10n_cl_type_is_boleta(self, operator, values):
        if operator != "in":
            return NotImplemented
        boletas = Domain("l10n_latam_document_type_id.code", "in", kinds.texts(is_boleta=True))
        return Domain.OR(boletas if value else ~boletas for value in values)

    @api.depends("invoice_line_ids.tax_ids")
    def _compute_l10n_latam_document_type(self):
        unchosen = self.filtered(
            lambda move: (
                move.l10n_latam_document_type_id
                not in move.l10n_latam_available_document_type_ids._origin
            )
        )
        result = super()._compute_l10n_latam_document_type()
        for move in self.filtered(lambda move: move._l10n_cl_may_propose()):
            move._l10n_cl_propose(anew=move in unchosen)
        return result

    @api.onchange("partner_id")
    def _l10n_cl_onchange_buyer(self):
        """Another buyer, another document."""
        if self.partner_id and self._l10n_cl_may_propose():
            self._l10n_cl_propose(anew=True)

    @api.onchange("journal_id")
    def _l10n_cl_onchange_journal(self):
        """Odoo empties the type, of a new invoice too that begins with a buyer."""
        result = super()._l10n_cl_onchange_journal()
        if self.partner_id and self._l10n_cl_may_propose():
            self._l10n_cl_propose(anew=True)
        return result

    def _l10n_cl_may_propose(self):
        return (
            self.country_code == "CL"
            and self.move_type == "out_invoice"
            and self.state == "draft"
            and self._l10n_cl_emits()
            and not self.posted_before
            and not self.debit_origin_id
            and bool(self.l10n_latam_available_document_type_ids)
        )

    def _l10n_cl_propose(self, anew):
        """Choose the document type by the lines and, ``anew``, by the buyer, or by the menu that
        one came from (``l10n_cl_document`` in the context).

        Otherwise the choice between factura and boleta stays as it is.
        """
        code = self.l10n_latam_document_type_id.code
        kind = kinds.of(code)
        family = kind.family if kind.issued and kind.family in _FAMILIES else None
        if anew:
            chosen = self.env.context.get("l10n_cl_document")
            family = chosen if chosen in _FAMILIES else self.partner_id.l10n_cl_document
        if not family:
            return
        # with VAT, and its twin when every line is exempt
        with_vat, *_others = kinds.where(family=family, issued=True, exempt=False)
        affected, exempt = with_vat.text, str(with_vat.twin)
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if lines:
            taxes = lines.tax_ids.flatten_taxes_hierarchy()
            wanted = affected if VAT in taxes.mapped("l10n_cl_sii_code") else exempt
        else:
            wanted = code if code in (affected, exempt) else affected
        if wanted != code:
            available = self.l10n_latam_available_document_type_ids._origin
            found = available.filtered(lambda each: each.code == wanted)
            self.l10n_latam_document_type_id = found or self.l10n_latam_document_type_id

    def _get_l10n_latam_documents_domain(self):
        """What Odoo offers but for what cannot be issued, and what a supplier issued."""
        domain = Domain(super()._get_l10n_latam_documents_domain())
        if self._l10n_cl_buyer_is_nobody():
            facturas = kinds.texts(family=kinds.Family.FACTURA, issued=True)
            domain &= Domain("code", "not in", facturas)
        if codes := self._l10n_cl_codes_issued():
            domain &= Domain("code", "in", codes)
        if types := self._l10n_cl_types_received():
            domain |= Domain("id", "in", types.ids)
        return list(domain)

    def _l10n_cl_buyer_is_nobody(self):
        """Whether this is for nobody in particular, whom no factura is made out to."""
        return (
            self.country_code == "CL"
            and self.move_type == "out_invoice"
            and rut.is_anonymous(self.partner_id.commercial_partner_id.vat or "")
            and self._l10n_cl_emits()
        )

    def _check_document_types_post(self):
        """Anybody may get a boleta, and a note over one: without RUT, country or type too."""
        checked = self.filtered(
            lambda move: not (move._l10n_cl_is_electronic() and move._l10n_cl_may_be_anonymous())
        )
        return super(AccountMove, checked)._check_document_types_post()

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

    def _l10n_cl_from_elsewhere(self):
        """Whether another system issues this: by its own mark, or its journal."""
        self.ensure_one()
        move = self.sudo()
        return move.l10n_cl_issued_elsewhere or (
            move.journal_id.l10n_cl_issued_elsewhere and not move.l10n_cl_dte_ids
        )

    def _l10n_cl_recorded(self):
        """Those that another system issued, of the kinds that are issued here."""
        return self.filtered(
            lambda move: move._l10n_cl_is_electronic() and move._l10n_cl_from_elsewhere()
        )

    def _l10n_cl_is_own_purchase(self):
        """Whether this bill, or refund, is a document that we issue and not the vendor."""
        self.ensure_one()
        kind = kinds.of(self.l10n_latam_document_type_id.code)
        if (
            self.country_code != "CL"
            or not kind.issued
            or not self.is_purchase_document()
            or not self.l10n_latam_use_documents
        ):
            return False
        if kind.is_note:
            original = self.reversed_entry_id or self.debit_origin_id
            return bool(original) and original._l10n_cl_is_own_purchase()
        return kind.is_purchase and self.move_type == "in_invoice"

    def _l10n_cl_codes_issued(self):
        """Codes of the types that this can be issued as; empty where that is not our matter."""
        return _codes(self.move_type) if self._l10n_cl_issues_all() else ()

    def _l10n_cl_issues_all(self):
        """Whether this is a customer's document of somebody whose documents are issued here."""
        return (
            self.country_code == "CL"
            and self.move_type in _TAKES_OFF
            and self.l10n_latam_use_documents
            and self._l10n_cl_emits()
            and not self._l10n_cl_from_elsewhere()
        )

    def _l10n_cl_check_kinds(self):
        """Raise UserError for those that would be posted with VAT and without a tax document.

        What was posted before, or another system issued, keeps the type that it has.
        """
        looking = self.filtered(
            lambda move: (
                not move.posted_before
                and move._l10n_cl_issues_all()
                and move.l10n_latam_document_type_id.code not in _codes(move.move_type)
            )
        )
        if looking:
            raise UserError("\n\n".join(looking.mapped(lambda move: move._l10n_cl_kind_text())))

    def _l10n_cl_kind_text(self):
        document_type = self.l10n_latam_document_type_id
        return self.env._(
            "%(type)s for %(customer)s cannot be issued here: choose another document type. What "
            "another system issues to the SII is recorded in a journal that does not use "
            "documents.",
            type=document_type.display_name or self.env._("(no document type)"),
            customer=self.partner_id.display_name or self.env._("(no customer)"),
        )

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
                mark_folio_used(move)
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
