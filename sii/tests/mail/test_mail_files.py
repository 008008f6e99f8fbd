"""The files of a mail are the bytes that were sent, in whatever form they come."""

import io
import zipfile

import mails
import pytest

from sii.errors import MailProblem
from sii.mail import files as mail_files
from sii.xml import reader

XML = '<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<DTE>\r\nFrom Ñuñoa</DTE>'.encode("latin-1")


def _read(raw):
    return list(mail_files.read(mail_files.parse(raw)))


@pytest.mark.parametrize("name", mails.forms(b""))
def test_the_bytes_that_were_sent(name):
    [found] = [each for each in _read(mails.forms(XML)[name]) if each.kind == "xml"]
    # a mail's last line has no end of its own, and quoted texts have their ends as mails do
    assert found.content.replace(b"\r\n", b"\n").strip() == XML.replace(b"\r\n", b"\n")
    assert all(letter.isprintable() and letter not in "/\\" for letter in found.name)
    assert len(found.name) <= mail_files.NAME_LIMIT


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (XML, "a", "xml"),
        (b"\xef\xbb\xbf" + XML, "", "xml"),
        ("<?xml version='1.0' encoding='UTF-16'?><EnvioDTE/>".encode("utf-16"), "a", "xml"),
        (b'<!-- a --><s:EnvioDTE xmlns:s="u">', "a", "xml"),
        (b"<RespuestaDTE", "a", ""),
        (b"<RespuestaDTE>", "a", "xml"),
        (b"<a/>", "a", ""),
        (b"<a/>", "a.XML", "xml"),
        (b"", "a", ""),
        (b"PK\x03\x04", "a", "zip"),
        (b"PK\x03\x04", "a.xml", "zip"),
        (b"PK\x03\x04", "a.xlsx", ""),
        (b"%PDF", "a.pdf", ""),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><DTE>&b;</DTE>", "a", "xml"),
    ],
)
def test_kinds_follow_from_the_content(content, name, kind):
    assert mail_files.kind_of(content, name) == kind


def test_the_text_of_a_mail_is_no_file():
    raw = mails.mail(mails.TEXT, b"Content-Type: text/html\r\n\r\n<p>hola</p>", mails.part(XML))
    assert [each.kind for each in _read(raw)] == ["text", "html", "xml"]
    quoted = b"Content-Type: text/plain\r\n\r\nvea <DTE>: " + XML
    assert [each.kind for each in _read(mails.mail(quoted))] == ["text"]


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" * 2_000 + b"\r\n" * 5_000,
        b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"\r\n" * 5_000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (each, each)
            for each in range(900)
        )
        + b"x\r\n" * 20_000,
    ],
)
def test_parts_in_parts_without_end(raw):
    with pytest.raises(MailProblem, match="mail_too_deep"):
        mail_files.parse(mails.HEAD + raw)


def test_mails_in_mails_are_followed_so_far():
    raw = mails.mail(mails.part(XML))
    for _each in range(mail_files.DEEPEST + 5):
        raw = mails.mail(mails.part(raw, "application/octet-stream", '; filename="a.eml"'))
    assert [each.kind for each in _read(raw)] == ["file"]


def test_the_root_is_found_at_the_beginning_only():
    assert reader.root_name(b"<!--" + b"x" * 100_000 + b"--><DTE/>") == ""
    assert reader.root_name(b"<DTE " + b"a='' " * 100_000 + b"/>") == ""
    assert reader.root_name(b'<?xml version="1.0" encoding="nonsense"?><DTE/>') == "DTE"


def test_an_archive_stays_one():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", XML)
    for name in ('; filename="a.zip"', '; filename="todo"', ""):
        raw = mails.mail(mails.part(packed.getvalue(), "application/zip", name))
        [found] = _read(raw)
        assert (found.kind, found.content) == ("zip", packed.getvalue())
