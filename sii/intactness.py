"""Whether a DTE of ours still is what was signed, quickly: an envelope asks it 2000 times.

``verification`` judges strangers, in whatever form they sign. Here only the one form is known that
``xmldsig`` writes, variant D of PROTOCOL 5.9, and anything else is not intact.
"""

import base64
import hashlib
import re

from lxml import etree

from . import rsa_sha1
from .errors import UnsafeXml
from .xml import reader
from .xml.writer import DECLARATION, DTE_TAG, SII_NAMESPACE
from .xmldsig import C14N, DSIG, signed_info

# The canonical form, so that no other way of writing the same can hide anything.
_SIGNED = re.compile(
    rf'{DTE_TAG}\n<Documento(?P<content> ID="(?P<id>[^"<&]+)">.*</Documento>)\n'
    rf'<Signature xmlns="{DSIG}">\n<SignedInfo(?P<signed_info>>.*</SignedInfo>)\n'
    r"<SignatureValue>(?P<value>[^<]*)</SignatureValue>\n<KeyInfo>\n<KeyValue>\n<RSAKeyValue>\n"
    r"<Modulus>(?P<modulus>[^<]*)</Modulus>\n<Exponent>(?P<exponent>[^<]*)</Exponent>\n"
    r"</RSAKeyValue>\n</KeyValue>\n.*</KeyInfo></Signature>\n</DTE>".encode(),
    re.DOTALL,
)
_EMPTY = re.compile(rb"<(\w+)([^<>]*)/>")


def is_intact(dte: bytes) -> bool:
    """Whether the document, from ``<DTE`` to ``</DTE>``, is as ``xmldsig.sign`` left it.

    Digest, SignedInfo and value are checked with the key inside it.
    """
    try:
        root = reader.parse(DECLARATION.encode() + dte)
        found = _SIGNED.fullmatch(etree.tostring(root, method="c14n"))
    except UnsafeXml:
        return False
    if found is None:
        return False
    content = f'<Documento xmlns="{SII_NAMESPACE}"'.encode() + found["content"]
    digest = base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
    expected = signed_info(f"#{found['id'].decode()}", C14N, digest).encode()
    told = b"<SignedInfo" + found["signed_info"]
    if told != _EMPTY.sub(rb"<\1\2></\1>", expected):
        return False
    key = rsa_sha1.public_numbers(found["modulus"].decode(), found["exponent"].decode())
    signed = told.replace(b"<SignedInfo>", f'<SignedInfo xmlns="{DSIG}">'.encode())
    return rsa_sha1.is_signed(key, signed, found["value"].decode())
