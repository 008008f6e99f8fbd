from decimal import ROUND_HALF_UP, Decimal

from odoo import models

from ..sii.amounts import half_up, percent_of
from ..sii.codes import EXEMPT_KINDS, IndExe, TpoMov
from ..sii.document import Adjustment, GlobalAdjustment, Totals

# SII code of VAT on account.tax (l10n_cl)
VAT = 14
_SIX_DECIMALS = Decimal("0.000001")


def _pesos(amount):
    """Odoo keeps whole pesos as floats."""
    return half_up(Decimal(repr(amount)))


class AccountMove(models.Model):
    """Rows of Odoo's tax engine become amounts of a tax document, in pesos, never re-multiplied."""

    _inherit = "account.move"

    def _l10n_cl_base_lines(self):
        base_lines, _tax_lines = self._get_rounded_base_and_tax_lines()
        return base_lines

    def _l10n_cl_line_net(self, base_line):
        """What a line adds to the untaxed amount, negative for a discount line."""
        details = base_line["tax_details"]
        return _pesos(details["total_excluded"] + details["delta_total_excluded"])

    def _l10n_cl_is_affected(self, base_line):
        return VAT in base_line["tax_ids"].mapped("l10n_cl_sii_code")

    def _l10n_cl_ind_exe(self, base_line, kind):
        """A wholly exempt document does not mark its lines (PROTOCOL 5.5)."""
        if kind in EXEMPT_KINDS or self._l10n_cl_is_affected(base_line):
            return None
        return IndExe.EXEMPT

    def _l10n_cl_price(self, base_line, amount):
        """Unit price before discount, and the discount, that come to ``amount``.

        A price of 0 must not appear at all (PROTOCOL 5.3).
        """
        quantity = self._l10n_cl_quantity(base_line)
        discount = Decimal(repr(base_line["discount"]))
        price = self._l10n_cl_price_before_discount(base_line, quantity, discount)
        if not discount and half_up(price * quantity) != amount and quantity:
            price = self._l10n_cl_six(Decimal(amount) / quantity)
        gross = half_up(price * quantity)
        if not price or gross == amount:
            return price or None, None
        # The engine rounds the net amount, the SII the discount: a percentage that would give
        # another peso is left out, the amount counts.
        agrees = percent_of(gross, discount) == gross - amount
        return price, Adjustment(gross - amount, discount if agrees else None)

    def _l10n_cl_price_before_discount(self, base_line, quantity, discount):
        if not quantity or discount >= 100:
            rate = Decimal(repr(base_line["rate"] or 1.0))
            return self._l10n_cl_six(Decimal(repr(base_line["price_unit"])) / rate)
        net = Decimal(repr(base_line["tax_details"]["raw_total_excluded"]))
        return self._l10n_cl_six(net / quantity / (1 - discount / 100))

    def _l10n_cl_quantity(self, base_line):
        """Quantity with the six decimals that the SII reads."""
        return self._l10n_cl_six(Decimal(repr(base_line["quantity"])))

    def _l10n_cl_six(self, value):
        return value.quantize(_SIX_DECIMALS, rounding=ROUND_HALF_UP).normalize()

    def _l10n_cl_adjustments(self, base_lines, kind):
        """Negative lines are global discounts, as the printed document shows them."""
        return tuple(
            GlobalAdjustment(
                TpoMov.DISCOUNT,
                reason=(base_line["name"] or "")[:45],
                amount=-amount,
                exempt=bool(self._l10n_cl_ind_exe(base_line, kind)),
            )
            for base_line in base_lines
            if (amount := self._l10n_cl_line_net(base_line)) < 0
        )

    def _l10n_cl_totals(self, base_lines):
        net = exempt = vat = 0
        rate = None
        for base_line in base_lines:
            if self._l10n_cl_is_affected(base_line):
                net += self._l10n_cl_line_net(base_line)
            else:
                exempt += self._l10n_cl_line_net(base_line)
            for tax_data in base_line["tax_details"]["taxes_data"]:
                if tax_data["tax"].l10n_cl_sii_code == VAT:
                    vat += _pesos(tax_data["tax_amount"])
                    rate = Decimal(repr(tax_data["tax"].amount)).normalize()
        if rate is None:
            return Totals(total=exempt, exempt=exempt)
        return Totals(
            total=net + exempt + vat, net=net, exempt=exempt or None, vat_rate=rate, vat=vat
        )

    def _l10n_cl_unsupported(self):
        """Obstacles: what an invoice may hold and this addon does not emit yet."""
        taxes = self.invoice_line_ids.tax_ids.flatten_taxes_hierarchy()
        return [
            (self.env._("The tax %s cannot be emitted in a tax document yet.", tax.name), tax)
            for tax in taxes
            if tax.l10n_cl_sii_code != VAT and tax.amount
        ]
