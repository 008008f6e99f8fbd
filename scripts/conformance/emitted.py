"""Reads what ``make run`` emitted, and verifies it with none of the project's own code."""

import json
import os
import re
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1
from lxml import etree
from signxml import SignatureConfiguration, XMLVerifier
from signxml.algorithms import DigestAlgorithm, SignatureMethod

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / ".odoo" / "out"
REFERENCE = Path(os.environ.get("SII_REFERENCE") or ROOT.parent / "shared" / "sii")
NAMESPACES = {"sii": "http://www.sii.cl/SiiDte", "ds": "http://www.w3.org/2000/09/xmldsig#"}


@dataclass(frozen=True)
class Emitted:
    """One document of the run, as ``run.json`` lists it."""

    type: int
    folio: int
    track_id: str
    state: str
    dte: bytes
    envio: bytes

    @property
    def stamp(self) -> bytes:
        """The TED as it stands in the document."""
        return cut(self.dte, "TED")


def run() -> dict:
    return json.loads((OUT / "run.json").read_text())


def documents() -> list[Emitted]:
    return [
        Emitted(
            type=entry["type"],
            folio=entry["folio"],
            track_id=entry["track_id"],
            state=entry["state"],
            dte=(OUT / f"dte_{entry['type']}_{entry['folio']}.xml").read_bytes(),
            envio=(OUT / f"envio_{entry['track_id']}.xml").read_bytes(),
        )
        for entry in run()["documents"]
    ]


def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(REFERENCE / "schemas" / name))


def cut(xml: bytes, tag: str) -> bytes:
    """The first element of that name, as its own text."""
    start = xml.index(f"<{tag}".encode())
    end = f"</{tag}>".encode()
    return xml[start : xml.index(end, start) + len(end)]


def flat(xml: bytes) -> bytes:
    """Without the line breaks and indents between elements, as stamps are signed (PROTOCOL 6)."""
    return re.sub(rb">\s+<", b"><", xml)


def parse(text: bytes) -> etree._Element:
    """Parse a part that was cut from a document, and so carries no declaration."""
    return etree.fromstring(text, etree.XMLParser(encoding="ISO-8859-1"))


def verify_signature(xml: bytes) -> etree._Element:
    """Verify the root's own signature by its certificate; return the element it signs.

    :raises signxml.exceptions.InvalidSignature: it does not verify.
    """
    certificate = etree.fromstring(xml).findtext(
        "./ds:Signature/ds:KeyInfo/ds:X509Data/ds:X509Certificate", namespaces=NAMESPACES
    )
    verifier = XMLVerifier()
    # lxml writes false xmlns="" when it canonicalises an element in place
    verifier.excise_empty_xmlns_declarations = True
    config = SignatureConfiguration(
        location="./",
        signature_methods=frozenset([SignatureMethod.RSA_SHA1]),
        digest_algorithms=frozenset([DigestAlgorithm.SHA1]),
        ignore_ambiguous_key_info=True,
    )
    trusted = x509.load_der_x509_certificate(b64decode(certificate))
    result = verifier.verify(xml, x509_cert=trusted, id_attribute="ID", expect_config=config)
    return result.signed_xml


def caf_key(caf: bytes) -> rsa.RSAPublicKey:
    """The key of the CAF that stands in a document, by which its stamp was signed."""
    key = parse(cut(caf, "RSAPK"))
    modulus, exponent = (int.from_bytes(b64decode(key.findtext(name))) for name in "ME")
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def verify_text(key: rsa.RSAPublicKey, signature: str, text: bytes) -> None:
    """Verify a SHA-1 signature over plain text.

    :raises cryptography.exceptions.InvalidSignature: it does not verify.
    """
    key.verify(b64decode(signature), text, padding.PKCS1v15(), SHA1())
