"""Files inside of a PDF: taken out only where that is bounded."""

import io
import zlib

import pytest

from sii.mail import pdf_files


def pdf(objects, trailer=b""):
    """A PDF of these objects, the first of which is its root."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    trailer = trailer.replace(b"HERE", b"%d" % start)
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def with_file(data, filters=b"/FlateDecode", times=1):
    names = b"".join(b"(f%d.xml) 2 0 R " % number for number in range(times))
    stream = b"<</Type/EmbeddedFile/Filter %s/Length %d>>stream\n" % (filters, len(data))
    return pdf(
        [
            b"<</Type/Catalog/Pages 4 0 R/Names<</EmbeddedFiles<</Names[%s]>>>>>>" % names,
            b"<</Type/Filespec/F(f.xml)/EF<</F 3 0 R>>>>",
            stream + data + b"\nendstream",
            b"<</Type/Pages/Kids[]/Count 0>>",
        ]
    )


PAGES = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
XML = zlib.compress(b"<Invoice>" + b"<a>b</a>" * 1000 + b"</Invoice>")


@pytest.mark.parametrize("data", [pdf(PAGES), with_file(XML), with_file(XML, times=3)])
def test_harmless(data):
    assert pdf_files.is_harmless(data)
    assert pdf_files.may_hold_files(data) is (data != pdf(PAGES))


NASTY = {
    "a table that comes before itself": pdf(PAGES, b"/Prev HERE"),
    "200 MB in 200 kB": with_file(zlib.compress(b"<a>" + b" " * 200_000_000)),
    "a gigabyte in two kB": with_file(
        zlib.compress(zlib.compress(bytes(1_000_000_000))), b"[/FlateDecode /FlateDecode]"
    ),
    "one file many times": with_file(zlib.compress(b" " * 500_000), times=90),
    "many names": with_file(XML, times=5000),
    "no PDF": b"<a/>",
    "nothing": b"",
    "too big": b"%PDF-1.7\n" + bytes(pdf_files.MAX_BYTES),
}


@pytest.mark.parametrize("name", NASTY)
def test_nasty(name):
    assert not pdf_files.is_harmless(NASTY[name])
