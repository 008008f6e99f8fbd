"""Lines of a note against those of its original, matched by their names.

note, original: sii.Document.
"""

from collections import defaultdict
from decimal import Decimal


def repeats(note, original):
    """Whether the note has the lines and the total of the original."""
    if note.totals.total != original.totals.total:
        return False
    return not _comparable(note, original) or _lines(note) == _lines(original)


def longer_lines(note, original):
    """Names of lines whose quantities in the note add up to more than in the original.

    Lines that the original does not have are not compared.
    """
    held = _quantities(original)
    return [
        name
        for name, quantity in _quantities(note).items()
        if name in held and quantity > held[name]
    ]


def dearer_lines(note, original):
    """Names of lines whose amount for one is above that of the original, by more than rounding."""
    held = _amounts_for_one(original) if _comparable(note, original) else {}
    return [
        line.name
        for line in note.lines
        if line.name in held and line.quantity and line.amount > held[line.name] * line.quantity + 1
    ]


def _comparable(note, original):
    """Amounts with VAT, as those of a boleta, cannot be compared with amounts without."""
    return note.gross == original.gross


def _lines(document):
    return [(line.name, line.quantity, line.amount) for line in document.lines]


def _quantities(document):
    found = defaultdict(Decimal)
    for line in document.lines:
        found[line.name] += line.quantity or 0
    return found


def _amounts_for_one(document):
    found = {}
    for line in document.lines:
        if line.quantity:
            one = line.amount / line.quantity
            found[line.name] = max(one, found.get(line.name, one))
    return found
