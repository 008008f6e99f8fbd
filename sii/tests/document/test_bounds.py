"""What a file may be made of, each limit with the file that just passes and the one beyond it."""

import pytest

from sii.errors import UnsafeXml
from sii.xml import reader
from sii.xml.bounds import UNTRUSTED


def _code(data: bytes) -> str:
    try:
        reader.parse(data)
    except UnsafeXml as error:
        return error.code
    return ""


def _nested(count: int) -> bytes:
    return b"<a>" * count + b"</a>" * count


def _attributes(count: int) -> bytes:
    return b"<a " + b" ".join(b'a%d=""' % each for each in range(count)) + b"/>"


def _namespaces(count: int) -> bytes:
    return b"<a " + b" ".join(b'xmlns:a%d="urn:a"' % each for each in range(count)) + b"/>"


def _scope(count: int) -> bytes:
    """Declarations in force, three on each of the elements nested in each other."""
    inside = count // 3
    opening = (
        b"<a " + b" ".join(b'xmlns:a%d_%d="urn:a"' % (each, one) for one in range(3)) + b">"
        for each in range(inside)
    )
    return b"".join(opening) + b"</a>" * inside


def _prefixes(count: int) -> bytes:
    return b"<a>" + b'<b xmlns:a="urn:a"/>' * count + b"</a>"


def _instructions(count: int) -> bytes:
    return b"<?a b?>" * count + b"<a/>"


def _name(length: int) -> bytes:
    return b"<%s/>" % (b"a" * length)


def _attribute_name(length: int) -> bytes:
    return b'<a %s=""/>' % (b"a" * length)


def _value(length: int) -> bytes:
    return b'<a a="%s"/>' % (b"&amp;" * length)


@pytest.mark.parametrize(
    ("make", "most", "code"),
    [
        (_nested, UNTRUSTED.depth, "xml_depth"),
        (_attributes, UNTRUSTED.attributes, "xml_attributes"),
        (_namespaces, UNTRUSTED.namespaces, "xml_namespaces"),
        (_scope, UNTRUSTED.scope, "xml_namespaces"),
        (_prefixes, UNTRUSTED.prefixes, "xml_namespaces"),
        (_instructions, UNTRUSTED.instructions, "xml_instructions"),
        (_name, UNTRUSTED.name, "xml_name"),
        (_attribute_name, UNTRUSTED.name, "xml_name"),
        (_value, UNTRUSTED.value, "xml_value"),
    ],
)
def test_each_limit(make, most, code):
    assert _code(make(most)) == ""
    beyond = most + 3 if make is _scope else most + 1
    assert _code(make(beyond)) == code


@pytest.mark.parametrize(
    "text",
    [b"x", b" ", b"&amp;", b"&#65;", b"<!---->", b"<![CDATA[x]]>", b"x<![CDATA[]]>"],
    ids=["text", "blanks", "entities", "characters", "comments", "sections", "mixed"],
)
def test_a_text_has_one_limit_for_any_content(text):
    def file(length: int) -> bytes:
        return b"<a>" + text * (length // len(text)) + b"</a>"

    assert _code(file(UNTRUSTED.text - 10)) == ""
    assert _code(file(UNTRUSTED.text + 100)) == "xml_text"


def test_declarations_end_with_their_element():
    declaring = b'<b xmlns:a="urn:a" xmlns:b="urn:b"/>'
    assert _code(b"<a>" + declaring * 2_000 + b"</a>") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_bounds_hold_in_every_encoding(encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert _code(f"{head}<a>ñ</a>".encode(encoding)) == ""
    assert _code(f"{head}<a>ñ{'<b>' * 50}".encode(encoding)) == "xml_depth"


@pytest.mark.parametrize(
    ("data", "harmless"),
    [
        (b'<?xml version="1.0"?><Invoice xmlns="urn:a"/>', True),
        ('<?xml version="1.0" encoding="UTF-16"?><Invoice/>'.encode("utf-16"), True),
        (b'<?xml version="1.0" encoding="windows-1252"?><a>\xe1</a>', True),
        (b"<a>" + b"QUJD" * 1_000_000 + b"</a>", True),
        (_attributes(100_000), False),
        ("<!DOCTYPE a><a/>".encode("utf-16"), False),
        (_attributes(100).decode().encode("utf-16"), False),
        (b'<?xml version="1.0" encoding="none-such"?><a/>', False),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
    ids=lambda each: str(each[:30]) if isinstance(each, bytes) else "",
)
def test_what_other_readers_may_be_given(data, harmless):
    assert reader.is_harmless(data) is harmless


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"<!DOCTYPE a>",
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_no_document_type_is_read(prolog):
    assert _code(prolog + b"<a/>") == "xml_dtd"
