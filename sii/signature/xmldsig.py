"""XML-DSig as the SII requires it (PROTOCOL 1.4, 5.9): libxml2 canonicalises, ``signing`` signs.

The text is signed as it is, and digest, value and KeyInfo are written into a text signature.
No tree is ever serialised, so what was signed is what is stored.
"""

from base64 import b64encode
from dataclasses import dataclass, field

from lxml import etree

from ..errors import SignatureProblem
from ..text import encode
from ..xml import reader
from ..xml.writer import DSIG_NAMESPACE as DSIG
from ..xml.writer import leaf
from .c14n import Namespaces, canonical, canonical_child, declare, digest
from .signer import Signer, wrap

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = f"{DSIG}enveloped-signature"
RSA_SHA1 = f"{DSIG}rsa-sha1"
SHA1 = f"{DSIG}sha1"

_SIGNED_INFO = f"""\
<SignedInfo>
<CanonicalizationMethod Algorithm="{C14N}"/>
<SignatureMethod Algorithm="{RSA_SHA1}"/>
<Reference URI="{{}}">
<Transforms>
<Transform Algorithm="{{}}"/>
</Transforms>
<DigestMethod Algorithm="{SHA1}"/>
<DigestValue>{{}}</DigestValue>
</Reference>
</SignedInfo>"""
_SIGNATURE = f"""\
<Signature xmlns="{DSIG}">
{{signed_info}}
<SignatureValue>{{value}}</SignatureValue>
{{key_info}}</Signature>
"""
# each of its elements is in a line of its own
_CANONICAL_INFO = "\n".join(
    f"{line[:-2]}></{line[1:].split()[0]}>" if line.endswith("/>") else line
    for line in _SIGNED_INFO.split("\n")
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed text. xml: its ISO-8859-1 bytes. root: the same parsed, line feeds between
    elements apart."""

    xml: bytes = field(repr=False)
    root: etree._Element = field(repr=False)


def sign(xml: str, reference: str, signer: Signer) -> Signed:
    """``xml`` with a Signature as last child of its root.

    xml: a whole document. reference: ID of the root's only child, which is signed in place with
    every namespace in its scope; empty to sign the whole document, as getToken does.
    Raises SignatureProblem ``signing_failed``.
    """
    text, end = memoryview(encode(xml)), xml.rindex("</")  # an octet is a character
    # The line feed after the Signature stays when getToken's reader takes the Signature out.
    root = reader.parse_own(b"\n".join((text[:end], text[end:])), reader.LATIN_1)
    if reference and (len(root) != 1 or root[0].get("ID") != reference):
        raise SignatureProblem("signing_failed", reference=reference)
    content = canonical_child(root) if reference else canonical(root)
    signature = make_signature(reference, digest([content]), root.nsmap, signer)
    root.append(reader.parse_own(signature, reader.LATIN_1))
    return Signed(b"".join((text[:end], signature, text[end:])), root)


def make_signature(reference: str, digest: str, scope: Namespaces, signer: Signer) -> bytes:
    """The Signature over what has this digest, to be written after it.

    reference: as ``sign`` has it. digest: base64. scope: the namespaces of the root, in which both
    stand. Raises SignatureProblem ``signing_failed``.
    """
    method = (f"#{reference}", C14N) if reference else ("", ENVELOPED)
    value = _value(canonical_info(*method, digest, scope), reference, signer)
    return encode(
        _SIGNATURE.format(
            signed_info=_SIGNED_INFO.format(*method, digest),
            value=wrap(value),
            key_info=signer.key_info,
        )
    )


def sign_token(seed: str, signer: Signer) -> bytes:
    """The signed getToken request for a seed, without XML declaration (PROTOCOL 1.3, 1.4)."""
    return sign(f"<getToken><item>\n{leaf('Semilla', seed)}</item></getToken>", "", signer).xml


def canonical_info(uri: str, transform: str, digest: str, scope: Namespaces) -> bytes:
    """The SignedInfo we write, in canonical form. digest: base64. scope: as ``declare`` has it."""
    info = _CANONICAL_INFO.format(uri, transform, digest).encode()
    return declare(info, {**scope, None: DSIG})


def _value(signed_info: bytes, reference: str, signer: Signer) -> str:
    """SignatureValue over the canonical SignedInfo, base64."""
    try:
        return b64encode(signer.key.sign(signed_info)).decode("ascii")
    except SignatureProblem as problem:
        raise SignatureProblem(problem.code, reference=reference) from problem
