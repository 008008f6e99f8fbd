"""Files as people get them: XML, archives, and what is neither."""

import io
import zipfile

import documents
import pytest

from sii import dte, received_file
from sii.errors import UnsafeXml


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    return dte.issue(documents.ALL[33](), 7, cafs[33], signer, moment).xml


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"carpeta/{name}.XML", content)
    return packed.getvalue()


def test_a_document_alone_tells_what_a_contact_needs(issued, authorities):
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
        (zipped(grande=b" " * (received_file.MAX_BYTES + 1)), "xml_too_big"),
        (zipped(), "zip_without_xml"),
        (zipped(uno=b"<DTE>")[:-30], "zip_unreadable"),
        (b" " * (received_file.MAX_BYTES + 1), "xml_too_big"),
        (b"<EnvioDTE/>", "no_document"),
        (zipped(uno=b"<!DOCTYPE a><a/>"), "xml_dtd"),
        (b"", "xml_malformed"),
    ],
)
def test_what_is_refused(data, code):
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(data, "archivo")
    assert caught.value.code == code


def test_an_archive_of_too_many_files():
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(
            zipped(**{f"f{i}": b"" for i in range(received_file.MAX_FILES + 1)}), "archivo"
        )
    assert caught.value.code == "zip_too_many"


def test_an_archive_that_lies_about_its_sizes():
    data = bytearray(zipped(grande=b" " * (received_file.MAX_BYTES + 1)))
    place = data.rindex(b"PK\x01\x02") + 24  # the uncompressed size in its directory
    data[place : place + 4] = (1).to_bytes(4, "little")
    with pytest.raises(UnsafeXml):
        received_file.read(bytes(data), "archivo")
