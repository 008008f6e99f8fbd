"""What strangers make: certificates of their own, and documents signed again."""

import re
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from ..sii.dte.caf import authority_from_pem
from ..sii.exchange import envelope as exchange_received
from ..sii.exchange import our_answers as exchange
from ..sii.received import document as received
from ..sii.signature import signing, xmldsig
from ..sii.signature.certificates import RUT_OID, holder_rut
from ..sii.signature.rsa_sha1 import number_base64
from ..sii.signature.signer import Signer

_LAST = re.compile(r"<Signature(?!.*<Signature[ >]).*</Signature>\s*", re.DOTALL)


def signer(certificate, key):
    """A signer whatever its dates are."""
    numbers = key.public_key().public_numbers()
    return Signer(
        certificate_der=certificate.public_bytes(Encoding.DER),
        rut=holder_rut(certificate),
        holder="",
        valid_from=datetime(2000, 1, 1, tzinfo=UTC),
        valid_until=datetime(2100, 1, 1, tzinfo=UTC),
        modulus=number_base64(numbers.n),
        exponent=number_base64(numbers.e),
        key=signing.load_key(key),
    )


def from_simulator(person):
    """The signer of a certificate that the simulator issued."""
    certificate = x509.load_pem_x509_certificate(person["certificate_pem"].encode())
    return signer(certificate, load_pem_private_key(person["key_pem"].encode(), None))


def stranger(name="Nadie", rut=None):
    """Somebody who certified himself on the spot, by whatever RUT he likes."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=300))
    )
    if rut:
        value = bytes([0x16, len(rut)]) + rut.encode()
        names = x509.SubjectAlternativeName([x509.OtherName(RUT_OID, value)])
        builder = builder.add_extension(names, critical=False)
    return signer(builder.sign(key, SHA256()), key)


def signed_again(xml, by, *changes):
    """A DTE with other content, its stamp as it was, signed again. changes: (before, after)."""
    text = _LAST.sub("", xml.decode("iso-8859-1"))
    for before, after in changes:
        if before not in text:
            raise AssertionError(f"{before} is not in the document")
        text = text.replace(before, after)
    reference = re.search(r'<Documento ID="([^"]+)"', text)[1]
    return xmldsig.sign(text, reference, by).xml


def answer(xml, by, at, rut, kind="result", accepted=False, sii=None):
    """A customer's answer about a DTE. rut: who answers, as the file states. sii: the simulator."""
    authorities = {666: authority_from_pem(sii.caf_public_key().encode())}
    [document] = received.read(xml, authorities)
    envelope = exchange_received.single(document, "envio.xml", "", "", accepted)
    answerer = exchange.Answerer(rut=rut, address="Los Leones 55")
    return getattr(exchange, kind)(envelope, answerer, by, at)
