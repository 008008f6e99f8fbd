from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.sii.certification.sets import SetKind
from odoo.addons.l10n_cl_sii.sii.document import amounts


class AccountMove(models.Model):
    """The invoice of a certification case: its texts and pesos are exactly those of the set."""

    _inherit = "account.move"

    l10n_cl_certification_case_id = fields.Many2one(
        "l10n_cl.certification.case",
        "Certification case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    l10n_cl_certification_ids = fields.Many2many(
        "l10n_cl.certification", string="Simulations", readonly=True, copy=False
    )

    @api.model
    def _l10n_cl_ours(self):
        return super()._l10n_cl_ours() | {"l10n_cl_certification_case_id"}

    def _l10n_cl_emits(self):
        """What the certification asks for is issued before the company's switch is on."""
        if super()._l10n_cl_emits():
            return True
        asked = self.sudo()
        return bool(asked.l10n_cl_certification_case_id or asked.l10n_cl_certification_ids)

    def _prepare_product_base_line_for_taxes_computation(self, product_line):
        """The SII rounds a line's discount, the engine what is left: here the SII's way counts."""
        base_line = super()._prepare_product_base_line_for_taxes_computation(product_line)
        case = self.l10n_cl_certification_case_id
        if not case:
            return base_line
        if case.set_id.kind == SetKind.BOLETA.value:
            base_line["special_mode"] = "total_included"
        if product_line.discount:
            quantity, price, percent = (
                Decimal(repr(value))
                for value in (product_line.quantity, product_line.price_unit, product_line.discount)
            )
            before = amounts.line_amount(quantity, price)
            base_line["discount"] = amounts.percent_of(before, percent) * 100 / before
        return base_line

    def _l10n_cl_content(self, kind):
        content = super()._l10n_cl_content(kind)
        case = self.l10n_cl_certification_case_id
        if not case:
            return content
        wanted = case.set_id._content(case)
        return replace(
            content,
            lines=wanted.lines,
            adjustments=wanted.adjustments,
            totals=wanted.totals,
        )
