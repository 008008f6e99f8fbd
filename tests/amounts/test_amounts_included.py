"""Prices with VAT that come to fractions of pesos: ledger and document take the same net amount
out of their sum (PROTOCOL 5.6)."""

from ..boleta_case import BoletaCase
from .random_documents import RandomDocuments

# (price, quantity, discount in percent) of lines whose VAT, rounded by itself, is a peso more or
# less than what the net amount leaves of the total; and that net amount
CARTS = [
    ([(13345, 12, 99), (-953, 1, 0)], 545),
    ([(2860, 7.232, 0), (-7077, 1, 0)], 11434),
    ([(7587, 1, 0), (17033, 17, 33.33)], 168603),
    ([(7928, 8, -10), (7276, 5.221, 0), (-5292, 1, 0)], 86103),
    ([(4511.69, 19, 0), (14930, 9, 0), (-127914, 1, 0)], 77461),
    ([(6317.84, 9, 0), (18661, 1, 0), (19033, 14, 0), (-184525, 1, 0)], 132318),
    (
        [(7356, 3, 0), (10195, 6.195, 99), (11025, 1, 0), (1999.37, 1, 12.5), (4519.14, 3, 0)],
        41203,
    ),
    (
        [
            *[(5576.62, 8.496, 0), (1869.14, 5.52, 12.5), (13001, 1, 33.33), (10540, 20, 0)],
            *[(7726.25, 5.464, 0), (19460, 1.517, 5), (2624.15, 4.504, 12.5)],
        ],
        299561,
    ),
    (
        [
            *[(15040, 15, 99), (1867, 7, 5), (1279, 4.746, 99), (13176, 15, -10)],
            *[(-75554, 1, 0)],
        ],
        131582,
    ),
    (
        [
            *[(2115.19, 12, 0), (6715, 1, 12.5), (12740, 1, 0), (1096.87, 1, -10)],
            *[(10078, 1, 12.5)],
        ],
        45397,
    ),
]


class TestAmountsIncluded(RandomDocuments, BoletaCase):
    def lines(self, cart):
        return [
            {
                "price_unit": price,
                "quantity": quantity,
                "discount": discount,
                "tax_ids": self.included.ids,
            }
            for price, quantity, discount in cart
        ]

    def moves(self, **values):
        return [self.post(lines=self.lines(cart), **values) for cart, _net in CARTS]

    def assert_nets(self, moves):
        for move, (cart, net) in zip(moves, CARTS, strict=True):
            with self.subTest(cart=cart):
                self.assertEqual(move.amount_untaxed, net)
                self.assert_same_everywhere(move)

    def test_boletas(self):
        moves = self.moves(code=39, partner_id=self.nobody.id)
        self.assert_nets(moves)
        self.assert_without_objection(self.env["account.move"].union(*moves))

    def test_boletas_rounded_line_by_line(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        for move in self.moves(code=39, partner_id=self.nobody.id):
            self.assert_same_everywhere(move)

    def test_invoices(self):
        self.assert_nets(self.moves())

    def test_gross_invoices_and_their_notes(self):
        self.company_data["default_journal_sale"].l10n_cl_gross = True
        moves = self.moves()
        self.assert_nets(moves)
        for move in moves:
            note = move._reverse_moves([{"l10n_latam_document_type_id": self.document_type(61).id}])
            self.assertEqual(note.amount_untaxed, move.amount_untaxed)
            self.assertEqual(note.amount_tax, move.amount_tax)

    def test_with_exempt_lines(self):
        for cart, net in CARTS:
            lines = [*self.lines(cart), {"price_unit": 990, "tax_ids": False}]
            move = self.post(code=39, partner_id=self.nobody.id, lines=lines)
            self.assertEqual(self.amount(move, "MntNeto"), net)
            self.assertEqual(self.amount(move, "MntExe"), 990)
            self.assert_same_everywhere(move)

    def test_drafts_that_were_booked_by_other_sums(self):
        """By Odoo's, before, or by hand: they are booked again, as it is done without VAT."""
        move = self.draft(
            code=39,
            partner_id=self.nobody.id,
            lines=self.lines([(13345, 12, 99), (-953, 1, 0)]),
        )
        vat = move.line_ids.filtered("tax_line_id")
        sold = move.line_ids.filtered(lambda line: line.display_type == "product")[0]
        for line, pesos in ((sold, 1), (vat, -1)):
            self.env.cr.execute(
                "UPDATE account_move_line SET balance = balance + %s, amount_currency = "
                "amount_currency + %s, credit = credit - %s WHERE id = %s",
                [pesos, pesos, pesos, line.id],
            )
        self.env.invalidate_all()
        move.action_post()
        self.assertEqual((move.amount_untaxed, move.amount_tax), (545, 103))
        self.assert_same_everywhere(move)
