from odoo import Command, models
from odoo.exceptions import UserError

from ..sii import rut
from .base_access import EMITTER, VIEWER, entry

_REFUNDS = (60, 61, 112)


class RcvEntry(models.Model):
    """What a person does about a difference, in one click."""

    _inherit = "l10n_cl.rcv.entry"

    @entry("read", VIEWER)
    def action_open_move(self):
        """Button: the invoice or bill."""
        return self.move_id._get_records_action()

    @entry("read", VIEWER)
    def action_match(self):
        """Button: look at Odoo's books again."""
        self._match(self.ids)

    @entry("read", EMITTER)
    def action_create_bill(self):
        """Button: a draft bill of what the register tells; from the XML when it has come."""
        self.ensure_one()
        if self.issue_type != "received" or self.move_id or self.is_summary:
            raise UserError(self.env._("Only a received document without a bill can get one."))
        received = self._received_document()
        if received:
            return received._get_records_action()
        bill = self.env["account.move"].with_company(self.company_id).create(self._bill_values())
        self.sudo()._match(self.ids)
        return bill._get_records_action()

    def _received_document(self):
        return self.env["l10n_cl.received.dte"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("issuer_rut", "=", self.counterpart_rut),
                ("document_code", "=", self.document_type),
                ("folio", "=", int(self.number) if self.number.isdecimal() else 0),
            ],
            limit=1,
        )

    def _bill_values(self):
        partner = self.partner_id or self._create_partner()
        type_ = self.document_type_id
        if self.is_services_invoice:
            chile = ("country_id.code", "=", "CL")
            type_ = type_.search([("code", "=", "71"), chile], limit=1)
        return {
            "move_type": "in_refund" if self.document_type in _REFUNDS else "in_invoice",
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
        net, exempt = self.net_amount or 0, self.exempt_amount or 0
        vat = round(net * usual.amount / 100)
        taxes = usual if self.vat_amount and abs(self.vat_amount - vat) <= 1 else none
        total = net + exempt if self.is_services_invoice else self.total_amount or 0
        rest = total - net - exempt - (vat if taxes else 0)
        return [
            (self.display_name, net, taxes),
            (self.display_name, exempt, none),
            (self.env._("Other taxes"), rest, none),
        ]

    def _create_partner(self):
        if not rut.is_valid(self.counterpart_rut or ""):
            raise UserError(
                self.env._("%s is not a valid RUT: enter the bill by hand.", self.counterpart_rut)
            )
        return self.env["res.partner"].create(
            {
                "name": self.counterpart_name or self.counterpart_rut,
                "is_company": True,
                "country_id": self.env.ref("base.cl").id,
                "l10n_latam_identification_type_id": self.env.ref("l10n_cl.it_RUT").id,
                "vat": self.counterpart_rut,
                "l10n_cl_sii_taxpayer_type": "2" if self.is_services_invoice else "1",
            }
        )

    def _ignore(self, reason):
        """Take a difference from the lists; None puts it back. Nothing else of an entry is ours."""
        self.check_access("read")
        self.sudo().write({"ignored_because": reason})
        self._match(self.ids)

    @entry("read", EMITTER)
    def action_ignore(self):
        """Button: ask why."""
        wizard = self.env["l10n_cl.rcv.ignore"].create({"entry_ids": self.ids})
        return wizard._get_records_action(name=self.env._("Ignore"), target="new")

    @entry("read", EMITTER)
    def action_heed(self):
        """Button: not ignored any more."""
        self._ignore(None)
