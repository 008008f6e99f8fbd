"""Lines of a credit note against those of its invoice: is something given back, or made cheaper?

lines, original: product lines of account.move.line.
"""

from collections import defaultdict

from odoo.tools import float_compare

_DIGITS = 6


def takes_back(lines, original):
    """Whether each line gives back, at its price, something that the invoice had."""
    lines = lines.filtered(lambda line: line.display_type == "product" and line.quantity)
    held, prices = defaultdict(float), defaultdict(list)
    for line in original.filtered(lambda line: line.display_type == "product"):
        held[_key(line)] += line.quantity
        prices[_key(line)].append(_price(line))
    for line in lines:
        held[_key(line)] -= line.quantity
        if not any(_is_same(_price(line), price) for price in prices[_key(line)]):
            return False
    return bool(lines) and all(
        float_compare(held[_key(line)], 0, precision_digits=_DIGITS) >= 0 for line in lines
    )


def _key(line):
    """What is sold: a product in a unit; the words of what is none."""
    return line.product_id.id or line.name, line.product_uom_id.id


def _price(line):
    return line.price_unit * (1 - line.discount / 100)


def _is_same(price, other):
    return not float_compare(price, other, precision_digits=_DIGITS)
