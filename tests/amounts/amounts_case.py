"""Invoices whose amounts must be the same in the XML, on paper and in the ledger."""

import base64
from decimal import Decimal

from lxml import etree

from ..common import SiiCase

NS = {"s": "http://www.sii.cl/SiiDte"}


class AmountsCase(SiiCase):
    @classmethod
    def tax(cls, code, amount, **values):
        """A tax of the SII's table, as an accountant sets it up."""
        return cls.env["account.tax"].create(
            {
                "name": f"Impuesto {code} de {amount}",
                "type_tax_use": "sale",
                "amount": amount,
                "l10n_cl_sii_code": code,
                "company_id": cls.company.id,
                **values,
            }
        )

    def texts(self, move, path):
        xml = etree.fromstring(base64.b64decode(move.l10n_cl_dte_id.xml))
        return [element.text for element in xml.iterfind(f".//s:{path}", NS)]

    def amount(self, move, tag):
        return int((self.texts(move, f"Totales/s:{tag}") or ["0"])[0])

    def assert_same_everywhere(self, move):
        """Net, exempt, VAT, other taxes and total: the XML's are the ledger's and the print's."""
        printed, others = move._l10n_cl_get_amounts(), move._l10n_cl_get_withholdings()
        booked = move.line_ids.filtered("tax_line_id").grouped("tax_line_id")
        vat = sum(
            abs(sum(lines.mapped("balance")))
            for tax, lines in booked.items()
            if tax.l10n_cl_sii_code == 14
        )
        net = self.amount(move, "MntNeto")
        exempt = self.amount(move, "MntExe")
        self.assertEqual(net + exempt, round(abs(move.amount_untaxed_signed)))
        self.assertEqual(self.amount(move, "IVA"), round(vat))
        self.assertEqual(self.amount(move, "MntTotal"), round(abs(move.amount_total_signed)))
        self.assertEqual(printed["subtotal_amount_taxable"], net)
        self.assertEqual(printed["subtotal_amount_exempt"], exempt)
        self.assertEqual(printed["vat_amount"], self.amount(move, "IVA"))
        self.assertEqual(printed["total_amount"], self.amount(move, "MntTotal"))
        self.assertEqual(
            net + exempt + printed["vat_amount"] + sum(each["tax_amount"] for each in others),
            self.amount(move, "MntTotal"),
        )

    def emit(self, **values):
        """A posted invoice that the SII took without a single objection."""
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assert_same_everywhere(move)
        return move

    def assert_totals(self, move, **totals):
        for tag, amount in totals.items():
            self.assertEqual(self.texts(move, f"Totales/s:{tag}"), [str(amount)], tag)

    def retained(self, move):
        """(code, rate, pesos) of each ImptoReten."""
        rates = [Decimal(rate) for rate in self.texts(move, "TasaImp")]
        codes, amounts = self.texts(move, "TipoImp"), self.texts(move, "MontoImp")
        return [
            (int(code), rate, int(amount))
            for code, rate, amount in zip(codes, rates, amounts, strict=True)
        ]
