"""Who signed: a certificate's owner, and whether an authority that is known vouches for it.

Its verdict is a badge. An authority that is not in the store is *unknown*: what it issued can be
called neither genuine nor forged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from ..errors import AuthorityProblem
from ..signature.certificates import holder_rut
from . import authorities
from .authorities import UNREADABLE, Authority, Recognition, Store

_MAX_LINKS = 4
_MAX_EXTRA = 6
_MACHINES = frozenset(
    {
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
        ExtendedKeyUsageOID.CODE_SIGNING,
    }
)
# What may be critical without our missing anything by it.
_UNDERSTOOD = frozenset(
    {
        x509.BasicConstraints.oid,
        x509.KeyUsage.oid,
        x509.ExtendedKeyUsage.oid,
        x509.SubjectAlternativeName.oid,
        x509.CertificatePolicies.oid,
    }
)


class Trust(StrEnum):
    """What is known of who certified the signer."""

    ACCREDITED = "accredited"  # an authority whose certificate is known
    RECOGNISED = "recognised"  # a key of simple signatures that is known; accredits nobody
    TEST = "test"  # a simulator's authority
    UNKNOWN = "unknown"  # an issuer that is not in the store
    EXPIRED = "expired"  # certificate or authority was not in force when it signed
    BROKEN = "broken"  # the certificate contradicts itself, or may not sign
    SELF_SIGNED = "self_signed"  # the signer certified himself
    MISSING = "missing"  # no certificate came with the signature


_TRUST = {
    Recognition.ACCREDITED: Trust.ACCREDITED,
    Recognition.ADDED: Trust.ACCREDITED,
    Recognition.KEY: Trust.RECOGNISED,
    Recognition.TEST: Trust.TEST,
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who a certificate names, and what that is worth.

    reason: code of why, for EXPIRED and BROKEN. rut: canonical, or empty. issuer: as the
    certificate names it. authority: name of the one that is known. proves: whether the signer is
    somebody who may answer for a company. sha1: a link of the chain was signed with SHA-1.
    """

    trust: Trust
    reason: str = ""
    holder: str = ""
    rut: str = ""
    issuer: str = ""
    authority: str = ""
    proves: bool = False
    sha1: bool = False

    def of_other_key(self) -> "Signer":
        """What is left of it when the certificate is not of the key that signed: a name."""
        return replace(self, trust=Trust.BROKEN, reason="other_key", proves=False)

    def doubted(self, reason: str) -> "Signer":
        """The same signer, who for this reason proves nothing here."""
        return replace(self, reason=self.reason or reason, proves=False)


def judge(
    certificate_der: bytes | None, at: datetime, store: Store, extra: Sequence[bytes] = ()
) -> Signer:
    """Who signed with this certificate at an aware moment.

    extra: further certificates (DER) that came with it. Never raises; the work is bounded by
    sizes, by the number of links and by the store's authorities of one name.
    """
    if not certificate_der:
        return Signer(Trust.MISSING)
    try:
        leaf = _load(certificate_der)
        named = {
            "holder": authorities.common_name(leaf.subject),
            "rut": holder_rut(leaf) or "",
            "issuer": authorities.common_name(leaf.issuer),
        }
    except UNREADABLE:
        return Signer(Trust.BROKEN, "unreadable")
    try:
        links, issuers, trust, reason = _walk(leaf, store, extra)
        verdicts = [(*_under(links, each, at, store), each) for each in issuers]
    except UNREADABLE:
        return Signer(Trust.BROKEN, "unreadable", **named)
    if not verdicts:
        return Signer(trust, reason, **named)
    # several certificates of one key: the one with the best verdict for the signer counts
    trust, reason, authority = min(verdicts, key=lambda each: list(Trust).index(each[0]))
    hashes = [link.signature_hash_algorithm for link in links]
    return Signer(
        trust,
        reason,
        **named,
        authority=authority.name,
        proves=authority.proves and not reason,
        sha1=any(used is not None and used.name == "sha1" for used in hashes),
    )


def _load(der: bytes) -> x509.Certificate:
    if len(der) > authorities.MAX_CERTIFICATE:
        raise ValueError("too big")
    return x509.load_der_x509_certificate(der)


def _walk(
    leaf: x509.Certificate, store: Store, extra: Sequence[bytes]
) -> tuple[list[x509.Certificate], list[Authority], Trust, str]:
    """The links up to the known authorities that signed the last one, or why there are none."""
    others = list(_legible(extra[:_MAX_EXTRA]))
    links = [leaf]
    for _link in range(_MAX_LINKS):
        last = links[-1]
        named = list(store.candidates(last))
        if issuers := [each for each in named if authorities.is_issued(last, each.key)]:
            return links, issuers, Trust.UNKNOWN, ""
        if _claims_key_of(last, named):
            return links, [], Trust.BROKEN, "signature"
        if last.issuer == last.subject:
            return links, [], Trust.SELF_SIGNED if last is leaf else Trust.UNKNOWN, ""
        above = next((each for each in others if _is_above(each, last, links)), None)
        if above is None:
            break
        links.append(above)
    return links, [], Trust.UNKNOWN, ""


def _legible(extra: Sequence[bytes]) -> Iterator[x509.Certificate]:
    """Of what came along, the certificates: anything else vouches for no one."""
    for der in extra:
        try:
            yield _load(der)
        except UNREADABLE:
            continue


def _is_above(
    candidate: x509.Certificate, link: x509.Certificate, links: list[x509.Certificate]
) -> bool:
    if candidate.subject != link.issuer or candidate in links:
        return False
    try:
        return authorities.is_issued(link, authorities.usable_key(candidate.public_key()))
    except AuthorityProblem:
        return False


def _claims_key_of(link: x509.Certificate, named: Sequence[Authority]) -> bool:
    """Whether it names the very key of a known authority, which yet did not sign it."""
    issuer_key = authorities.extension(link, x509.AuthorityKeyIdentifier)
    if issuer_key is None or not issuer_key.key_identifier:
        return False
    return any(
        issuer_key.key_identifier == x509.SubjectKeyIdentifier.from_public_key(each.key).digest
        for each in named
    )


def _under(
    links: list[x509.Certificate], authority: Authority, at: datetime, store: Store
) -> tuple[Trust, str]:
    """The verdict under an authority that did sign the last link."""
    if wrong := _wrong(links, authority, store):
        return Trust.BROKEN, wrong
    if late := _out_of_force(links, authority, at):
        return Trust.EXPIRED, late
    return _TRUST[authority.recognition], ""


def _wrong(links: list[x509.Certificate], authority: Authority, store: Store) -> str:
    """What is wrong in the links themselves; empty when nothing is."""
    leaf, *above = links
    basic = authorities.extension(leaf, x509.BasicConstraints)
    if store.holds(leaf) or (basic is not None and basic.ca):
        return "is_authority"
    usage = authorities.extension(leaf, x509.KeyUsage)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        return "key_usage"
    purposes = authorities.extension(leaf, x509.ExtendedKeyUsage)
    if purposes is not None and set(purposes) <= _MACHINES:
        return "key_usage"
    if not all(map(authorities.may_issue, above)):
        return "not_an_authority"
    for link in links:
        if any(each.critical and each.oid not in _UNDERSTOOD for each in link.extensions):
            return "critical_extension"
    for below, link in enumerate([*above, *filter(None, [authority.certificate])]):
        basic = authorities.extension(link, x509.BasicConstraints)
        if basic is not None and basic.path_length is not None and below > basic.path_length:
            return "path_too_long"
    return ""


def _out_of_force(links: list[x509.Certificate], authority: Authority, at: datetime) -> str:
    leaf, *above = links
    if at < leaf.not_valid_before_utc:
        return "not_yet_valid"
    if at > leaf.not_valid_after_utc:
        return "expired"
    for link in [*above, *filter(None, [authority.certificate])]:
        if not link.not_valid_before_utc <= at <= link.not_valid_after_utc:
            return "authority_not_in_force"
    if authority.until and at.date() > authority.until:
        return "accreditation_ended"
    return ""
