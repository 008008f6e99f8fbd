from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...sii.document.taxes import SLAUGHTER, TAXES
from ...sii.document.vat import VAT_RATE
from ..taxpayer.account_tax import VAT

# VAT that the supplier collects in advance: a credit against the VAT of sales.
_ADVANCED_VAT = (SLAUGHTER, 18, 19)


class ReceivedDte(models.Model):
    """The taxes of a supplier's document in our books."""

    _inherit = "l10n_cl.received.dte"

    bill_lost = fields.Char("Taxes without a tax of ours", readonly=True)

    def _known_taxes(self, document):
        """SII code -> tax of our books at the document's rate.

        An archived one is made usable: what the supplier charged is no expense for its being
        archived. Not so of VAT, of which people set by hand what is used.
        """
        vat_rate = document.totals.vat_rate or VAT_RATE
        rates = {}
        for stated in document.totals.taxes:
            own = TAXES.get(stated.code)
            if rate := stated.rate or (own and own.rate_at(vat_rate)):
                rates[stated.code] = rate
        if document.totals.vat:
            rates[VAT] = vat_rate
        default = self.company_id.account_purchase_tax_id.filtered("active")
        known = {}
        for tax in default + self._purchase_taxes(list(rates)):
            code = tax.l10n_cl_sii_code
            if code in rates and tax._l10n_cl_rate() == rates[code].normalize():
                known.setdefault(code, tax)
        if document.totals.vat and VAT not in known:
            raise UserError(
                self.env._(
                    "There is no purchase tax of %(rate)s%% with SII code 14 (VAT): create one "
                    "under Invoicing > Configuration > Taxes.",
                    rate=rates[VAT],
                )
            )
        return known

    def _purchase_taxes(self, codes):
        """Percentages by SII code, those in use first; archived ones only of additional taxes."""
        taxes = self.env["account.tax"].with_context(active_test=False)
        found = taxes.search(
            [
                *taxes._check_company_domain(self.company_id),
                ("type_tax_use", "=", "purchase"),
                ("l10n_cl_sii_code", "in", codes),
                ("amount_type", "=", "percent"),
                ("price_include", "=", False),
                "|",
                ("active", "=", True),
                ("l10n_cl_sii_code", "!=", VAT),
            ]
        )
        return found.sorted(lambda tax: not tax.active)

    def _use_taxes(self, taxes):
        """Make usable what is archived, and note it."""
        archived = taxes.filtered(lambda tax: not tax.active)
        if archived:
            archived.active = True
            self._note(
                self.env._(
                    "Taxes that were archived are in use from now on, as the supplier charges "
                    "them: %s.",
                    ", ".join(archived.mapped("name")),
                )
            )

    def _account_of(self, code):
        """Where an additional tax goes whose base the books cannot compute; may be empty."""
        family = _ADVANCED_VAT if code in _ADVANCED_VAT else (code,)
        taxes = self._purchase_taxes(family).sorted(lambda tax: tax.l10n_cl_sii_code != code)
        kind = "refund" if self.bill_id.move_type == "in_refund" else "invoice"
        rows = taxes.repartition_line_ids.filtered(
            lambda row: row.repartition_type == "tax" and row.document_type == kind
        )
        return rows.account_id[:1]

    def _note_lost(self, lines):
        """Note which taxes of the document became plain lines of the bill. lines: (name, pesos)."""
        stated = ", ".join(f"{name} {amount:,.0f}" for name, amount in lines)
        self.bill_lost = stated and self.env._(
            "No purchase tax of the books has these codes of the SII, so they go where the line's "
            "account says: %s. Whatever of them is no expense, give its own account.",
            stated,
        )

    def _match_taxes(self, document):
        """Pesos of rounding: each tax of the bill becomes what the document states."""
        wanted = {tax.code: tax.amount for tax in document.totals.taxes}
        if document.totals.vat:
            wanted[VAT] = document.totals.vat
        bill = self.bill_id
        updates = []
        for line in bill.line_ids.filtered("tax_line_id"):
            code = line.tax_line_id.l10n_cl_sii_code
            off = wanted.get(code, abs(line.balance)) - abs(line.balance)
            if off and abs(off) <= len(bill.invoice_line_ids):
                sign = 1 if line.balance > 0 else -1
                updates.append(
                    Command.update(line.id, {"amount_currency": line.amount_currency + sign * off})
                )
        if updates:
            bill.write({"line_ids": updates})
