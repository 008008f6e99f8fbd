"""Order, presence and form of elements, for documents whose official schema is not at hand.

A part is written as its children in order: ``Name[occurrence]:form`` where the occurrence is
nothing (once), ``?`` (at most once), ``*n`` (up to n) or ``+n`` (1 to n), and the form is

* ``@Part`` another part; ``&`` a signature, ``#`` anything at all;
* ``aN`` text of 1 to N characters, ``nN`` a whole number of up to N digits;
* ``m`` pesos, ``v`` pesos with a sign, ``dA.B`` a positive decimal, ``p`` a percentage;
* ``rut``, ``date``, ``time`` (a timestamp), ``month``, ``b64``;
* ``{x,y}`` one of these.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

SII = "http://www.sii.cl/SiiDte"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
_FIELD = re.compile(r"(\w+)([?]|[*+]\d+)?:(\S+)")
_DAY = r"20[0-5]\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_FORMS = {
    "m": r"\d{1,18}",
    "v": r"-?\d{1,18}",
    "p": r"\d{1,3}(\.\d{1,2})?",
    "rut": r"\d{1,8}-[\dK]",
    "date": _DAY,
    "time": _DAY + r"T([01]\d|2[0-3])(:[0-5]\d){2}",
    "month": r"20\d\d-(0[1-9]|1[0-2])",
    "b64": r"[A-Za-z0-9+/=\s]+",
}


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    least: int
    most: int
    form: str


def _field(text: str) -> _Field:
    name, occurs, form = _FIELD.fullmatch(text).groups()
    least, most = 1, 1
    if occurs == "?":
        least = 0
    elif occurs:
        least, most = int(occurs[0] == "+"), int(occurs[1:])
    return _Field(name, least, most, form)


class Grammar:
    """:param parts: the children of each part; :param attributes: those each part must carry,
    with their one value, or '' for any name."""

    def __init__(self, parts: Mapping[str, str], attributes: Mapping[str, Mapping[str, str]]):
        self._parts = {name: [_field(f) for f in text.split()] for name, text in parts.items()}
        self._attributes = attributes

    def errors(self, root: etree._Element) -> list[str]:
        """Messages like those of the SII's Oracle parser (PROTOCOL 2.3); [] when it conforms."""
        names = [element.get("ID") for element in root.iter("*") if element.get("ID")]
        repeated = [f"LSX-00265: ID '{name}' repeated" for name in names if names.count(name) > 1]
        return self._part(root, etree.QName(root).localname) + repeated

    def _part(self, element: etree._Element, part: str) -> list[str]:
        errors = _attribute_errors(element, self._attributes.get(part, {}))
        children = list(element.iterchildren("*"))
        for field in self._parts[part]:
            space = DSIG if field.form == "&" else SII
            found = 0
            while children and children[0].tag == f"{{{space}}}{field.name}":
                errors += self._value(children.pop(0), field)
                found += 1
            if not field.least <= found <= field.most:
                errors.append(
                    f"LSX-00213: only {found} occurrences of particle '{field.name}' in {part}, "
                    f"{field.least} to {field.most} allowed (line {element.sourceline})"
                )
        errors += [
            f"LSX-00204: extra data at element '{etree.QName(child).localname}' in {part} "
            f"(line {child.sourceline})"
            for child in children[:1]
        ]
        return errors

    def _value(self, element: etree._Element, field: _Field) -> list[str]:
        if field.form in ("&", "#"):
            return []
        if field.form.startswith("@"):
            return self._part(element, field.form[1:])
        text = (element.text or "").strip()
        if len(element) == 0 and re.fullmatch(_pattern(field.form), text):
            return []
        return [
            f"LSX-00291: value '{text[:60]}' of '{field.name}' is not allowed "
            f"(line {element.sourceline})"
        ]


def _pattern(form: str) -> str:
    if form.startswith("{"):
        return "|".join(map(re.escape, form[1:-1].split(",")))
    if form[0] == "a" and form[1:].isdecimal():
        return rf"[\s\S]{{1,{form[1:]}}}"
    if form[0] == "n" and form[1:].isdecimal():
        return rf"\d{{1,{form[1:]}}}"
    if form[0] == "d" and "." in form:
        whole, places = form[1:].split(".")
        return rf"(?=.*[1-9])\d{{1,{whole}}}(\.\d{{1,{places}}})?"
    return _FORMS[form]


def _attribute_errors(element: etree._Element, expected: Mapping[str, str]) -> list[str]:
    return [
        f"LSX-00265: attribute '{name}' of '{etree.QName(element).localname}' is wrong"
        for name, value in expected.items()
        if not element.get(name) or (value and element.get(name) != value)
    ]
