"""Files made to cost more than their size, by what they are made of. None is above some 4 MB."""

import base64
import io
import re
import zipfile

import keys

HEAD = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n'
_DSIG = "http://www.w3.org/2000/09/xmldsig#"


def _in_document(genuine: bytes, before: bytes, text: bytes) -> bytes:
    """The genuine document with something in front of its content."""
    assert before in genuine
    return genuine.replace(before, text + before, 1)


def _attributes(count: int) -> bytes:
    return b" ".join(b'a%d=""' % each for each in range(count))


def _namespaces(count: int, prefix: bytes = b"n") -> bytes:
    return b" ".join(b'xmlns:%s%d="urn:a"' % (prefix, each) for each in range(count))


def _signed(key_bits: int) -> bytes:
    """The smallest that looks signed, by a key that takes long."""
    modulus = keys.number_base64((1 << (key_bits - 1)) + 1).encode()
    info = (
        f'<SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/'
        f'REC-xml-c14n-20010315"/><SignatureMethod Algorithm="{_DSIG}rsa-sha1"/>'
        f'<Reference URI="#a"><DigestMethod Algorithm="{_DSIG}sha1"/>'
        "<DigestValue>AAAA</DigestValue></Reference></SignedInfo>"
    ).encode()
    value = base64.b64encode(b"\1" * (key_bits // 8))
    return (
        b'<DTE><Documento ID="a"><Encabezado><IdDoc><TipoDTE>33</TipoDTE><Folio>1</Folio>'
        b"<FchEmis>2026-01-01</FchEmis></IdDoc><Emisor><RUTEmisor>1-9</RUTEmisor></Emisor>"
        b"<Receptor><RUTRecep>1-9</RUTRecep></Receptor><Totales><MntTotal>1</MntTotal></Totales>"
        b'</Encabezado></Documento><Signature xmlns="'
        + _DSIG.encode()
        + b'">'
        + info
        + b"<SignatureValue>"
        + value
        + b"</SignatureValue><KeyInfo><KeyValue><RSAKeyValue>"
        b"<Modulus>" + modulus + b"</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>"
        b"</KeyInfo></Signature></DTE>"
    )


def _many(one: bytes, size: int) -> bytes:
    return HEAD + b"<EnvioDTE><SetDTE>" + one * (size // len(one)) + b"</SetDTE></EnvioDTE>"


def _zip(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def xml(genuine: bytes) -> dict[str, bytes]:
    """By what they are made of; genuine: a signed document of one line."""
    body = re.search(rb"<DTE.*</DTE>", genuine, re.DOTALL)[0]
    line = (
        b"<Detalle><NroLinDet>1</NroLinDet><NmbItem>a</NmbItem><MontoItem>1</MontoItem></Detalle>"
    )
    within = b"<TmstFirma>"
    root = b"<DTE "
    tall = _in_document(body, b"<Detalle>", line * 990)
    return {
        "instructions": HEAD + b"<?a b?>" * 22 + b"<RespuestaDTE />",
        "a hundred thousand instructions": HEAD + b"<?a b?>" * 100_000 + b"<RespuestaDTE/>",
        "comments before": HEAD + b"<!---->" * 150_000 + b"<RespuestaDTE/>",
        "comments within": _in_document(genuine, within, b"<!---->" * 150_000),
        "comments and texts": _in_document(genuine, within, b"a<!---->" * 120_000),
        "comments without end": HEAD + b"<a>" + b"<!--" * 250_000 + b"</a>",
        "blanks before": HEAD + b" " * 1_000_000 + b"<RespuestaDTE/>",
        "blanks in the root": HEAD + b"<DTE" + b" " * 1_000_000 + b"><Documento/></DTE>",
        "blanks in the stamp": genuine.replace(b"<DD>", b"<DD>" + b" \n" * 140_000, 1),
        "40,000 attributes": HEAD + b"<DTE " + _attributes(40_000) + b"/>",
        "100,000 attributes": HEAD + b"<DTE " + _attributes(100_000) + b"/>",
        "100,000 attributes within": _in_document(
            genuine, within, b"<A " + _attributes(100_000) + b"/>"
        ),
        "100,000 namespaces": HEAD + b"<DTE " + _namespaces(100_000) + b"/>",
        "namespaces on each": _in_document(
            genuine, within, (b"<A " + _namespaces(6) + b"/>") * 800
        ),
        "a namespace on each": _in_document(genuine, within, b'<A xmlns="urn:a"/>' * 55_000),
        "too many namespaces": _in_document(
            genuine, within, (b"<A " + _namespaces(6) + b"/>") * 10_000
        ),
        "namespaces in scope": genuine.replace(root, root + _namespaces(5) + b" ", 1).replace(
            within, b"<A " + _namespaces(6, b"m") + b">" + b"<B/>" * 250_000 + b"</A>" + within
        ),
        "100,000 lines": _in_document(genuine, b"<Detalle>", line * 40_000),
        "a thousand lines, again and again": _many(tall, 2_000_000),
        "a name of 5 MB": genuine.replace(b"<RznSoc>", b"<RznSoc>" + b"x" * 4_000_000, 1),
        "a name of 300 kB": genuine.replace(b"<RznSoc>", b"<RznSoc>" + b"x" * 290_000, 1),
        "an item of 300 kB": genuine.replace(b"<NmbItem>", b"<NmbItem>" + b"x" * 290_000, 1),
        "a number of 300 kB": genuine.replace(b"<Folio>", b"<Folio>" + b"9" * 290_000, 1),
        "deep": HEAD + b"<a>" * 200_000 + b"</a>" * 200_000,
        "deep within": _in_document(genuine, within, b"<a>" * 100_000 + b"</a>" * 100_000),
        "empty elements": _in_document(genuine, within, b"<a/>" * 250_000),
        "names of their own": _in_document(
            genuine, within, b"".join(b"<a%d/>" % each for each in range(100_000))
        ),
        "parts of a signature": genuine.replace(
            b"<KeyInfo>", b"<KeyInfo>" + b"".join(b"<k%d/>" % each for each in range(90_000)), 1
        ),
        "keys of a signature": genuine.replace(
            b"<KeyInfo>", b"<KeyInfo>" + b"<KeyValue/>" * 90_000, 1
        ),
        "a long name": HEAD + b"<" + b"a" * 1_000_000 + b"/>",
        "a long value": HEAD + b'<a b="' + b"&amp;" * 200_000 + b'"/>',
        "entities": _in_document(genuine, within, b"<a>" + b"&amp;" * 200_000 + b"</a>"),
        "characters": _in_document(genuine, within, b"<a>" + b"&#65;" * 200_000 + b"</a>"),
        "sections": _in_document(genuine, within, b"<a>" + b"x<![CDATA[]]>" * 90_000 + b"</a>"),
        "documents in sections": HEAD + b"<a>" + b"<![CDATA[<DTE ]]>" * 60_000 + b"</a>",
        "empty documents": HEAD + b"<a>" + b"<DTE></DTE>" * 90_000 + b"</a>",
        "documents in documents": HEAD + b"<DTE>" * 35 + b"</DTE>" * 35,
        "genuine ones": _many(body, 2_000_000),
        "great keys": _many(_signed(8192), 2_000_000),
        "greater keys": _many(_signed(65_536), 2_000_000),
        "small keys": _many(_signed(1024), 2_000_000),
        "stamps": _in_document(genuine, b"<TED ", b"<TED/>" * 150_000),
        "stamps without end": genuine.replace(b"</TED>", b"", 1).replace(
            within, b"<B>" + b"<TED></B><B>" * 60_000 + b"</B>" + within
        ),
        "entities of entities": b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (98 + each, b"&%c;" % (97 + each) * 10) for each in range(9)
        )
        + b"]><a>&j;</a>",
        "a bomb": _zip(("a.xml", b" " * 40_000_000)),
        "a bomb of tags": _zip(("a.xml", b"<a>" + b"<a/>" * 4_000_000 + b"</a>")),
        "a bomb of documents": _zip(("a.xml", _many(body, 30_000_000))),
        "many bombs": _zip(*((f"{each}.xml", b" " * 100_000) for each in range(1000))),
        "many files": _zip(*((f"{each}.xml", b"<a/>") for each in range(1900))),
    }
