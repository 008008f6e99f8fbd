"""Whether a DTE of ours still is what was signed, quickly: an envelope asks it 2000 times.

``verification`` judges others' signatures, in whatever form. Here only the one form is known that
``xmldsig`` writes, variant D of PROTOCOL 5.9, and anything else is not intact.
"""

import re

from ..signature import rsa_sha1
from ..signature.c14n import declare, digest
from ..signature.xmldsig import C14N, DSIG, canonical_info
from ..xml.writer import SII_NAMESPACE

_START = re.compile(rb'<DTE version="1\.0">\n(?=<Documento ID="(?P<id>[^"<&]++)">)')
_BETWEEN = f'</Documento>\n<Signature xmlns="{DSIG}">\n'.encode()
_INFO_END = b"</SignedInfo>"
_VALUES = re.compile(
    rb"\n<SignatureValue>(?P<value>[^<]*+)</SignatureValue>\n<KeyInfo>\n<KeyValue>\n<RSAKeyValue>\n"
    rb"<Modulus>(?P<modulus>[^<]*+)</Modulus>\n<Exponent>(?P<exponent>[^<]*+)</Exponent>\n"
    rb"</RSAKeyValue>\n</KeyValue>\n"
)
_END = b"</KeyInfo></Signature>\n</DTE>"


def is_intact(dte: bytes) -> bool:
    """Whether the document is as ``xmldsig.sign`` left it.

    dte: cut out of the canonical form of its envelope, so that no other way of writing the same
    can hide anything. Digest, SignedInfo and value are checked with the key inside it.
    """
    start, between = _START.match(dte), dte.rfind(_BETWEEN)
    if start is None or between < start.end() or not dte.endswith(_END):
        return False
    info_start = between + len(_BETWEEN)
    info_end = dte.find(_INFO_END, info_start) + len(_INFO_END)
    values = _VALUES.match(dte, info_end)
    if values is None:
        return False
    inside = dte[start.end() : between] + b"</Documento>"
    content = declare(inside, {None: SII_NAMESPACE})
    signed = canonical_info(f"#{start['id'].decode()}", C14N, digest([content]), {})
    if declare(dte[info_start:info_end], {None: DSIG}) != signed:
        return False
    try:
        key = rsa_sha1.public_numbers(values["modulus"].decode(), values["exponent"].decode())
    except ValueError:
        return False
    return rsa_sha1.is_signed(key, signed, values["value"].decode())
