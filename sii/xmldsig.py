"""XML-DSig as the SII wants it (PROTOCOL 1.4, 5.9); the only file that touches python-xmlsec.

Signing works on bytes: the text is signed as it stands, and digest, value and KeyInfo are written
into a text signature. No tree is ever serialised, so what was signed is what is stored.
"""

import xmlsec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from lxml import etree

from .errors import SignatureProblem
from .signer import Signer
from .text import encode
from .xml.writer import leaf

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = f"{DSIG}enveloped-signature"
RSA_SHA1 = f"{DSIG}rsa-sha1"
SHA1 = f"{DSIG}sha1"

_SIGNED_INFO = f"""\
<SignedInfo>
<CanonicalizationMethod Algorithm="{C14N}"/>
<SignatureMethod Algorithm="{RSA_SHA1}"/>
<Reference URI="{{uri}}">
<Transforms>
<Transform Algorithm="{{transform}}"/>
</Transforms>
<DigestMethod Algorithm="{SHA1}"/>
<DigestValue>{{digest}}</DigestValue>
</Reference>
</SignedInfo>"""
_SIGNATURE = f"""\
<Signature xmlns="{DSIG}">
{{signed_info}}
<SignatureValue>{{value}}</SignatureValue>
{{key_info}}</Signature>
"""


def load_key(key: RSAPrivateKey) -> xmlsec.Key:
    """Handle of the private key for ``Signer.key``; parsing it costs more than a signature."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.PEM)


def sign(xml: str, reference: str, signer: Signer) -> bytes:
    """The ISO-8859-1 bytes of ``xml`` with a Signature as last child of its root.

    xml: a whole document. reference: ID of the root's first child, which is signed in place with
    every namespace in its scope; empty to sign the whole document, as getToken does.
    Raises SignatureProblem ``signing_failed``.
    """
    end = xml.rindex("</")
    before, after = encode(xml[:end]), encode(xml[end:])
    method = (f"#{reference}", C14N) if reference else ("", ENVELOPED)
    blank = _SIGNATURE.format(signed_info=signed_info(*method, ""), value="", key_info="")
    digest, value = _values(b"".join((before, encode(blank), after)), reference, signer)
    signed = _SIGNATURE.format(
        signed_info=signed_info(*method, digest), value=value, key_info=signer.key_info
    )
    return b"".join((before, encode(signed), after))


def signed_info(uri: str, transform: str, digest: str) -> str:
    """The SignedInfo element of whatever we sign. digest: base64."""
    return _SIGNED_INFO.format(uri=uri, transform=transform, digest=digest)


def sign_token(seed: str, signer: Signer) -> bytes:
    """The signed getToken request for a seed, without XML declaration (PROTOCOL 1.3, 1.4)."""
    return sign(f"<getToken><item>\n{leaf('Semilla', seed)}</item></getToken>", "", signer)


def _values(blank: bytes, reference: str, signer: Signer) -> tuple[str, str]:
    """DigestValue and SignatureValue of a document that carries a Signature without them."""
    root = etree.fromstring(blank, etree.XMLParser(encoding="ISO-8859-1", huge_tree=True))
    signature = root[-1]
    context = xmlsec.SignatureContext()
    context.key = signer.key
    try:
        if reference:
            context.register_id(root[0], "ID")
        context.sign(signature)
    except xmlsec.Error as error:
        raise SignatureProblem("signing_failed", reference=reference) from error
    return (
        signature.findtext(f".//{{{DSIG}}}DigestValue"),
        signature.findtext(f"{{{DSIG}}}SignatureValue"),
    )
