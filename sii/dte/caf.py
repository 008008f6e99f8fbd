"""CAF: the SII's authorisation of a range of folios, with the key that stamps them (PROTOCOL 7)."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
)
from lxml import etree

from .. import kinds, rut, text
from ..codes import Environment
from ..errors import CafProblem, InvalidRut, UnsafeXml
from ..signature import rsa_sha1
from ..xml import reader
from . import caf_element

ENVIRONMENTS = {100: Environment.CERTIFICATION, 300: Environment.PRODUCTION}
"""Which of the SII's keys (IDK) belongs to which environment (PROTOCOL 7.1)."""

AUTHORITIES: Mapping[int, RSAPublicNumbers] = {
    100: RSAPublicNumbers(
        e=65537,
        n=int(
            "C8FBF00DCB21A55000A585522C5DE528A73E0CE16CC03AB1E5EA7DE4B2A28111"
            "E352FAEF8DCB7D51E349ABD4B105DCD4F67CF9E13115058C9F0154291B8C7153",
            16,
        ),
    ),
    300: RSAPublicNumbers(
        e=65537,
        n=int(
            "9DEEBFC5EEBD96DF4C7CF53F1BFA15D85D73EF04C6718F8C07B3F785EFEE75E7"
            "B4EF5A3AE079C3265A900E45F602890AF6FB4FAFA2B8D6938F7F011C3585B335",
            16,
        ),
    ),
}
"""The SII's keys that sign CAFs, by IDK (PROTOCOL 7.2)."""

_PARTS = frozenset({"CAF", "RSASK", "RSAPUBK"})
_LONGEST_KEY = 4_000  # characters; of a key of 4,096 bits, where the SII's have 512


def authority_from_pem(pem: bytes) -> RSAPublicNumbers:
    """Public key of a signer of CAFs, such as a simulator. Raises CafProblem."""
    try:
        numbers = load_pem_public_key(pem).public_numbers()
        rsa_sha1.check_fit(numbers, rsa_sha1.CAF_BITS)
    except (ValueError, UnsupportedAlgorithm, AttributeError) as error:
        raise CafProblem("caf_authority_unreadable") from error
    return numbers


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What the SII signed: these folios of this type belong to this taxpayer.

    environment: None when the IDK is not the SII's. flat: the CAF element as stamps embed it.
    """

    issuer_rut: str
    issuer_name: str
    kind: int
    first: int
    last: int
    authorised_on: date
    idk: int
    environment: Environment | None
    public_numbers: RSAPublicNumbers = field(repr=False)
    flat: str = field(repr=False)

    @property
    def expires_on(self) -> date | None:
        """The last day its folios may be signed; None when they do not expire (PROTOCOL 7.3)."""
        months = kinds.of(self.kind).folio_months
        if months is None:
            return None
        month_index = self.authorised_on.month - 1 + months
        year, month = self.authorised_on.year + month_index // 12, month_index % 12 + 1
        day = min(self.authorised_on.day, monthrange(year, month)[1])
        return date(year, month, day) - timedelta(days=1)

    def covers(self, folio: int) -> bool:
        """Whether the folio lies in the range."""
        return self.first <= folio <= self.last

    def check_use(self, kind: int, issuer_rut: str, folio: int, day: date) -> None:
        """Raise CafProblem unless this folio may be stamped with this CAF on this Chilean day."""
        if rut.canonical(issuer_rut) != self.issuer_rut:
            raise CafProblem("caf_of_other_issuer", caf=self.issuer_rut, issuer=issuer_rut)
        if kind != self.kind:
            raise CafProblem("caf_of_other_kind", caf=self.kind, kind=int(kind))
        if not self.covers(folio):
            raise CafProblem("caf_out_of_range", folio=folio, first=self.first, last=self.last)
        if day < self.authorised_on:
            raise CafProblem("caf_not_yet_valid", authorised_on=self.authorised_on.isoformat())
        if self.expires_on is not None and day > self.expires_on:
            raise CafProblem("caf_expired", expired_on=self.expires_on.isoformat())


@dataclass(frozen=True, slots=True)
class Caf(Authorisation):
    """A whole CAF file: the authorisation and its private key."""

    _key: RSAPrivateKey = field(repr=False, compare=False)

    @classmethod
    def read(cls, data: bytes, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES) -> "Caf":
        """Read and check a file as the SII delivers it (PROTOCOL 7.1).

        authorities: whose signatures count, by IDK. Raises CafProblem.
        """
        try:
            root = reader.parse(data)
            content = reader.decode(data)
            private, public = _keys(root)
        except UnsafeXml as error:
            raise CafProblem("caf_unreadable", cause=error.code) from error
        granted = read_authorisation(content, authorities)
        key = _private_key(private)
        if key.public_key().public_numbers() != granted.public_numbers:
            raise CafProblem("caf_key_mismatch")
        if public and _public_key(public) != granted.public_numbers:
            raise CafProblem("caf_key_mismatch")
        values = {each.name: getattr(granted, each.name) for each in fields(granted)}
        return cls(**values, _key=key)

    def sign(self, data: bytes) -> str:
        """Stamp signature (FRMT) of ``data``, base64."""
        return rsa_sha1.sign(self._key, data)

    def public_xml(self) -> bytes:
        """The file without its private key, ISO-8859-1: enough to prove what was authorised."""
        # written again, so that it holds nothing else
        return text.encode(f'<?xml version="1.0"?>\n<AUTORIZACION>\n{self.flat}\n</AUTORIZACION>\n')


def read_authorisation(
    content: str, authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> Authorisation:
    """The CAF element of a CAF file or of a stamp, its FRMA verified (PROTOCOL 7.2).

    content: XML text that holds the one element, and no other. Raises CafProblem.
    """
    return authorisation(caf_element.match(caf_element.cut(content)), authorities)


def authorisation(
    found: re.Match[str], authorities: Mapping[int, RSAPublicNumbers] = AUTHORITIES
) -> Authorisation:
    """What a match of ``caf_element.GRAMMAR`` grants, its FRMA verified. Raises CafProblem."""
    try:
        granted = _fields(found)
        _check_signature(found, granted.idk, authorities)
    except rsa_sha1.UnfitKey as error:
        raise CafProblem("caf_key_unfit", bits=error.bits) from error
    except (ValueError, InvalidRut) as error:
        raise CafProblem("caf_unreadable", cause=type(error).__name__) from error
    if not 0 < granted.first <= granted.last:
        raise CafProblem("caf_range_invalid", first=granted.first, last=granted.last)
    return granted


def _fields(found: re.Match[str]) -> Authorisation:
    idk = int(found["idk"])
    return Authorisation(
        issuer_rut=rut.canonical(found["caf_rut"]),
        issuer_name=caf_element.plain(found["caf_name"]),
        kind=int(found["caf_kind"]),
        first=int(found["first"]),
        last=int(found["last"]),
        authorised_on=date.fromisoformat(found["authorised_on"]),
        idk=idk,
        environment=ENVIRONMENTS.get(idk),
        public_numbers=rsa_sha1.public_numbers(found["modulus"], found["exponent"]),
        flat=found["caf"],
    )


def _check_signature(
    found: re.Match[str], idk: int, authorities: Mapping[int, RSAPublicNumbers]
) -> None:
    if idk not in authorities:
        raise CafProblem("caf_authority_unknown", idk=idk)
    forms = text.as_signed(found["da"])
    if not any(rsa_sha1.is_signed(authorities[idk], form, found["frma"]) for form in forms):
        raise CafProblem("caf_signature_invalid", idk=idk)


def _keys(root: etree._Element) -> tuple[str, str]:
    """RSASK and RSAPUBK of a file that is made as the SII makes it."""
    names = Counter(str(each.tag) for each in root)
    if root.tag != "AUTORIZACION" or not names.keys() <= _PARTS:
        raise CafProblem("caf_unreadable", cause="form")
    for name, count in names.items():
        if count > 1:
            raise CafProblem("caf_twice", tag=name)
    return reader.text_of(root, "RSASK"), reader.text_of(root, "RSAPUBK")


def _public_key(pem: str) -> RSAPublicNumbers | None:
    try:
        return load_pem_public_key(_lines(pem)).public_numbers()
    except (ValueError, UnsupportedAlgorithm, AttributeError):
        return None


def _lines(pem: str) -> bytes:
    """PEM may come indented."""
    return "\n".join(line.strip() for line in pem.splitlines()).encode("ascii")


def _private_key(pem: str) -> RSAPrivateKey:
    if not pem:
        raise CafProblem("caf_private_key_missing")
    if len(pem) > _LONGEST_KEY:  # to look whether its numbers are primes would take minutes
        raise CafProblem("caf_private_key_unreadable")
    try:
        key = load_pem_private_key(_lines(pem), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # Not chained: the cause may quote the key.
        raise CafProblem("caf_private_key_unreadable") from None
    if not isinstance(key, RSAPrivateKey):
        raise CafProblem("caf_private_key_unreadable")
    return key
