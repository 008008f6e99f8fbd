from odoo import fields, models

from ...sii import kinds
from ...sii.codes import TipoDte, TpoTranVenta
from ..access.entry import INTERNAL
from ..access.guard import ALWAYS, BIRTH, EDITABLE


class EmissionPolicy(models.Model):
    """What document a payment asks for, and when: the company's rule, or one of a sale's own.

    A parameter is a field here (of goods: ``goods.py``) and a line in
    ``views/emission/emission_views.xml``; ``checkout.py``, ``obstacle.py`` or ``emit.py`` ask it.
    One that programs may give is in ``schemas/invoicing.py`` of the API too.
    """

    _name = "l10n_cl.emission.policy"
    _description = "Emission policy"
    _inherit = ["l10n_cl.guard.mixin", "l10n_cl.given.mixin"]
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of
    _open_to_people = {EDITABLE: ALWAYS, "company_id": BIRTH}
    _people_may_delete = True

    name = fields.Char(required=True, default=lambda self: self.env._("Emission on payment"))
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    document = fields.Selection(
        [
            ("invoice", "Factura"),
            ("receipt", "Boleta"),
            ("selectable", "By the buyer's data"),
        ],
        required=True,
        default="selectable",
        help="By the buyer's data: a factura for who gives RUT and giro, else a boleta.",
    )
    emit_at = fields.Selection(
        [("payment", "When it is paid"), ("due_date", "On the due date")],
        "Emit",
        required=True,
        default="payment",
    )
    emit_unpaid = fields.Boolean(
        "Also when unpaid",
        help="On the due date, emit what nobody has paid yet. Otherwise it is shown as due.",
    )
    vat_exempt = fields.Boolean("Exempt from VAT", help="Emit 34 and 41 instead of 33 and 39.")
    sale_kind = fields.Selection(
        [
            ("proposed", "By the accounts of the lines"),
            ("business", "Line of business"),
            ("fixed_asset", "Fixed asset"),
            ("real_estate", "Real estate"),
        ],
        "Kind of sale",
        required=True,
        default="proposed",
        help="What facturas tell the SII's register of sales; boletas tell nothing.",
    )
    ask_rut = fields.Boolean("Ask for the RUT", help="At checkout, and before a boleta is emitted.")
    ask_address = fields.Boolean(
        "Ask for the address", help="At checkout, and before a boleta is emitted."
    )

    def _sale_kind(self):
        """TpoTranVenta as the invoice keeps it; False when its lines decide."""
        self.ensure_one()
        if self.sale_kind == "proposed":
            return False
        return str(TpoTranVenta[self.sale_kind.upper()].value)

    def _document_for(self, partner):
        """``invoice`` or ``receipt``: the policy's fixed choice, else by the buyer's data."""
        self.ensure_one()
        if self.document == "selectable":
            return partner._l10n_cl_derived_document()
        return self.document

    def _codes(self, document):
        """SII type of a derived document: 33 or 34, 39 or 41."""
        self.ensure_one()
        kind = kinds.of(TipoDte.FACTURA if document == "invoice" else TipoDte.BOLETA)
        return kind.twin if self.vat_exempt else kind.code


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_cl_emission_policy_id = fields.Many2one(
        "l10n_cl.emission.policy",
        "Emission policy",
        check_company=True,
        groups=INTERNAL,
        help="For what is paid and has no policy of its own.",
    )

    def _l10n_cl_emits_on_payment(self):
        """Whether this company is set up as issuer and not paused (its SII integration is on)."""
        self.ensure_one()
        issuer = self.l10n_cl_issuer_id.sudo()
        return bool(issuer) and not issuer.missing and issuer._emits()
