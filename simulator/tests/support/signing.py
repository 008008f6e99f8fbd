"""A signer for tests, by python-xmlsec: shares nothing with the simulator's verifier."""

import base64
from collections.abc import Callable

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from lxml import etree

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"


class Signer:
    """Signs with a person's certificate and key."""

    def __init__(self, certificate_pem: str, key_pem: str):
        self._key_pem = key_pem.encode()
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
        self._certificate = base64.encodebytes(certificate.public_bytes(Encoding.DER)).decode()
        numbers = load_pem_private_key(self._key_pem, None).private_numbers().public_numbers
        self._modulus, self._exponent = (
            base64.encodebytes(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode()
            for number in (numbers.n, numbers.e)
        )

    def sign(
        self,
        content: bytes,
        reference: str,
        transform: str = C14N,
        alter: Callable[[str], str] = str,
    ) -> bytes:
        """Append a Signature of the element with this ID ('' the whole) to the root.

        The content is returned as it came, the signature put in before its last closing tag.
        ``alter`` changes what is signed, so that the signature is sound and yet not the SII's.
        """
        template = alter(_template(reference, transform))
        root = etree.fromstring(content)
        signature = etree.fromstring(template)
        root.append(signature)
        for element in root.xpath("//*[@ID]"):
            xmlsec.tree.add_ids(element, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(self._key_pem, xmlsec.KeyFormat.PEM)
        context.sign(signature)
        digest = signature.findtext(f".//{{{DSIG}}}DigestValue").strip()
        value = signature.findtext(f"{{{DSIG}}}SignatureValue").strip()
        end = content.rindex(b"</")
        made = self._element(template, digest, value).encode()
        return content[:end] + made + content[end:]

    def _element(self, template: str, digest: str, value: str) -> str:
        filled = template.replace(
            "<DigestValue></DigestValue>", f"<DigestValue>{digest}</DigestValue>"
        )
        filled = filled.replace(
            "<SignatureValue></SignatureValue>", f"<SignatureValue>{value}</SignatureValue>"
        )
        key_info = (
            "<KeyInfo><KeyValue><RSAKeyValue>"
            f"<Modulus>{self._modulus}</Modulus><Exponent>{self._exponent.strip()}</Exponent>"
            "</RSAKeyValue></KeyValue><X509Data>"
            f"<X509Certificate>{self._certificate}</X509Certificate></X509Data></KeyInfo>"
        )
        return filled.replace("</Signature>", f"{key_info}</Signature>")


def _template(reference: str, transform: str) -> str:
    uri = f"#{reference}" if reference else ""
    return (
        f'<Signature xmlns="{DSIG}"><SignedInfo>'
        f'<CanonicalizationMethod Algorithm="{C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{DSIG}rsa-sha1"></SignatureMethod>'
        f'<Reference URI="{uri}"><Transforms><Transform Algorithm="{transform}"></Transform>'
        f'</Transforms><DigestMethod Algorithm="{DSIG}sha1"></DigestMethod>'
        "<DigestValue></DigestValue></Reference></SignedInfo>"
        "<SignatureValue></SignatureValue></Signature>"
    )
