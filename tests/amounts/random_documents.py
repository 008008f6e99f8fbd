"""Documents of every mixture that people make, from a seed."""

import random
from datetime import timedelta

from ...sii.clock import today
from ..boleta_case import BoletaCase
from ..common import COMPANY_RUT
from .amounts_case import AmountsCase

DAYS = 4
_DISCOUNTS = (0, 0, 0, 5, 12.5, 33.33, 99, -10)


class RandomDocuments(AmountsCase, BoletaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("uom.decimal_product_uom").digits = 3
        cls.uf, cls.dollar = cls.env.ref("l10n_cl.UF"), cls.env.ref("base.USD")
        (cls.uf | cls.dollar).active = True
        cls.included = cls.vat.copy(
            {"name": "IVA incluido", "price_include_override": "tax_included"}
        )
        cls.taxed = {
            "vat": cls.vat,
            "exempt": cls.vat.browse(),
            "spirits": cls.vat + cls.tax(24, 31.5),
            "sugar": cls.vat + cls.tax(271, 18),
            "included": cls.included,
        }

    def documents(self, seed, count):
        """Posted documents, as many as that; the rates of the days move all the time."""
        self.chance = random.Random(seed)
        self.cafs |= {code: self.load_caf(code, count + 100) for code in (33, 39)}
        moves = self.env["account.move"]
        for number in range(count):
            if number % 5 == 0:
                self._rates_of_the_days()
            move = self._random_draft()
            with self.subTest(seed=seed, lines=self._shown(move)):
                move.action_post()
                moves |= move
        return moves

    def _shown(self, move):
        return [
            (line.price_unit, line.quantity, line.discount, line.tax_ids.mapped("name"))
            for line in move.invoice_line_ids
        ]

    def _rates_of_the_days(self):
        (self.uf | self.dollar).rate_ids.unlink()
        ranges = {self.uf: (38000, 41000), self.dollar: (850, 1050)}
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": currency.id,
                    "company_id": self.company.id,
                    "name": today() - timedelta(days=back),
                    "inverse_company_rate": round(self.chance.uniform(*span), 2),
                }
                for currency, span in ranges.items()
                for back in range(DAYS)
            ]
        )

    def _random_draft(self):
        """Drafted on some day, at its rates; confirmed today, at today's."""
        chance = self.chance
        boleta = chance.random() < 0.2
        currency = self.env.company.currency_id
        if not boleta and chance.random() < 0.3:
            currency = chance.choice((self.uf, self.dollar))
        lines = self._random_lines(boleta, currency)
        values = {"partner_id": self.nobody.id} if boleta else {}
        move = self.draft(
            code=39 if boleta else 33,
            lines=lines,
            currency_id=currency.id,
            invoice_date=today() - timedelta(days=chance.randrange(DAYS)),
            **values,
        )
        move.invoice_date = today()
        return move

    def _random_lines(self, boleta, currency):
        chance = self.chance
        if boleta:
            kinds = chance.choice([["vat"], ["included"]])
        else:
            kinds = chance.choice(
                [["vat"], ["vat", "exempt"], ["included"], ["vat", "included", "exempt"]]
                + [["vat", "spirits", "sugar", "exempt"]]
            )
        lines = [
            self._random_line(kind, boleta, currency)
            for kind in [kinds[0], *chance.choices(kinds, k=chance.randrange(7))]
        ]
        # an advance that is taken off, or a discount over all, of the first kind of tax
        alike = len({*kinds} - {"exempt"}) == 1
        if alike and chance.random() < 0.35:
            sold = sum(
                line["price_unit"] * line["quantity"] * (1 - line["discount"] / 100)
                for line in lines
                if line["tax_ids"] == self.taxed[kinds[0]].ids
            )
            part = round(sold * chance.uniform(0.01, 0.6), currency.decimal_places)
            if part:
                taken = {"name": "Anticipo", "price_unit": -part, "discount": 0, "quantity": 1}
                lines.append({**taken, "tax_ids": self.taxed[kinds[0]].ids})
        return lines

    def _random_line(self, kind, boleta, currency):
        chance = self.chance
        if currency == self.uf:
            price = round(chance.uniform(0.05, 60), 4)
        elif currency == self.dollar:
            price = round(chance.uniform(0.5, 2000), 2)
        else:
            most = 20_000 if boleta else 900_000
            price = chance.choice([chance.randint(1, most), round(chance.uniform(1, 9999), 2)])
        return {
            "price_unit": price,
            "quantity": chance.choice(
                [1, chance.randint(1, 20), round(chance.uniform(0.05, 9), 3)]
            ),
            "discount": chance.choice(_DISCOUNTS),
            "tax_ids": self.taxed[kind].ids,
        }

    def assert_without_objection(self, moves):
        """Ledger, XML and print agree, and the strict SII accepts each without a word."""
        for _run in range(len(moves)):
            if set(moves.l10n_cl_dte_id.mapped("state")) <= {"accepted", "objected", "rejected"}:
                break
            self.run_crons()
        for move in moves:
            with self.subTest(lines=self._shown(move), currency=move.currency_id.name):
                document = move.l10n_cl_dte_id
                held = self.sii.documents(COMPANY_RUT, document.document_code, document.folio)
                self.assertEqual(document.state, "accepted", held)
                self.assert_same_everywhere(move)
