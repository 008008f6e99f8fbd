"""Files as people get them: XML, archives, and what is neither."""

import io
import zipfile

import documents
import pytest

from sii.dte import issue as dte
from sii.errors import UnsafeXml
from sii.received import archive as received_archive
from sii.received import file as received_file


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    return dte.issue(documents.ALL[33](), 7, cafs[33], signer, moment).xml


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"carpeta/{name}.XML", content)
    return packed.getvalue()


def test_a_document_alone_has_what_a_contact_needs(issued, authorities):
    [filed] = received_file.read(issued, "uno.xml", authorities)
    sent = documents.ALL[33]()
    assert (filed.file_name, filed.envelope_id, filed.envelope_digest) == ("uno.xml", "", "")
    assert filed.document.is_genuine
    assert filed.document.due_on == sent.due_on
    assert filed.document.issuer_giro == sent.issuer.giro
    assert filed.document.issuer_address == sent.issuer.address
    assert filed.document.issuer_comuna == sent.issuer.comuna


def test_an_archive_gives_the_documents_of_its_files(issued, authorities):
    found = received_file.read(zipped(uno=issued, dos=issued), "todo.zip", authorities)
    assert [each.file_name for each in found] == ["uno.XML", "dos.XML"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(grande=b" " * (received_file.MAX_BYTES + 1)), "zip_expands"),
        (zipped(), "zip_without_xml"),
        (zipped(uno=b"<DTE>")[:-30], "zip_unreadable"),
        (b" " * (received_file.MAX_BYTES + 1), "xml_too_big"),
        (b"<EnvioDTE/>", "no_document"),
        (zipped(uno=b"<!DOCTYPE a><a/>"), "xml_dtd"),
        (b"", "file_empty"),
        (b"<a>", "xml_malformed"),
    ],
)
def test_what_is_refused(data, code):
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(data, "archivo")
    assert caught.value.code == code


def test_an_archive_of_too_many_files():
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(
            zipped(**{f"f{i}": b"" for i in range(received_archive.MAX_FILES + 1)}), "archivo"
        )
    assert caught.value.code == "zip_too_many"


def test_an_archive_that_lies_about_its_sizes():
    data = bytearray(zipped(grande=b" " * (received_file.MAX_BYTES + 1)))
    place = data.rindex(b"PK\x01\x02") + 24  # the uncompressed size in its directory
    data[place : place + 4] = (1).to_bytes(4, "little")
    with pytest.raises(UnsafeXml):
        received_file.read(bytes(data), "archivo")


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as opened:
        for name, content in files:
            opened.writestr(name, content)
    return archive.getvalue()


def parts_of(data: bytes, authorities, name: str = "archivo") -> list[tuple[str, int, list[str]]]:
    """Of each part its name, how many documents it has, and what is wrong."""
    return [
        (part.name, len(part.documents), [problem.code for problem in part.problems])
        for part in received_file.parts(data, name, authorities)
    ]


def _broken(data: bytes, name: bytes) -> bytes:
    """The archive with the content of one entry damaged."""
    start = data.index(name) + len(name)
    return (
        data[: start + 20]
        + bytes(each ^ 0xFF for each in data[start + 20 : start + 60])
        + data[start + 60 :]
    )


def test_each_file_of_an_archive_stands_alone(issued, authorities):
    data = packed(
        ("uno.xml", issued),
        ("roto.xml", b"<DTE>"),
        ("ataque.xml", b"<!DOCTYPE a><a/>"),
        ("otro.xml", b"<otro/>"),
        ("dos.xml", issued),
    )
    assert parts_of(data, authorities) == [
        ("uno.xml", 1, []),
        ("roto.xml", 0, ["xml_malformed"]),
        ("ataque.xml", 0, ["xml_dtd"]),
        ("otro.xml", 0, ["no_document"]),
        ("dos.xml", 1, []),
    ]


def test_a_damaged_entry_leaves_the_others(issued, authorities):
    data = _broken(packed(("uno.xml", issued), ("dos.xml", issued)), b"uno.xml")
    assert parts_of(data, authorities) == [
        ("uno.xml", 0, ["zip_entry_unreadable"]),
        ("dos.xml", 1, []),
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compressions_are_not_unpacked(method, issued, authorities):
    data = packed(("uno.xml", issued), method=method)
    assert parts_of(data, authorities) == [("uno.xml", 0, ["zip_entry_unreadable"])]
    assert parts_of(_broken(data, b"uno.xml"), authorities)[0][2] == ["zip_entry_unreadable"]


def test_an_encrypted_entry_leaves_the_others(issued, authorities):
    data = bytearray(packed(("uno.xml", issued), ("dos.xml", issued)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert parts_of(bytes(data), authorities) == [
        ("uno.xml", 0, ["zip_entry_unreadable"]),
        ("dos.xml", 1, []),
    ]


def test_an_archive_in_an_archive_is_opened(issued, authorities):
    inner = packed(("uno.xml", issued), ("F.pdf", b"%PDF-1.4"))
    data = packed(("dentro.zip", inner), ("sin-nombre", inner), ("dos.xml", issued))
    assert parts_of(data, authorities) == [
        ("dentro.zip/uno.xml", 1, []),
        ("sin-nombre/uno.xml", 1, []),
        ("dos.xml", 1, []),
    ]


def test_an_archive_in_an_archive_in_an_archive_is_not(issued, authorities):
    data = packed(("a.zip", packed(("b.zip", packed(("c.xml", issued))), ("d.xml", issued))))
    assert parts_of(data, authorities) == [
        ("a.zip/b.zip", 0, ["zip_too_deep"]),
        ("a.zip/d.xml", 1, []),
    ]


def test_archives_inside_are_within_the_bounds_of_the_outer_one(issued, authorities):
    blank = packed(("a.xml", b" " * 900_000))
    data = packed(*((f"{each}.zip", blank) for each in range(2)), method=zipfile.ZIP_STORED)
    assert parts_of(data, authorities)[-1] == ("archivo", 0, ["zip_expands"])
    many = packed(*((f"{each}.xml", b"<a/>") for each in range(1_100)))
    data = packed(("a.zip", many), ("b.zip", many), ("c.xml", issued))
    assert parts_of(data, authorities)[-1] == ("archivo", 0, ["zip_too_many"])


def test_a_bad_archive_inside_leaves_the_others(issued, authorities):
    data = packed(
        ("roto.zip", packed(("uno.xml", issued))[:-30]),
        ("vacio.zip", packed()),
        ("impresos.zip", packed(("F.pdf", b"%PDF-1.4"))),
        ("dos.xml", issued),
    )
    assert parts_of(data, authorities) == [
        ("roto.zip", 0, ["zip_unreadable"]),
        ("vacio.zip", 0, ["zip_without_xml"]),
        ("impresos.zip", 0, ["zip_without_xml"]),
        ("dos.xml", 1, []),
    ]


def test_files_of_an_archive_are_known_by_their_bytes(issued, authorities):
    data = packed(
        ("carpeta/", b""),
        ("__MACOSX/._uno.xml", b"\0\x05\x16\x07" + bytes(90)),
        ("leeme.txt", b"Adjuntamos sus facturas"),
        ("F33.pdf", b"%PDF-1.4"),
        ("libro.xlsx", packed(("[Content_Types].xml", b"<Types/>"))),
        ("sin ending", issued),
        ("uno.XML.txt", b"\xef\xbb\xbf" + issued),
        ("resto.rar", b"Rar!\x1a\x07\x01\0"),
        ("resto.xml", b"\x1f\x8b\x08"),
    )
    assert parts_of(data, authorities) == [
        ("sin ending", 1, []),
        ("uno.XML.txt", 1, []),
        ("resto.rar", 0, ["file_archive"]),
        ("resto.xml", 0, ["file_archive"]),
    ]


def test_one_broken_document_leaves_the_others_of_its_envelope(issued, authorities):
    body = issued.partition(b"?>")[2]
    twice = body.replace(b"<Folio>", b"<Folio>1</Folio><Folio>", 1)
    envelope = b'<?xml version="1.0" encoding="ISO-8859-1"?><S>' + body + twice + body + b"</S>"
    assert parts_of(envelope, authorities) == [("archivo", 2, ["dte_twice"])]


def test_names_are_what_people_and_databases_can_have(issued, authorities):
    data = packed(("a\n" + "c" * 500 + ".xml", issued))
    [(name, count, _problems)] = parts_of(data, authorities)
    assert count == 1
    assert len(name) <= received_file.NAME_LIMIT
    assert name.isprintable()


def test_more_documents_than_an_envelope_may_hold():
    data = b"<S>" + b"<DTE></DTE>" * (received_file.MAX_DOCUMENTS + 1) + b"</S>"
    with pytest.raises(UnsafeXml, match="documents_too_many"):
        received_file.read(data, "archivo")
    half = b"<S>" + b"<DTE></DTE>" * (received_file.MAX_DOCUMENTS // 2 + 1) + b"</S>"
    codes = [
        problem.code
        for part in received_file.parts(packed(("uno.xml", half), ("dos.xml", half)), "archivo")
        for problem in part.problems
    ]
    assert codes[-1] == "documents_too_many"


def test_an_archive_of_a_million_entries():
    entry = b"PK\x01\x02" + bytes(42)
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + bytes(10)
    data = b"PK\x03\x04" + entry * 300_000 + end
    [part] = received_file.parts(data, "archivo")
    assert [problem.code for problem in part.problems] == ["zip_too_many"]


SPACE = b'xmlns="http://www.sii.cl/SiiDte"'


@pytest.mark.parametrize(
    ("data", "code", "expected"),
    [
        (b"<DTE/>", "dte_incomplete", {"path": "Documento"}),
        (b"<DTE %s/>" % SPACE, "dte_incomplete", {"path": "Documento"}),
        (b"<DTE %s></DTE>" % SPACE, "dte_incomplete", {"path": "Documento"}),
        (b"<EnvioDTE %s><SetDTE><DTE/></SetDTE></EnvioDTE>" % SPACE, "dte_incomplete", {}),
        (b"\xef\xbb\xbf<DTE/>", "dte_incomplete", {"path": "Documento"}),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a"?><DTE/>', "dte_incomplete", {}),
        (b"<!-- <DTE> --><DTE/>", "dte_incomplete", {"path": "Documento"}),
        (b"<DTE><?a <DTE> ?></DTE>", "dte_incomplete", {"path": "Documento"}),
        (b"<s:DTE xmlns:s='http://www.sii.cl/SiiDte'/>", "dte_incomplete", {"path": "Documento"}),
        (b"<DTE xmlns='urn:x'><Documento/></DTE>", "dte_foreign", {}),
        (b"<SetDTE %s ID='a'><Caratula/></SetDTE>" % SPACE, "no_document", {"root": "SetDTE"}),
        (b"<EnvioDTE %s/>" % SPACE, "no_document", {"root": "EnvioDTE"}),
        (b"<Documento %s ID='a'/>" % SPACE, "no_document", {"root": "Documento"}),
        (b"<s:Documento xmlns:s='urn:x'/>", "no_document", {"root": "Documento"}),
        (b"<RespuestaDTE %s/>" % SPACE, "no_document", {"root": "RespuestaDTE"}),
        (b"<AUTORIZACION/>", "no_document", {"root": "AUTORIZACION"}),
        (b"<dte/>", "no_document", {"root": "dte"}),
        (b"<string>&lt;DTE/&gt;</string>", "no_document", {"root": "string"}),
        (b"<a><![CDATA[<DTE/>]]></a>", "no_document", {"root": "a"}),
        (b"<DTE/><DTE/>", "xml_malformed", {"line": 1}),
        (b"<s:DTE/>", "xml_malformed", {"line": 1}),
        (b"<!-- -->", "xml_malformed", {"line": 1}),
        (b"<DTE><DTE/></DTE>", "xml_ambiguous", {}),
        (b"hola <DTE/>", "file_text", {}),
        (b"<html><DTE/></html>", "file_page", {}),
    ],
)
def test_roots_that_are_no_document(data, code, expected):
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(data, "archivo")
    assert caught.value.code == code
    assert expected.items() <= caught.value.data.items()
