from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import kinds, rut
from ..taxpayer.account_tax import VAT

# What a buyer may be given.
_FAMILIES = (kinds.Family.FACTURA, kinds.Family.BOLETA)


class AccountMove(models.Model):
    """Factura or boleta, with VAT or exempt: proposed from the buyer and the lines.

    The user may choose otherwise; what a document then lacks is told before it is emitted.
    """

    _inherit = "account.move"

    # Traits of its type, for views
    l10n_cl_type_is_boleta = fields.Boolean("Boleta", compute="_compute_l10n_cl_type")
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
        """Choose the document type by the lines and, ``anew``, by the buyer.

        Otherwise the choice between factura and boleta stays as it is.
        """
        code = self.l10n_latam_document_type_id.code
        kind = kinds.of(code)
        family = kind.family if kind.issued and kind.family in _FAMILIES else None
        if anew:
            family = self.partner_id.l10n_cl_document
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
        """Anybody may be given a boleta, and a note over one: without RUT, country or type too."""
        checked = self.filtered(
            lambda move: not (move._l10n_cl_is_electronic() and move._l10n_cl_may_be_anonymous())
        )
        return super(AccountMove, checked)._check_document_types_post()
