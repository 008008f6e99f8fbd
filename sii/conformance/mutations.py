"""A valid file, changed in one place in every way that a schema is there to notice."""

import copy
from collections.abc import Iterator

from lxml import etree

# Values at the edges of what the formats hold.
_VALUES = [
    *("", " ", "0", "-1", "1", "2", "3", "4", "5", "6", "7", "9", "10", "20", "21", "40", "41"),
    *("39", "100", "100.01", "99.999", "1000", "1001", "0.000001", "0.0000001", "x", "D", "R", "$"),
    *("%", "01", "+1", "1.0", "1e3", "9" * 9, "9" * 10, "9" * 11, "9" * 18, "9" * 19, "2026-02-30"),
    *("99999999999999999.9", "999999999999.999999", "1000000000000", "18446744073709551616"),
    *("66666666-6", "6666666-K", "6666666-k", "66.666.666-6", "123456789-0", "-1", "1-1"),
    *(
        "2026-03-09",
        "2026-03-09Z",
        "2026-03-09T10:00:00",
        "2026-03-09T24:00:00",
        "2010-03-09T23:59:59",
    ),
    *("2050-12-31T23:59:59", "2051-01-01T00:00:00", "SHA1withDSA", "AAAA", "AAA", "not base64!"),
    *("x" * length for length in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 18, 19, 20, 21, 30, 31, 35, 36)),
    *("x" * length for length in (40, 41, 45, 46, 70, 71, 80, 81, 90, 91, 100, 101, 1000, 1001)),
]


def mutations(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Each mutation with its name; the signatures, whose schema is another's, are left alone."""
    tree = etree.ElementTree(root)
    paths = [tree.getelementpath(each) for each in root.iter() if not _is_of_signature(each)]
    for path in paths:
        for name, change in _changes(root if path == "." else root.find(path)):
            changed = copy.deepcopy(root)
            change(changed if path == "." else changed.find(path))
            yield f"{path}: {name}", changed


def _changes(element: etree._Element) -> Iterator[tuple[str, callable]]:
    parent = element.getparent()
    if parent is not None:
        yield "removed", lambda each: each.getparent().remove(each)
        for count in (1, 2, 5, 19, 20, 39, 40):
            yield f"repeated {count}", lambda each, count=count: _repeat(each, count)
        yield "moved to the end", lambda each: each.getparent().append(each)
        yield "moved to the front", lambda each: each.getparent().insert(0, each)
        yield "renamed", lambda each: setattr(each, "tag", f"{each.tag}s")
        yield "other namespace", lambda each: setattr(each, "tag", etree.QName(each).localname)
    yield "text inside", lambda each: setattr(each, "text", "texto")
    yield "child", lambda each: etree.SubElement(each, f"{{{etree.QName(each).namespace}}}Otro")
    yield "attribute", lambda each: each.set("otro", "1")
    for attribute in element.attrib:
        yield f"without {attribute}", lambda each, name=attribute: each.attrib.pop(name)
        for value in ("", "1", "1.0", "1.00", "2.0", "a b", "7x", "SHA1withDSA"):
            yield (
                f"{attribute}={value}",
                lambda each, name=attribute, value=value: each.set(name, value),
            )
    if not len(element):
        for value in _VALUES:
            yield (
                f"={value[:20]}({len(value)})",
                lambda each, text=value: setattr(each, "text", text),
            )


def _repeat(element: etree._Element, count: int) -> None:
    for _ in range(count):
        element.addnext(copy.deepcopy(element))


def _is_of_signature(element: etree._Element) -> bool:
    return etree.QName(element).namespace == "http://www.w3.org/2000/09/xmldsig#"
