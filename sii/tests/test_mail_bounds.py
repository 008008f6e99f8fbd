"""Mails of strangers before anybody reads them."""

import email
from email.message import EmailMessage

import pytest

from sii import mail_bounds


def _mail(html="", files=0):
    message = EmailMessage()
    message["From"], message["To"] = "a@b.example", "dte@c.example"
    message.set_content("hola")
    if html:
        message.add_alternative(html, subtype="html")
    for number in range(files):
        message.add_attachment(b"<a/>", maintype="text", subtype="xml", filename=f"{number}.xml")
    return message.as_bytes()


@pytest.mark.parametrize("raw", [_mail(), _mail("<p>a</p>", 50), b"", b"\xff" * 1000])
def test_an_ordinary_mail_is_as_it_came(raw):
    assert mail_bounds.lightened(raw) == raw


def test_a_long_page_is_a_file():
    page = "<div " + " ".join(f"a{each}=''" for each in range(9_000)) + ">x</div>"
    parts = list(email.message_from_bytes(mail_bounds.lightened(_mail(page, 3))).walk())
    assert "text/html" not in [each.get_content_type() for each in parts]
    [aside] = [each for each in parts if each.get_filename() == "mensaje.html"]
    assert aside.get_payload(decode=True).decode().strip() == page
    assert len([each for each in parts if (each.get_filename() or "").endswith(".xml")]) == 3


@pytest.mark.parametrize(
    "raw",
    [
        _mail(files=100),
        b"To: a@b.example\nCc: " + b'"a" <b@c.example>, ' * 5_000 + b"\n\nhola",
        b"X-A: b\r\n" * 10_000 + b"\r\nhola",
    ],
)
def test_a_mail_beyond_bounds(raw):
    with pytest.raises(ValueError, match="too"):
        mail_bounds.lightened(raw)
