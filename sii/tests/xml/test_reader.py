"""The hardened reader against what suppliers and attackers send."""

import pytest

from sii.errors import UnsafeXml
from sii.xml import reader

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<DTE version="1.0">&d;</DTE>"""
EXTERNAL_ENTITY = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE DTE [<!ENTITY file SYSTEM "file:///etc/passwd">]><DTE>&file;</DTE>"""
PARAMETER_ENTITY = (
    b"""<!DOCTYPE DTE [<!ENTITY % far SYSTEM "http://127.0.0.1:9/x.dtd"> %far;]><DTE/>"""
)
QUADRATIC_BLOWUP = (
    b'<!DOCTYPE DTE [<!ENTITY a "' + b"A" * 100_000 + b'">]><DTE>' + b"&a;" * 10_000 + b"</DTE>"
)
EXTERNAL_SUBSET = b'<!DOCTYPE DTE SYSTEM "http://127.0.0.1:9/x.dtd"><DTE/>'


def code_of(data: bytes) -> str:
    with pytest.raises(UnsafeXml) as raised:
        reader.parse(data)
    return raised.value.code


@pytest.mark.parametrize(
    "data",
    [BILLION_LAUGHS, EXTERNAL_ENTITY, PARAMETER_ENTITY, QUADRATIC_BLOWUP, EXTERNAL_SUBSET],
    ids=["billion_laughs", "external_entity", "parameter_entity", "quadratic", "external_subset"],
)
def test_dtd_is_refused(data):
    assert code_of(data) == "xml_dtd"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-32-be"])
def test_wide_encodings_are_refused(codec):
    assert code_of(EXTERNAL_SUBSET.decode().encode(codec)) == "xml_encoding"


@pytest.mark.parametrize("declared", ["utf-7", "cp037", "utf-16", "x-none"])
def test_encodings_that_could_hide_a_dtd_are_refused(declared):
    hidden = EXTERNAL_SUBSET.decode().encode("utf-7")
    declaration = f'<?xml version="1.0" encoding="{declared}"?>'.encode()
    assert code_of(declaration + hidden) == "xml_encoding"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<html><body>503 Service Unavailable<br></body></html>",
        b'<?xml version="1.0" encoding="ISO-8859-1"?><DTE><Documento>',
        b"<DTE>&unknown;</DTE>",
        b"<DTE a='1' a='2'/>",
    ],
    ids=["empty", "text", "html", "truncated", "undeclared_entity", "attribute_twice"],
)
def test_malformed_is_refused(data):
    assert code_of(data) == "xml_malformed"


def test_huge_text_and_huge_file_are_refused():
    assert code_of(b"<DTE>" + b"x" * 11_000_000 + b"</DTE>") == "xml_text"
    assert code_of(b"<DTE>" + b"x" * reader.MAX_BYTES + b"</DTE>") == "xml_too_big"


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1"),
        ("<?xml version='1.0' encoding='iso-8859-1' ?>", "latin-1"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "latin-1"),
        ('<?xml version="1.0"?>', "latin-1"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("\r\n ", "latin-1"),
    ],
)
def test_encodings_of_the_field(head, codec):
    data = (head + "<DTE><RznSoc>Peñón Ñuñoa</RznSoc></DTE>").encode(codec)
    assert reader.text_of(reader.parse(data), "RznSoc") == "Peñón Ñuñoa"


def test_a_named_encoding_overrules_the_declaration():
    data = '<?xml version="1.0" encoding="UTF-8"?><RS>Ã‘</RS>'.encode("cp1252")
    assert reader.parse(data, "iso8859-1").text.encode("latin-1") == b"\xc3\x91"


def test_comments_cannot_cut_an_amount():
    root = reader.parse(b"<DTE><MntTotal>10<!-- -->00</MntTotal></DTE>")
    assert reader.text_of(root, "MntTotal") == "1000"


@pytest.mark.parametrize("inner", [b"10<?x?>00", b"10<b/>00"])
def test_what_is_not_plain_text_is_refused(inner):
    root = reader.parse(b"<DTE><MntTotal>" + inner + b"</MntTotal></DTE>")
    with pytest.raises(UnsafeXml):
        reader.text_of(root, "MntTotal")


def test_fragments_are_the_very_bytes():
    first = '<DTE version="1.0">\n <Documento ID="F1"><a  b = "ñ"/></Documento></DTE >'
    second = '<DTE xmlns="http://www.sii.cl/SiiDte"><Documento/></DTE>'
    envelope = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<EnvioDTE xmlns="http://www.sii.cl/SiiDte">'
        f"<!-- <DTE> --><x><![CDATA[</DTE><DTE>]]></x>{first}\r\n{second}</EnvioDTE>"
    )
    declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
    cuts = reader.fragments(envelope.encode("latin-1"))
    assert cuts == [(declaration + dte).encode("latin-1") for dte in (first, second)]


@pytest.mark.parametrize("inner", [b"<DTE/>", b"<DTE></DTE>", b"<a/><DTE a='>'/>"])
def test_fragments_that_text_and_tree_see_differently_are_refused(inner):
    with pytest.raises(UnsafeXml) as raised:
        reader.fragments(b"<EnvioDTE><DTE>" + inner + b"</DTE></EnvioDTE>")
    assert raised.value.code == "xml_ambiguous"


@pytest.mark.parametrize(
    "body",
    [
        b"<DTE/>",
        b"<DTE />",
        b"<DTE a='/>' b=\">\"/>",
        b'<DTE xmlns="http://www.sii.cl/SiiDte"/>',
    ],
)
def test_fragments_that_are_empty_are_cut_too(body):
    declaration = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    full = b"<DTE><Documento/></DTE>"
    found = reader.fragments(b"<EnvioDTE>" + body + full + body + b"</EnvioDTE>")
    assert found == [declaration + each for each in (body, full, body)]
