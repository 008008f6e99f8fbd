"""What a file is follows from its bytes."""

import base64

import foreign_files
import pytest

from sii.errors import UnsafeXml
from sii.received import file as received_file
from sii.received import file_kind

XML = foreign_files.XML
OTHERS = [(kind, data) for kind, files in foreign_files.OTHERS.items() for data in files]


@pytest.mark.parametrize(("kind", "data"), foreign_files.ARCHIVES.items())
def test_archives(kind, data):
    assert file_kind.of(data) == kind
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(data, "F33.xml")
    assert (caught.value.code, caught.value.data) == ("file_archive", {"kind": kind})


@pytest.mark.parametrize(("kind", "data"), OTHERS)
def test_files_for_people(kind, data):
    assert file_kind.of(data) == kind
    with pytest.raises(UnsafeXml) as caught:
        received_file.read(data, "F33.xml")
    assert caught.value.code == f"file_{kind}"
    assert not received_file.is_heavy(data, 1, 1)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xml", XML),
        ("xml", b"\xef\xbb\xbf\r\n  " + XML),
        ("xml", XML.decode().encode("utf-16")),
        ("xml", XML.decode().encode("utf-16-le")),
        ("xml", XML.decode().encode("utf-32")),
        ("xml", XML.decode().encode("utf-32-be")),
        ("xml", base64.b64encode(XML)),
        ("xml", b"<!-- <html> -->" + XML),
        ("xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><DTE/>"),
        ("xml", b" " * 9_000 + XML),
        ("xml", b"\xef\xbb\xbf" * 2 + XML),
        ("zip", b"PK\x03\x04 cut short"),
    ],
)
def test_what_is_read(kind, data):
    assert file_kind.of(data) == kind
    file_kind.check(data)
