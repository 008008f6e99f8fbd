"""What accompanies goods on the road (Res. Ex. SII 154/2025): plates, and the express statement of
what is not known.

The format has no field for that statement: it is at the end of the first line's description
(DscItem), which every document may carry and every print shows.

>>> fold_plate("ab-cd 12")
'ABCD12'
>>> statement(["driver", "plate"])
'No se cuenta con la información de patente del vehículo, chofer.'
>>> read_statement("Rollo de 100 m. No se cuenta con la información de chofer.")
('Rollo de 100 m.', ('driver',))
"""

import re
from collections.abc import Iterable

NAMES = {
    "plate": "patente del vehículo",
    "trailer_plate": "patente del carro",
    "carrier": "transportista",
    "driver": "chofer",
    "departure": "fecha y hora de salida",
}
"""What may be stated as not known, in the words of the statement."""

_BEGINNING = "No se cuenta con la información de "
_NAME = "|".join(map(re.escape, NAMES.values()))
_STATEMENT = re.compile(rf" ?{re.escape(_BEGINNING)}((?:{_NAME})(?:, (?:{_NAME}))*)\.\Z")
_FILLING = re.compile(r"[\s\-‐-―.·•]+")
# Chile's own (AB1234, ABCD12, ABC12) and its neighbours' have five to eight signs of both sorts.
_PLATE = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{5,8}")


def fold_plate(plate: str) -> str:
    """The plate as road readers see it: capitals and digits, no blanks, hyphens or dots."""
    return _FILLING.sub("", plate).upper()


def is_plate(plate: str) -> bool:
    """Whether a folded plate can be one: five to eight letters and digits, some of both."""
    return _PLATE.fullmatch(plate) is not None


def statement(not_known: Iterable[str]) -> str:
    """The sentence that states what is not known; empty when nothing is. Its order is ours."""
    not_known = set(not_known)
    names = [name for key, name in NAMES.items() if key in not_known]
    return f"{_BEGINNING}{', '.join(names)}." if names else ""


def read_statement(description: str) -> tuple[str, tuple[str, ...]]:
    """A line's description without our statement, and what that states as not known."""
    found = _STATEMENT.search(description)
    if not found:
        return description, ()
    stated = found[1].split(", ")
    return description[: found.start()], tuple(key for key, name in NAMES.items() if name in stated)
