"""A rewritten mail: what counts is in it, and Python's strict reader can have it."""

import email
import email.policy
import io
import zipfile

import cost
import mails
import pytest

from sii.errors import MailProblem
from sii.mail import letter as mail_letter
from sii.mail import pages as mail_pages

XML = '<?xml version="1.0" encoding="ISO-8859-1"?><DTE>Ñuñoa</DTE>'.encode("latin-1")
NASTY = {
    "pages": mails.mail(
        *[b"Content-Type: text/html\r\n\r\n<div " + b" ".join(b"a%d" % n for n in range(4_700))]
        * 90
    ),
    "signs that open": mails.HEAD + b"Content-Type: text/html\r\n\r\n" + b"<" * 500_000,
    "comments": mails.HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 100_000,
    "a part's head": mails.mail(
        b"Content-Type: a/b\r\nContent-Disposition: attachment"
        + b"".join(b"; a%d=b" % n for n in range(100_000))
        + b"\r\n\r\nx"
    ),
    "a name in pieces": mails.mail(
        b"Content-Type: a/b\r\nContent-Disposition: attachment"
        + b"".join(b"; filename*%d=b" % n for n in range(60_000))
        + b"\r\n\r\nx"
    ),
    "a name of words": mails.mail(
        b'Content-Type: a/b; name="' + b"=?utf-8?q?a?= " * 70_000 + b'"\r\n\r\nx'
    ),
    "brackets": mails.HEAD + b"Cc: " + b"(" * 1_000_000 + b"\r\n\r\nhola",
    "parts": mails.mail(*[b""] * 100_000),
    "heads": b"X-A: b\r\n" * 120_000 + b"\r\nhola",
    "charset": mails.mail(b"Content-Type: text/plain; charset=punycode\r\n\r\n-" + b"a1" * 400_000),
    "deep": mails.HEAD
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (n, n) for n in range(90)
    )
    + b"\r\n" * 400_000,
    "mails in mails": mails.HEAD
    + b"Content-Type: message/rfc822\r\n\r\n" * 90
    + b"x\r\n" * 300_000,
}


def _rewritten(raw, **how):
    letter = mail_letter.rewritten(raw, **how)
    return email.message_from_bytes(letter.raw, policy=email.policy.SMTP), letter


def _files(message):
    return {part.get_filename(): part.get_content() for part in message.iter_attachments()}


@pytest.mark.parametrize("name", [*mails.forms(b""), *mails.strange_heads(b"")])
def test_its_xml_is_a_file_of_bytes(name):
    message, letter = _rewritten((mails.forms(XML) | mails.strange_heads(XML))[name])
    found = [each for each in _files(message).values() if b"<DTE>" in each]
    assert found[0].strip() == XML
    assert len(letter.raw) < 200_000
    for line, value in message.items():
        assert str(value).isprintable(), line


def test_who_wrote_to_whom_about_what():
    head = (
        'From: "Pérez, Juan" <juan@p.example>\r\nTo: =?utf-8?q?Casilla=2C_dos?= <dte@c.example>,'
        " otra@c.example\r\nCc: a@b.example\r\nSubject: =?iso-8859-1?q?Factura_N=BA_1?=\r\n"
        "Message-Id: <a.b-1@x.example>\r\nReferences: <c@d> <e@f>\r\nDate: Mon, 2 Mar 2026 10:00:00"
        " -0300\r\n"
    ).encode()
    message, _letter = _rewritten(mails.mail(mails.TEXT, head=head))
    assert message["From"].addresses[0].display_name == "Pérez, Juan"
    assert [each.addr_spec for each in message["To"].addresses] == [
        "dte@c.example",
        "otra@c.example",
    ]
    assert message["To"].addresses[0].display_name == "Casilla, dos"
    assert message["Subject"] == "Factura Nº 1"
    assert (message["Message-Id"], message["References"]) == ("<a.b-1@x.example>", "<c@d> <e@f>")
    assert message["Date"].datetime.isoformat() == "2026-03-02T10:00:00-03:00"
    assert message.get_body().get_content().strip() == "hola"


def test_more_files_than_are_kept_one_by_one():
    xml = [mails.part(XML, name=f'; filename="{n}.xml"') for n in range(120)]
    others = [mails.part(b"x", "image/png", f'; filename="{n}.png"') for n in range(70)]
    raw = mails.mail(mails.TEXT, *others, *xml)
    message, letter = _rewritten(raw)
    files = _files(message)
    assert letter.left == 20
    assert bytes(files["mail.eml"]) == raw
    assert sum(name.endswith(".xml") for name in files) == mail_letter.MOST_FILES - 1
    with zipfile.ZipFile(io.BytesIO(files["mas-archivos.zip"])) as packed:
        assert len(packed.namelist()) == 120 - (mail_letter.MOST_FILES - 1)


def test_the_mail_as_it_came_goes_along_where_it_is_wanted():
    raw = mails.mail(mails.TEXT)
    assert _files(_rewritten(raw)[0]) == {}
    assert bytes(_files(_rewritten(raw, whole=True)[0])["mail.eml"]) == raw


def test_a_bounced_mail_is_one():
    message, _letter = _rewritten(mails.mail(mails.TEXT, kind="report"))
    assert message.get_content_type() == "multipart/report"


def test_long_texts_are_files():
    long = b"a" * 30_000
    message, _letter = _rewritten(mails.HEAD + b"\r\n" + long)
    assert len(message.get_body().get_content()) < 25_000
    assert _files(message)["mensaje.txt"] == long
    page = b"<div " + b" ".join(b"a%d=''" % n for n in range(9_000)) + b">x</div>"
    message, _letter = _rewritten(mails.HEAD + b"Content-Type: text/html\r\n\r\n" + page)
    assert _files(message)["mensaje.html"] == page


@pytest.mark.parametrize("name", NASTY)
def test_what_it_costs(name):
    raw = NASTY[name]
    megabytes = max(1.0, len(raw) / 1_000_000)
    for work in (mail_letter.rewritten, mail_letter.is_harmless):
        spent = cost.of(lambda work=work: work(raw))
        assert not spent.error or "MailProblem" in spent.error
        assert spent.seconds < 2 * megabytes
        assert spent.megabytes < 300 * megabytes


@pytest.mark.parametrize("raw", [mails.mail(mails.TEXT, mails.part(XML)), b"", b"\xff" * 1000])
def test_an_ordinary_mail_may_stay_as_it_came(raw):
    assert mail_letter.is_harmless(raw)


@pytest.mark.parametrize(
    "raw",
    [
        mails.mail(mails.TEXT, mails.part(XML, "text/xml")),
        mails.mail(mails.TEXT, mails.part(XML, name="")),
        mails.mail(mails.TEXT, *[mails.part(b"x", "a/b")] * 101),
        b"X-A: b\r\n" * 10_000 + b"\r\nhola",
        mails.mail(b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff"),
        mails.mail(b"Content-Type: text/html\r\n\r\n" + b"<" * 100),
    ],
)
def test_a_mail_that_is_rewritten(raw):
    assert not mail_letter.is_harmless(raw)


def test_pages():
    assert mail_pages.is_plain(b"<p class='a'>x &lt; y</p>" * 10_000)
    assert mail_pages.is_plain(b'<img src="data:image/png;base64,' + b"A" * 400_000 + b'">')
    assert not mail_pages.is_plain(b"<p>x</p>" * 100_000)


def test_a_mail_too_big():
    with pytest.raises(MailProblem, match="mail_too_big"):
        mail_letter.rewritten(b"x" * (65 * 1024 * 1024))


@pytest.mark.parametrize("kind", ["font/ttf", "a/b", "chemical/x-pdb"])
def test_kinds_that_no_reader_knows_are_rewritten(kind):
    raw = mails.mail(mails.TEXT, mails.part(b"x", kind, '; filename="a.bin"'))
    assert not mail_letter.is_harmless(raw)
    assert mail_letter.is_harmless(mail_letter.rewritten(raw).raw)
