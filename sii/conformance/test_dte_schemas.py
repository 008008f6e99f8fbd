"""Our schema of documents and the official one of 2026 give one verdict.

Over every genuine document; over documents that hold every element that either schema knows, each
element removed, repeated, moved, emptied, renamed; and over the values at each of their limits.
"""

import copy
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from schema_shape import SII, Schemas, Shape, build, leaves

from sii.xml import reader, schema

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
# The body of the document, and with it the key of its stamp: each alternative of each choice.
BODIES = {"Documento": 0, "Liquidacion": 1, "Exportaciones": 2, "Documento with a DSA key": 3}
FAILS = " fails to validate"
GENUINE = ("dte", "envelopes", "bad")


def _compiled(files: dict[str, bytes], name: str) -> etree.XMLSchema:
    with tempfile.TemporaryDirectory() as folder:
        for each, content in files.items():
            (Path(folder) / each).write_bytes(content)
        return etree.XMLSchema(file=str(Path(folder) / name))


@pytest.fixture(scope="session")
def sets(reference) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Files of the official set, and those that we bring."""
    official = {each.name: each.read_bytes() for each in (reference / "schemas").glob("*.xsd")}
    return official, schema._bundled_files()


@pytest.fixture(scope="session")
def judges(sets) -> dict[str, tuple[etree.XMLSchema, etree.XMLSchema]]:
    """By the name of a root: the official schema and ours."""
    return {
        root: tuple(_compiled(files, f"{root}_v10.xsd") for files in sets)
        for root in ("DTE", "EnvioDTE")
    }


@pytest.fixture(scope="session")
def signature(reference) -> etree._Element:
    data = (reference / "samples/dte/33-76269769-6-101.xml").read_bytes()
    return next(etree.fromstring(data).iter(SIGNATURE))


def _shapes(sets, root: str, body: str) -> tuple[Shape, Shape]:
    """The body's alternative is distinguished from the stamp's key by its own number."""
    found = []
    for files in sets:
        shape = Schemas(files, f"{root}_v10.xsd").shape(root, BODIES[body])
        found.append(shape)
    return tuple(found)


def _structures(element: etree._Element, most: int) -> Iterator[tuple[str, callable]]:
    def repeat(each, count):
        for _ in range(count):
            each.addnext(copy.deepcopy(each))

    if element.getparent() is not None:
        yield "removed", lambda each: each.getparent().remove(each)
        for count in {1, most - 1, most} - {0} if most < 100 else {1}:
            yield f"repeated {count}", lambda each, count=count: repeat(each, count)
        yield "to the end", lambda each: each.getparent().append(each)
        yield "to the front", lambda each: each.getparent().insert(0, each)
        if element.getnext() is not None:
            yield "after the next", lambda each: each.getnext().addnext(each)
        yield "renamed", lambda each: setattr(each, "tag", f"{each.tag}s")
        yield "of no namespace", lambda each: setattr(each, "tag", etree.QName(each).localname)
    yield (
        "emptied",
        lambda each: (
            [each.remove(child) for child in list(each)],
            setattr(each, "text", None),
        ),
    )
    yield "with words", lambda each: setattr(each, "text", "texto")
    yield "with a child", lambda each: etree.SubElement(each, f"{{{SII}}}Otro")
    yield "with an attribute", lambda each: each.set("otro", "1")
    for name in element.attrib:
        yield f"without {name}", lambda each, name=name: each.attrib.pop(name)
        for value in ("", "1", "1.0", "1.00", "2.0", "a b", "7x", "SHA1withRSA", "SHA1withDSA"):
            yield f"{name}={value}", lambda each, name=name, value=value: each.set(name, value)


def _changed(root: etree._Element, shapes: list[dict[str, Shape]]) -> Iterator[tuple[str, object]]:
    """Each change of each element by its name, and the document with it."""
    tree = etree.ElementTree(root)
    elements = [each for each in root.iter() if etree.QName(each).namespace == SII]
    for element in elements:
        path = tree.getelementpath(element)
        names = [etree.QName(each).localname for each in element.iterancestors()][::-1]
        key = "/" + "/".join([*names, etree.QName(element).localname])
        known = [each[key] for each in shapes if key in each]
        most = max((each.most for each in known), default=1)
        changes = list(_structures(element, most))
        if not len(element):
            values = {value for each in known for value in each.edges()}
            changes += [
                (f"= {value[:30]!r} ({len(value)})", lambda each, v=value: setattr(each, "text", v))
                for value in sorted(values)
            ]
        for name, change in changes:
            other = copy.deepcopy(root)
            change(other if path == "." else other.find(path))
            yield f"{key}: {name}", other


def _differing(root, judges, shapes) -> tuple[list[str], int, int]:
    official, own = judges
    differing, valid, count = [], 0, 0
    for name, changed in _changed(root, shapes):
        count += 1
        verdict = official.validate(changed)
        valid += verdict
        if own.validate(changed) is not verdict:
            differing.append(name)
    return differing, valid, count - valid


@pytest.mark.parametrize("body", BODIES)
def test_every_element_and_every_limit(sets, judges, signature, body):
    """The document is read from each of the two, so that neither knows an element more."""
    shapes = [leaves(shape) for shape in _shapes(sets, "DTE", body)]
    assert shapes[0].keys() == shapes[1].keys()
    whole = [build(shape, signature) for shape in _shapes(sets, "DTE", body)]
    for judge in judges["DTE"]:
        for root in whole:
            assert judge.validate(root), judge.error_log
    root = whole[0]
    differing, valid, invalid = _differing(root, judges["DTE"], shapes)
    assert differing == []
    assert valid > 1000
    assert invalid > 3000


@pytest.mark.parametrize("body", BODIES)
def test_the_distributions_libxml2_judges_alike(sets, judges, signature, tmp_path, body):
    """Another version than lxml's, over every fifteenth of those changes."""
    for name, content in sets[1].items():
        (tmp_path / name).write_bytes(content)
    shapes = [leaves(shape) for shape in _shapes(sets, "DTE", body)]
    root = build(_shapes(sets, "DTE", body)[1], signature)
    verdicts = {}
    for index, (_name, changed) in enumerate(_changed(root, shapes)):
        if index % 15 == 0:
            path = tmp_path / f"{index}.xml"
            path.write_bytes(etree.tostring(changed, encoding="ISO-8859-1"))
            verdicts[str(path)] = judges["DTE"][1].validate(etree.parse(str(path)))
    report = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", str(tmp_path / "DTE_v10.xsd"), *verdicts],
        capture_output=True,
        text=True,
        check=False,
    ).stderr.splitlines()
    theirs = {
        line.removesuffix(" validates"): True for line in report if line.endswith(" validates")
    }
    theirs |= dict.fromkeys(
        (line.removesuffix(FAILS) for line in report if line.endswith(FAILS)), False
    )
    assert theirs == verdicts
    assert set(verdicts.values()) == {True, False}


def test_every_element_of_the_envelope(sets, judges, reference):
    """Around the smallest document, so that it can stand in it two thousand times."""
    shapes = [leaves(shape) for shape in _shapes(sets, "EnvioDTE", "Documento")]
    shapes = [{k: v for k, v in each.items() if "/DTE/" not in k} for each in shapes]
    root = etree.parse(str(reference / "samples/envelopes/EnvioDTE-33.xml")).getroot()
    differing, valid, invalid = _differing(root, judges["EnvioDTE"], shapes)
    assert differing == []
    assert valid > 50
    assert invalid > 500


@pytest.mark.parametrize(("tag", "most"), [("DTE", 2000), ("SubTotDTE", 20)])
def test_how_many_an_envelope_holds(judges, reference, tag, most):
    for count in (most, most + 1):
        root = etree.parse(str(reference / "samples/envelopes/EnvioDTE-33.xml")).getroot()
        twins = root.findall(f".//{{{SII}}}{tag}")
        for index in range(count - len(twins)):
            twin = copy.deepcopy(twins[0])
            for each in twin.iter(f"{{{SII}}}Documento"):
                each.set("ID", f"F{index}")
            twins[0].addnext(twin)
        assert [judge.validate(root) for judge in judges["EnvioDTE"]] == [count == most] * 2


def test_genuine_documents(judges, reference):
    """Whole, and with each of their elements changed."""
    judged = 0
    for folder in GENUINE:
        for path in sorted((reference / "samples" / folder).glob("*.xml")):
            root = reader.parse(path.read_bytes())
            name = etree.QName(root).localname
            if name in judges:
                judged += 1
                verdicts = [judge.validate(root) for judge in judges[name]]
                assert verdicts[0] is verdicts[1], path.name
                assert _differing(root, judges[name], [])[0] == [], path.name
    assert judged > 8
