"""Mails as programs of the field and others write them, byte by byte."""

import base64
import codecs
import quopri

HEAD = (
    b"From: a@b.example\r\nTo: dte@c.example\r\nSubject: DTE\r\nMessage-Id: <1@b.example>\r\n"
    b"MIME-Version: 1.0\r\n"
)
TEXT = b"Content-Type: text/plain\r\n\r\nhola"
ENCODERS = {
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
    "8bit": bytes,
    "binary": bytes,
    "7bit": bytes,
    "x-uuencode": lambda data: codecs.encode(data, "uu"),
}
KINDS = (
    "text/xml",
    "text/xml; charset=us-ascii",
    "text/xml; charset=utf-8",
    "text/xml; charset=iso-8859-1",
    "text/xml; charset=utf-16",
    "text/xml; charset=nonsense",
    "application/xml",
    "application/xml; charset=utf-8",
    "application/octet-stream",
    "text/plain",
    "text/html",
    "image/png",
    "message/rfc822",
    "multipart/mixed",
    "*/*",
    "foo",
)
NAMES = {
    "plain": '; filename="a.xml"',
    "capitals": '; filename="A.XML"',
    "no ending": '; filename="DTE33"',
    "another ending": '; filename="a.xml.txt"',
    "RFC 2231": "; filename*=UTF-8''Fact%C3%BAra.xml",
    "RFC 2231 of no charset": "; filename*=nonsense''Fact%FFra.xml",
    "in pieces": "; filename*0=a; filename*1=.xml",
    "RFC 2047": '; filename="=?iso-8859-1?Q?Fact=FAra=2Exml?="',
    "bytes": '; filename="Factúra.xml"',
    "NUL": '; filename="a\0.xml"',
    "a folder": '; filename="../../etc/a.xml"',
    "right to left": "; filename*=UTF-8''%E2%80%AElmx.a",
    "long": f'; filename="{"x" * 5000}.xml"',
    "without end": '; filename="a.xml',
    "none": "",
}


def part(data, kind="application/xml", name=NAMES["plain"], how="base64", place="attachment"):
    """A part of a mail. place: None leaves open how it is to be shown."""
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {how}"]
    lines += [f"Content-Disposition: {place}{name}"] if place else []
    return "\r\n".join([*lines, "", ""]).encode() + ENCODERS[how](data)


def mail(*parts, head=HEAD, kind="mixed"):
    body = b"".join(b"--B\r\n" + each + b"\r\n" for each in parts)
    return head + b"Content-Type: multipart/%s; boundary=B\r\n\r\n%s--B--\r\n" % (
        kind.encode(),
        body,
    )


def within(raw, how=""):
    """A mail as a part of another. how: its encoding as a whole, which the standard forbids."""
    head = b"Content-Type: message/rfc822\r\n"
    if how:
        head += f"Content-Transfer-Encoding: {how}\r\n".encode()
    return head + b"\r\n" + ENCODERS[how or "8bit"](raw)


def forms(data):
    """name -> a mail that holds this XML, in every form that is read."""
    found = {}
    for kind in KINDS:
        for how in ("base64", "8bit", "quoted-printable"):
            found[f"{kind} {how}"] = mail(TEXT, part(data, kind, how=how))
    for how in ("binary", "7bit", "x-uuencode"):
        found[how] = mail(TEXT, part(data, how=how))
    for name, written in NAMES.items():
        found[f"name: {name}"] = mail(TEXT, part(data, name=written))
    one = mail(TEXT, part(data))
    eml = '; filename="x.eml"'
    found |= {
        "inline": mail(TEXT, part(data, "text/xml", place="inline")),
        "no place": mail(TEXT, part(data, "text/xml", place=None)),
        "no place, a text": mail(TEXT, part(data, "text/plain", place=None)),
        "a name in the type": mail(TEXT, part(data, 'text/xml; name="a.xml"', place=None)),
        "nothing but the file": HEAD + part(data, "text/xml", place=None),
        "nothing but the file, as a text": HEAD + part(data, "text/plain", place=None),
        "nothing but the file, named": HEAD + part(data),
        "alternative": mail(TEXT, part(data, "text/xml"), kind="alternative"),
        "related": mail(TEXT, part(data, place=None), kind="related"),
        "signed": mail(mail(TEXT, part(data), head=b""), kind="signed"),
        "encoded twice": mail(TEXT, part(base64.encodebytes(data))),
        "encoded twice, in one line": mail(TEXT, part(base64.b64encode(data))),
        "a mail in the mail": mail(TEXT, within(one)),
        "a mail in the mail, base64": mail(TEXT, within(one, "base64")),
        "a mail in the mail, quoted": mail(TEXT, within(one, "quoted-printable")),
        "a mail as a file": mail(TEXT, part(one, "application/octet-stream", eml)),
        "mails in mails": mail(TEXT, within(mail(TEXT, within(mail(TEXT, within(one)))))),
        "a text of no charset": mail(
            b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe", part(data)
        ),
        "a text with NUL": mail(b"Content-Type: text/plain\r\n\r\na\0b", part(data)),
        "after 150 others": mail(
            *(part(b"x", "text/plain", f'; filename="{each}.txt"') for each in range(150)),
            part(data),
        ),
        "a long page": mail(b"Content-Type: text/html\r\n\r\n" + b"<" * 30_000, part(data)),
    }
    return found


def strange_heads(data):
    """name -> a mail with this XML whose head no mail program reads without trouble."""
    lines = {
        "NUL in the sender": b'From: "a\0b" <a@b.example>',
        "NUL in the sender, encoded": b"From: =?utf-8?q?a=00b?= <a@b.example>",
        "half a letter in the sender": b"From: =?utf-8?b?7aCA?= <a@b.example>",
        "bytes in the sender": b"From: P\xe9rez <a@b.example>",
        "a long sender": b"From: " + b"x" * 40_000 + b" <a@b.example>",
        "NUL in the subject": b"Subject: =?utf-8?q?a=00b?=",
        "a subject of no charset": b"Subject: =?nonsense?q?a?=",
        "a subject of no words": b"Subject: =?idna?b?" + b"YS4" * 5_000 + b"?=",
        "no number": b"Message-Id: <[[[",
        "brackets": b"Cc: " + b"(" * 5_000,
        "brackets in an answer": b"In-Reply-To: " + b"(" * 5_000,
        "many copies": b"Cc: " + b'"a" <b@c.example>, ' * 5_000,
        "dots": b"Cc: " + b"a." * 20_000 + b"@",
        "no date": b"Date: " + b"9" * 5_000,
        "a long line": b"X-A: " + b"x" * 60_000,
        "many lines": b"\r\n".join([b"X-A: b"] * 10_000),
    }
    found = {}
    for name, line in lines.items():
        label = line.partition(b":")[0] + b":"
        kept = [each for each in HEAD.split(b"\r\n") if each and not each.startswith(label)]
        head = b"".join(each + b"\r\n" for each in [line, *kept])
        found[name] = mail(TEXT, part(data), head=head)
    found["no sender"] = mail(TEXT, part(data), head=HEAD.partition(b"\r\n")[2])
    return found
