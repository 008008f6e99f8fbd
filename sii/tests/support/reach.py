"""What the schemas refuse in a value while no rule of ours does, in every field of a document.

Walks the fields as they are declared, so that a field to come is walked too.
"""

import dataclasses
import sys
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

import boletas
import wide

from sii import document, rules
from sii.clock import CHILE
from sii.codes import TpoMov
from sii.dte import issue as dte
from sii.dte.caf import Caf
from sii.signature.signer import Signer
from sii.text import encode
from sii.xml import boleta, factura
from sii.xml.schema import SchemaSet

EXAMPLES = {**wide.EXAMPLES, **{str(kind): make for kind, make in boletas.ALL.items()}}
AT = datetime(2026, 3, 9, 21, 30, 5, tzinfo=CHILE)

_INTEGERS = [
    *(-(10**18), -(10**18) + 1, -(10**10), -1, 0, 1, 60, 101, 1000),
    *(10**n + off for n in (5, 6, 9, 10, 12, 14, 18) for off in (-1, 0)),
]
_STEPS = [Decimal(1).scaleb(-n) for n in (2, 4, 6, 7)]
_DECIMALS = [
    *map(Decimal, ("-1", "0", "0.004", "19", "100", "999.99", "1E+20")),
    *_STEPS,
    *(Decimal(most) - step for most in (101, 1001) for step in _STEPS),
    *(Decimal(10) ** n - step for n in (6, 12, 14, 18) for step in (Decimal(0), *_STEPS)),
]
_DATES = [date(*each) for each in ((1999, 12, 31), (2000, 1, 1), (2002, 7, 31), (2002, 8, 1))]
_DATES += [date(*each) for each in ((2003, 3, 31), (2003, 4, 1), (2050, 12, 31), (2051, 1, 1))]
_MOMENTS = [datetime(each.year, each.month, each.day, 23, 59, 59) for each in _DATES]
_TEXTS = ["", " ", "x", "0", "x" * 5, "9" * 11, "9" * 19, "x y " * 30, "ñ" * 2000, "x\ny"]
_VALUES = {
    int: _INTEGERS,
    Decimal: _DECIMALS,
    date: _DATES,
    datetime: _MOMENTS,
    str: _TEXTS,
    bool: [True, False],
}
_SAMPLES = {
    document.Adjustment: [document.Adjustment(1, Decimal(10))],
    document.ForeignLine: [document.ForeignLine(Decimal(1), "USD", Decimal(1), Decimal(900))],
    document.ForeignTotals: [document.ForeignTotals("DOLAR USA", Decimal(900), Decimal(1))],
    document.GlobalAdjustment: [
        document.GlobalAdjustment(movement, "Feria", percent=Decimal(10)) for movement in TpoMov
    ],
    document.Instalment: [document.Instalment(date(2026, 4, 8), 1000)],
    document.ItemCode: [document.ItemCode("INT1", "C-1")],
    document.Reference: [document.Reference("801", "7", date(2026, 3, 2))],
    document.TaxTotal: [document.TaxTotal(24, 100, Decimal("31.5"))],
    document.Transport: [wide.TRANSPORT],
}


def _values(hint) -> list:
    """What a field of this type is tried with."""
    found = []
    for each in typing.get_args(hint) if _is_optional(hint) else (hint,):
        if isinstance(each, type) and issubclass(each, IntEnum | StrEnum):
            found += each
        elif typing.get_origin(each) is tuple:
            found += [(value,) for value in _VALUES.get(typing.get_args(each)[0], [])]
        else:
            found += _VALUES.get(each, [None] if each is types.NoneType else [])
    return found


def _is_optional(hint) -> bool:
    return isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union


def _samples(hint) -> list:
    """A value for a field of this type that is empty in an example."""
    args = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return [tuple(_SAMPLES.get(args[0], []))]
    return [sample for each in args for sample in _SAMPLES.get(each, [])]


def _changed(part, where: str = ""):
    """(place, a copy of a dataclass with one other value) of each field within."""
    hints = typing.get_type_hints(type(part), vars(sys.modules[type(part).__module__]))
    for field in dataclasses.fields(part):
        value, hint, place = getattr(part, field.name), hints[field.name], f"{where}{field.name}"
        if place == "kind":
            continue
        changes = [(place, each) for each in _values(hint)]
        for full in [value] if value else _samples(hint):
            changes += _changed_within(full, place)
        for inside, each in changes:
            yield inside, dataclasses.replace(part, **{field.name: each})


def _changed_within(value, place: str):
    if dataclasses.is_dataclass(value):
        yield from _changed(value, f"{place}.")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if dataclasses.is_dataclass(item):
                for inside, changed in _changed(item, f"{place}[{index}]."):
                    yield inside, (*value[:index], changed, *value[index + 1 :])


def _is_named(place: str, problems) -> bool:
    """Whether a problem is of this very field, of a part of it, or of what holds it."""
    whole = place.rpartition(".")[0]
    return any(
        problem.where.startswith(place) or whole and problem.where == whole for problem in problems
    )


def silent(example: document.Document, caf: Caf, signer: Signer, schemas: SchemaSet):
    """How many values were tried, and (place, value, the schema's problems) of those that a schema
    alone refuses."""
    signed = dte.issue(example, 7, caf, signer, AT)
    signature = signed.xml[signed.xml.index(b"<Signature") :]
    writer = boleta if example.traits.is_boleta else factura
    found, tried = set(), 0
    for place, changed in _changed(example):
        problems, tried = rules.check(changed), tried + 1
        if _is_named(place, problems):
            continue
        text = writer.build(changed, 7, signed.ted, AT).removesuffix("</DTE>")
        if refused := schemas.validate(encode(text) + signature):
            data = refused[0].data
            found.add((place, data["value"][:20], data["detail"][:100]))
    return tried, sorted(found)
