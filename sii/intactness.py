"""Whether a DTE of ours still is what was signed, quickly: an envelope asks it 2000 times.

``verification`` judges strangers, in whatever form they sign. Here only the one form is known that
``xmldsig`` writes, variant D of PROTOCOL 5.9, and anything else is not intact.
"""

import re

from . import rsa_sha1
from .c14n import declare, digest
from .xml.writer import SII_NAMESPACE
from .xmldsig import C14N, DSIG, canonical_info

_SIGNED = re.compile(
    r'<DTE version="1\.0">\n(?P<content><Documento ID="(?P<id>[^"<&]+)">.*</Documento>)\n'
    rf'<Signature xmlns="{re.escape(DSIG)}">\n(?P<signed_info><SignedInfo>.*</SignedInfo>)\n'
    r"<SignatureValue>(?P<value>[^<]*)</SignatureValue>\n<KeyInfo>\n<KeyValue>\n<RSAKeyValue>\n"
    r"<Modulus>(?P<modulus>[^<]*)</Modulus>\n<Exponent>(?P<exponent>[^<]*)</Exponent>\n"
    r"</RSAKeyValue>\n</KeyValue>\n.*</KeyInfo></Signature>\n</DTE>".encode(),
    re.DOTALL,
)


def is_intact(dte: bytes) -> bool:
    """Whether the document is as ``xmldsig.sign`` left it.

    dte: cut out of the canonical form of its envelope, so that no other way of writing the same
    can hide anything. Digest, SignedInfo and value are checked with the key inside it.
    """
    found = _SIGNED.fullmatch(dte)
    if found is None:
        return False
    content = declare(found["content"], {None: SII_NAMESPACE})
    signed = canonical_info(f"#{found['id'].decode()}", C14N, digest([content]), {})
    if declare(found["signed_info"], {None: DSIG}) != signed:
        return False
    try:
        key = rsa_sha1.public_numbers(found["modulus"].decode(), found["exponent"].decode())
    except ValueError:
        return False
    return rsa_sha1.is_signed(key, signed, found["value"].decode())
