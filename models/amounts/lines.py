"""Detalle: what is sold, for how much (PROTOCOL 5.3, 5.6)."""

from decimal import ROUND_HALF_UP, Decimal

from ...sii import kinds
from ...sii.codes import IndExe
from ...sii.document import Adjustment, ItemCode, Line, limits
from ...sii.document.amounts import half_up, percent_of
from ...sii.document.taxes import RETENTIONS
from .amounts import decimal
from .foreign import foreign_line

_SIX_DECIMALS = Decimal("0.000001")
# People type prices with so many; what has more was computed.
_TYPED_DECIMALS = Decimal("0.0001")


def whole_words(text, length):
    """As many whole words as fit; of a first word that is longer, what fits."""
    if len(text) <= length or text[length].isspace():
        return text[:length].strip()
    head, space, _cut = text[:length].rpartition(" ")
    return head.strip() if space and head.strip() else text[:length]


def six(value):
    """A quantity or price with the six decimals that the SII reads."""
    return value.quantize(_SIX_DECIMALS, rounding=ROUND_HALF_UP).normalize()


def _agreed_price(price, quantity, amount, base_line):
    """What was typed, when it comes to the amount; else whole pesos that do; else what does."""
    typed = decimal(base_line["price_unit"]) == price == price.quantize(_TYPED_DECIMALS)
    whole = Decimal(half_up(price))
    for each in (price, whole) if typed else (whole, price):
        if half_up(each * quantity) == amount:
            return each
    return six(Decimal(amount) / quantity)


def lines_of(move, rows, kind):
    return tuple(_line_of(move, row, kind) for row in rows if not row.adjusts)


def _line_of(move, row, kind):
    line = row.base_line["record"]
    lang = move._l10n_cl_lang()
    text = (line.name or "").strip() or line.product_id.with_context(lang=lang).name or ""
    name, _newline, description = text.partition("\n")
    name = name.rstrip()
    if len(name) > limits.ITEM_NAME:  # the whole text goes on in the description
        name, description = whole_words(name, limits.ITEM_NAME), text
    code = line.product_id.default_code
    price, difference, percent = _price(row)
    adjustment = Adjustment(abs(difference), percent) if difference else None
    return Line(
        name=name,
        description=description,
        amount=row.amount,
        quantity=_quantity(row) or None,
        unit=whole_words(line.product_uom_id.with_context(lang=lang).name or "", limits.UNIT),
        unit_price=price,
        discount=adjustment if difference < 0 else None,
        surcharge=adjustment if difference > 0 else None,
        exempt=_ind_exe(row, kind),
        codes=(ItemCode("INT1", code[: limits.ITEM_CODE]),) if code else (),
        additional_taxes=row.codes,
        foreign=foreign_line(move, row),
        withheld=any(code in RETENTIONS for code in row.codes),
    )


def _ind_exe(row, kind):
    """A wholly exempt document does not mark its lines (PROTOCOL 5.5)."""
    return None if kinds.of(kind).exempt or row.affected else IndExe.EXEMPT


def _quantity(row):
    """A line that returns at a negative price sells: the document counts, it never takes."""
    return six(abs(decimal(row.base_line["quantity"])))


def _price(row):
    """Unit price before discount; what the discount (negative) or surcharge comes to; and the
    percentage it was.

    A price of 0 must not appear at all (PROTOCOL 5.3), nor that of a line of which nothing is
    sold: a quantity of 0 cannot be written, and without one a price stands for a whole one.
    """
    quantity, discount = _quantity(row), decimal(row.base_line["discount"])
    if not quantity and not row.amount + row.given:
        return None, 0, None
    price = _price_before_discount(row, quantity, discount)
    amount = row.amount + row.given
    if not discount and quantity:
        price = _agreed_price(price, quantity, amount, row.base_line)
    if not price:
        return None, 0, None
    before = half_up(price * quantity)
    difference = row.amount - before
    # The engine rounds the net amount, the SII the discount: a percentage that would give
    # another peso is left out, the amount counts.
    agrees = percent_of(before, -discount) == difference and six(discount * 100) % 1 == 0
    return price, difference, abs(discount) if agrees and discount else None


def _price_before_discount(row, quantity, discount):
    base_line = row.base_line
    if not quantity or discount >= 100:
        rate = decimal(base_line["rate"] or 1.0)
        return six(decimal(base_line["price_unit"]) / rate)
    included = "included" if row.gross and row.affected else "excluded"
    total = decimal(base_line["tax_details"][f"raw_total_{included}"])
    return six(total / quantity / (1 - discount / 100))
