"""What a document holds by a set of schemas: every element, how often, its values' edges.

Read from the schema itself, so that the document with every element in it, and the values just
inside and outside of each limit, follow every change of a schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
SII = "http://www.sii.cl/SiiDte"
_GROUPING = ("sequence", "choice", "complexType", "complexContent", "simpleContent")


@dataclass
class Shape:
    """One element: its most occurrences, the attributes it carries, its children or its facets."""

    name: str
    most: int
    children: list["Shape"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    primitive: str = ""
    facets: list[tuple[str, str]] = field(default_factory=list)

    def sample(self) -> str:
        """A value that fits."""
        wanted = dict(self.facets)
        if "enumeration" in wanted:
            return next(value for facet, value in self.facets if facet == "enumeration")
        if "pattern" in wanted:
            return "66666666-6"
        if self.primitive == "string":
            return "x" * int(wanted.get("minLength", 1))
        if self.primitive == "base64Binary":
            return "AAAA"
        if self.primitive in ("date", "time", "dateTime"):
            moment = "2026-03-09T10:00:00"
            return {"date": moment[:10], "time": moment[11:]}.get(self.primitive, moment)
        return wanted.get("minInclusive", "1")

    def edges(self) -> set[str]:
        """Values at, within and beyond each limit."""
        values = {"", " ", "x", "0", "1", "-1", "01", "1.5", "1e3", " 1 ", "2026-02-30"}
        for facet, value in self.facets:
            values.add(value)
            if facet in ("maxLength", "minLength", "length"):
                values |= {"x" * count for count in (int(value), int(value) + 1, int(value) - 1)}
            elif facet == "totalDigits":
                values |= {sign + "9" * (int(value) + extra) for extra in (0, 1) for sign in "- "}
            elif facet == "fractionDigits":
                values |= {f"1.{'1' * (int(value) + extra)}" for extra in (0, 1)}
            elif facet in ("minInclusive", "maxInclusive"):
                values |= _around(value)
            elif facet == "enumeration":
                values |= {value.lower(), f" {value}", f"{value}x", f"{value}0", f"0{value}"}
            elif facet == "pattern":
                values |= {"1-9", "1-K", "1-k", "123456789-0", "12345678-0", "1.234-5", "-1", "1-"}
        if self.primitive in ("date", "time", "dateTime"):
            values |= {"2026-03-09", "2026-03-09Z", "10:00", "24:00:00", "23:59:60", "10:00:00.5"}
            values |= {"2026-03-09T10:00:00", "2026-03-09T10:00:00Z", "2026-03-09T24:00:00"}
        if self.primitive in ("long", "unsignedLong"):
            values |= {str(2**63 + more) for more in (-1, 0)} | {str(2**64 + m) for m in (-1, 0)}
        if self.primitive == "base64Binary":
            values |= {"AAA", "AA==", "not base64!", "AA AA"}
        return values


def _around(value: str) -> set[str]:
    if value.count("-") == 2:
        year, rest = value[:4], value[4:]
        return {f"{int(year) - 1}{rest}", f"{int(year) + 1}{rest}", f"{year}-06-30{value[10:]}"}
    if ":" in value:
        return {"00:00:00", "23:59:59", "24:00:00", "-01:00:00"}
    return {str(int(float(value)) + step) for step in (-1, 0, 1)} | {f"{value}1", f"{value}.5"}


class Schemas:
    """A set of schema files, read element by element."""

    def __init__(self, files: Mapping[str, bytes], name: str):
        self._files, self._named = files, {}
        self._read(name, set())

    def _read(self, name: str, seen: set[str]) -> None:
        if name in seen:
            return
        seen.add(name)
        root = etree.fromstring(self._files[name])
        for each in root.iterchildren(f"{XS}*"):
            if each.tag == f"{XS}include":
                self._read(each.get("schemaLocation"), seen)
            elif each.get("name"):
                self._named[etree.QName(each).localname, each.get("name")] = each

    def shape(self, root: str, choice: int) -> Shape:
        """Of the element so named, taking that alternative of each choice."""
        return self._element(self._named["element", root], choice)

    def _element(self, element: etree._Element, choice: int) -> Shape:
        most = int(element.get("maxOccurs", "1"))
        if reference := element.get("ref"):
            name = _local(reference)
            if name == "Signature":
                return Shape(name, most)
            shape = self._element(self._named["element", name], choice)
            shape.most = most
            return shape
        shape = Shape(element.get("name"), most)
        self._type(element, element.get("type"), shape, choice)
        return shape

    def _type(self, holder: etree._Element, name: str | None, shape: Shape, choice: int) -> None:
        """Of an element or attribute: its type by name, or the one written inside it."""
        inner = [*holder.iterchildren(f"{XS}complexType", f"{XS}simpleType")]
        if name and name.startswith("xs:"):
            shape.primitive = shape.primitive or _local(name)
        elif name:
            local = _local(name)
            kinds = ("complexType", "simpleType")
            inner = [self._named[kind, local] for kind in kinds if (kind, local) in self._named]
        for each in inner:
            self._inside(each, shape, choice)

    def _inside(self, part: etree._Element, shape: Shape, choice: int) -> None:
        for each in part.iterchildren(f"{XS}*"):
            kind = etree.QName(each).localname
            if kind == "element":
                shape.children.append(self._element(each, choice))
            elif kind == "group":
                self._inside(self._named["group", _local(each.get("ref"))], shape, choice)
            elif kind == "attribute":
                value = Shape("", 1)
                self._type(each, each.get("type"), value, choice)
                fixed = each.get("fixed") or (each.get("name") == "ID" and "F1") or value.sample()
                shape.attributes[each.get("name")] = fixed
            elif kind in ("restriction", "extension"):
                shape.facets += [
                    (etree.QName(facet).localname, facet.get("value"))
                    for facet in each.iterchildren(f"{XS}*")
                    if facet.get("value") is not None
                ]
                self._type(each, each.get("base"), shape, choice)
                self._inside(each, shape, choice)
            elif kind == "choice":
                alternatives = [*each.iterchildren(f"{XS}element", f"{XS}sequence")]
                taken = alternatives[choice % len(alternatives)]
                if taken.tag == f"{XS}element":
                    shape.children.append(self._element(taken, choice))
                else:
                    self._inside(taken, shape, choice)
            elif kind in _GROUPING:
                self._inside(each, shape, choice)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def build(shape: Shape, signature: etree._Element) -> etree._Element:
    """A document with each element of the shape once."""
    if shape.name == "Signature":
        return etree.fromstring(etree.tostring(signature))
    element = etree.Element(f"{{{SII}}}{shape.name}", nsmap={None: SII})
    for name, value in shape.attributes.items():
        element.set(name, value)
    if not shape.children:
        element.text = shape.sample()
    element.extend(build(child, signature) for child in shape.children)
    return element


def leaves(shape: Shape, path: str = "") -> dict[str, Shape]:
    """Every element by its path of names."""
    here = f"{path}/{shape.name}"
    found = {here: shape}
    for child in shape.children:
        found |= leaves(child, here)
    return found
