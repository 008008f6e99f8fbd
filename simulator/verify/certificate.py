"""Whose certificate it is, and whether it is to be trusted (PROTOCOL 0.4)."""

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from .. import ruts
from ..keys.persons import HOLDER_RUT


def holder_rut(certificate: x509.Certificate) -> str:
    """The RUT in subjectAltName, or in the subject's serialNumber; '' when in neither."""
    for candidate in (*_alternative_names(certificate), *_serial_numbers(certificate)):
        try:
            return ruts.canonical(candidate)
        except ValueError:
            continue
    return ""


def is_trusted(certificate: x509.Certificate, root: x509.Certificate, moment: datetime) -> bool:
    """Issued by the root and in force at an aware moment."""
    try:
        certificate.verify_directly_issued_by(root)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _alternative_names(certificate: x509.Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    values = (n.value for n in names.get_values_for_type(x509.OtherName) if n.type_id == HOLDER_RUT)
    # An IA5String or UTF8String of short length: tag, length, text.
    return [value[2:].decode("ascii", "replace") for value in values]


def _serial_numbers(certificate: x509.Certificate) -> list[str]:
    attributes = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return [str(attribute.value) for attribute in attributes]
