"""Whatever libxml2 a machine has takes our schemas: an old one refuses what a new one lets pass.

What lxml's wheel carries is one version. Each pattern is held to the grammar of XML Schema itself,
and the whole set is compiled and judged once more by the xmllint of the distribution.
"""

import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from sii.xml import schema

GOLDENS = sorted((Path(__file__).parents[1] / "goldens").glob("*.xml"))
OWN = Path(schema.__file__).parents[1] / "xsd"
PATTERN = "{http://www.w3.org/2001/XMLSchema}pattern"
# XML Schema part 2, appendix F: single characters, classes and categories; there is no other.
ESCAPE = re.compile(r"\\(?:[nrt\\|.?*+(){}\-\[\]^]|[sSiIcCdDwW]|[pP]\{[A-Za-z0-9-]+\})")
NAMES = sorted(schema._bundled_files())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The bundled set as files, the only way that includes are followed."""
    place = tmp_path_factory.mktemp("xsd")
    for name, content in schema._bundled_files().items():
        (place / name).write_bytes(content)
    return place


def xmllint(path, document):
    command = ["xmllint", "--noout", "--nonet", "--schema", str(path), "-"]
    return subprocess.run(command, input=document, capture_output=True, check=False)


def is_grammatical(pattern: str) -> bool:
    """No escape that XML Schema does not know, no quantifier that is lazy or alone."""
    rest = ESCAPE.sub("x", pattern)
    outside = re.sub(r"\[[^\]]*\]", "x", rest)
    return "\\" not in rest and not re.search(r"(^|[(|])[*+?]|[*+?}][*+?]|\(\?", outside)


@pytest.mark.parametrize(
    ("pattern", "right"),
    [
        ("%|$", True),
        (r"[0-9]{1,8}-[0-9K]", True),
        (r"\d+\.\p{Lu}[\-\]a]*", True),
        (r"%|\$", False),
        (r"\b\d", False),
        (r"a\/b", False),
        (r"(?:a)", False),
        (r"a+?", False),
        (r"a|*", False),
        (r"(a)\1", False),
    ],
)
def test_the_grammar(pattern, right):
    assert is_grammatical(pattern) is right


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_is_one_of_xml_schema(name):
    root = etree.fromstring(schema._bundled_files()[name])
    patterns = [each.get("value") for each in root.iter(PATTERN)]
    assert [pattern for pattern in patterns if not is_grammatical(pattern)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_distributions_libxml2_compiles_it(folder, name):
    """3 is xmllint's word for a document that does not fit, 5 for a schema that it cannot read."""
    done = xmllint(folder / name, b"<nothing/>")
    assert done.returncode == 3, done.stderr.decode()
    assert b"failed to compile" not in done.stderr


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda path: path.stem)
def test_the_distributions_libxml2_judges_alike(folder, golden):
    boleta = golden.stem in ("39", "41")
    path = folder / (schema._BOLETA_SCHEMA if boleta else "DTE_v10.xsd")
    whole = golden.read_bytes()
    broken = whole.replace(b"</Folio>", b"x</Folio>")
    assert broken != whole
    for document in (whole, broken):
        ours = schema.SchemaSet.bundled().validate(document)
        theirs = xmllint(path, document)
        assert (theirs.returncode == 0) is (not ours), theirs.stderr.decode()
