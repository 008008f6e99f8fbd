from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from ....sii import kinds, rut
from ....sii.document.amounts import percent_of
from ...base import document_type as document_types
from ...taxpayer.account_tax import FEES


class RcvEntry(models.Model):
    """The bill of a document that only the register lists."""

    _inherit = "l10n_cl.rcv.entry"

    def _bill_values(self):
        partner = self.partner_id or self._known_partner() or self._create_partner()
        if rut.is_valid(self.counterpart_rut or ""):
            kind = "2" if self.is_services_invoice else "1"
            partner.sudo()._l10n_cl_is_taxpayer(rut.canonical(self.counterpart_rut), kind)
        type_ = self.document_type_id
        if self.is_services_invoice:
            type_ = document_types.of_code(self.env, 71)
        return {
            "move_type": "in_refund"
            if kinds.of(self.document_type).is_credit_note
            else "in_invoice",
            "partner_id": partner.id,
            "invoice_date": self.date,
            "l10n_latam_document_type_id": type_.id,
            "l10n_latam_document_number": self.number,
            "invoice_line_ids": [
                Command.create(
                    {"name": name, "price_unit": amount, "tax_ids": [Command.set(taxes.ids)]}
                )
                for name, amount, taxes in self._bill_lines()
                if amount
            ],
        }

    def _bill_lines(self):
        """(name, amount, taxes) of lines that come to the register's total.

        What is no VAT of the usual rate (other taxes, VAT without credit) is a line of its own.
        """
        none, usual = self.env["account.tax"], self.company_id.account_purchase_tax_id
        if self.is_services_invoice:
            fee = max(self.total_amount or 0, self.net_amount or 0)
            return [(self.display_name, fee, self._fee_tax(fee))]
        net, exempt = self.net_amount or 0, self.exempt_amount or 0
        vat = round(net * usual.amount / 100)
        taxes = usual if self.vat_amount and abs(self.vat_amount - vat) <= 1 else none
        rest = (self.total_amount or 0) - net - exempt - (vat if taxes else 0)
        return [
            (self.display_name, net, taxes),
            (self.display_name, exempt, none),
            (self.env._("Other taxes"), rest, none),
        ]

    def _fee_tax(self, fee):
        """The retention that the payer of a fee receipt owes, at the rate of its year."""
        taxes = self.env["account.tax"].with_context(active_test=False)
        kept = self.services_receiver_withheld_amount
        if not kept:
            return taxes
        found = taxes.search(
            [
                *taxes._check_company_domain(self.company_id),
                ("type_tax_use", "=", "purchase"),
                ("l10n_cl_sii_code", "=", FEES),
                ("amount_type", "=", "percent"),
                ("amount", "<", 0),
            ]
        )
        same = found.filtered(
            lambda tax: abs(percent_of(fee, Decimal(repr(-tax.amount))) - kept) <= 1
        )
        if not same:
            raise UserError(
                self.env._(
                    "There is no purchase tax with SII code 15 that keeps back %(rate)s%% of fees, "
                    "as the receipt says: create one under Invoicing > Configuration > Taxes.",
                    rate=f"{100 * kept / fee:.2f}",
                )
            )
        year = f"{self.date:%Y}"
        tax = same.sorted(lambda each: (year not in each.name, not each.active, each.id))[:1]
        if not tax.active:
            tax.sudo().active = True
        return tax

    def _known_partner(self):
        """The contact of the supplier that is there since the register named him."""
        number = self.counterpart_rut or ""
        if not rut.is_valid(number):
            return self.env["res.partner"]
        number = rut.canonical(number)
        found = self.env["res.partner"]._l10n_cl_of_ruts([number], self.company_id)
        return found[number][:1].commercial_partner_id if found else self.env["res.partner"]

    def _create_partner(self):
        if not rut.is_valid(self.counterpart_rut or ""):
            raise UserError(
                self.env._("%s is not a valid RUT: enter the bill by hand.", self.counterpart_rut)
            )
        return self.env["res.partner"]._l10n_cl_create_supplier(
            self.counterpart_rut,
            self.counterpart_name or self.counterpart_rut,
            l10n_cl_sii_taxpayer_type="2" if self.is_services_invoice else "1",
        )
