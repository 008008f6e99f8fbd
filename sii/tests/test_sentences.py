"""Every code that the library can raise has a sentence, with values that the code brings."""

import ast
import csv
import re
from pathlib import Path

import pytest

from sii import sentences

SII = Path(sentences.__file__).parent
CODE = SII.parent
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Where the code of a class of problems has its sentence.
FAMILIES = {
    "Problem": {"document", "register", "verdict"},
    "AuthorityProblem": {"authority"},
    "CafProblem": {"caf", "verdict"},
    "CertificateProblem": {"certificate", "library"},
    "CertificationSetProblem": {"test_set"},
    "KeyProblem": {"vault"},
    "MailProblem": {"mail"},
    "MissingLibrary": {"library"},
    "SignatureProblem": {"signature", "verdict"},
    "UnsafeXml": {"file"},
    "Refused": {"transport"},
    "Busy": {"transport"},
    "NotSent": {"transport"},
    "OutcomeUnknown": {"transport"},
}
# What a sentence gets in addition to the data of its problem.
GIVEN = {"transport": {"sii_code", "status", "text"}}


def raised():
    """File, line, class, code and names of the data of each problem that the code makes."""
    for path in [*SII.rglob("*.py"), *CODE.joinpath("models").rglob("*.py")]:
        if {"tests", "conformance"} & set(path.relative_to(CODE).parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in FAMILIES and node.args and isinstance(node.args[0], ast.Constant):
                place = f"{path.relative_to(CODE)}:{node.lineno}"
                yield place, name, node.args[0].value, data_of(name, node)


def data_of(name, call):
    """The names of a call's data; None when the code does not show them."""
    if name != "Problem":
        names = {word.arg for word in call.keywords}
        return None if None in names else names
    data = next((word.value for word in call.keywords if word.arg == "data"), None)
    data = call.args[2] if len(call.args) > 2 else data
    if data is None:
        return set()
    if not isinstance(data, ast.Dict) or None in data.keys:
        return None
    return {key.value for key in data.keys}


RAISED = list(raised())


def test_a_row_stands_once():
    with sentences._FILE.open(encoding="utf-8", newline="") as file:
        rows = [(row["family"], row["code"]) for row in csv.DictReader(file)]
    assert rows == sorted(set(rows))
    assert len(RAISED) > 200


@pytest.mark.parametrize(("family", "code"), sentences.table())
def test_both_languages_use_the_same_values(family, code):
    words = sentences.table()[family, code]
    assert {"en", "es"} <= words.keys()
    values = {name: sorted(PLACEHOLDER.findall(text)) for name, text in words.items()}
    assert all(names == values["en"] for names in values.values())
    for language in ("es_CL", "es_ES", "en_US", "pt_BR", None):
        assert sentences.sentence(family, code, language, dict.fromkeys(values["en"], "1"))


def test_what_the_library_raises_has_a_sentence():
    missing = []
    for place, name, code, data in RAISED:
        families = [each for each in FAMILIES[name] if found(each, code)]
        if not families:
            missing.append(f"{place} {code}")
        for family in families if data is not None else []:
            words = sentences._words(family, code)["en"]
            lacking = set(PLACEHOLDER.findall(words)) - data - {"code"} - GIVEN.get(family, set())
            missing += [f"{place} {code}: {sorted(lacking)}"] * bool(lacking)
    assert missing == []


def found(family, code):
    try:
        return sentences._words(family, code)
    except KeyError:
        return None


def test_in_which_language():
    def shown(language):
        return sentences.sentence("document", "too_many", language, {"count": 61, "limit": 60})

    assert shown("en_US") == shown("pt_BR") == shown(None)
    assert "como máximo" in shown("es_ES")
    assert "a lo más" in shown("es_CL")


def test_codes_without_a_row_of_their_own():
    assert sentences.sentence("document", "receiver_giro_missing", None) == "is missing."
    assert "(dte_strange)" in sentences.sentence("file", "dte_strange", None)
    with pytest.raises(KeyError):
        sentences.sentence("caf", "caf_strange", None)
