"""Files of every kind that is mailed instead of an XML, by their first bytes."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

XML = b'<?xml version="1.0"?><DTE xmlns="http://www.sii.cl/SiiDte"><Documento/></DTE>'


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("F33.xml")
        entry.size = len(XML)
        archive.addfile(entry, io.BytesIO(XML))
    return packed.getvalue()


def _zip(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return packed.getvalue()


ARCHIVES = {
    "gzip": gzip.compress(XML, mtime=0),
    "RAR": b"Rar!\x1a\x07\x01\0" + bytes(40),
    "7z": b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(40),
    "tar": _tar(),
    "bzip2": bz2.compress(XML),
    "xz": lzma.compress(XML),
    "zstd": b"\x28\xb5\x2f\xfd\x04" + bytes(40),
    "lz4": b"\x04\x22\x4d\x18" + bytes(40),
    "compress": b"\x1f\x9d\x90" + bytes(40),
    "cab": b"MSCF" + bytes(40),
    "arj": b"\x60\xea" + bytes(40),
    "LHA": b"\x24\x10-lh5-" + bytes(40),
    "ACE": bytes(7) + b"**ACE**" + bytes(40),
    "winmail.dat": b"\x78\x9f\x3e\x22" + bytes(40),
}

OTHERS = {
    "pdf": (b"%PDF-1.4\n%%EOF",),
    "picture": (
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(40),
        b"GIF89a" + bytes(40),
        b"\0\0\0\x18ftypheic" + bytes(40),
    ),
    "office": (
        _zip("[Content_Types].xml", "xl/workbook.xml"),
        _zip("_rels/.rels", "word/document.xml", "[Content_Types].xml"),
        _zip("mimetype", "content.xml"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40),
        b"{\\rtf1\\ansi hola}",
    ),
    "mail": (b"From: a@b.example\r\nSubject: Factura\r\n\r\nhola",),
    "page": (
        b"<!DOCTYPE html>\n<html><body>Ingrese su clave</body></html>",
        b"\xef\xbb\xbf\r\n<HTML><BODY>No encontrado",
        b"<!-- hola --><html></html>",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    ),
    "empty": (b"", b" \r\n\t", b"\xef\xbb\xbf", bytes(512), b" " * 9_000),
    "text": (b"Estimados: " + XML, b'{"DTE": {}}', b"Folio;Fecha\n1;2", "ï»¿<DTE/>".encode()),
    "binary": (b"\0\x05\x16\x07" + bytes(40), b"MZ\x90\0\x03", b"\x7fELF\x02\x01\x01\0"),
}
