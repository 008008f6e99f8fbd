"""Who signed, and which authority that is known vouches for it."""

import time
from datetime import date

import pytest
from certified import KEYS, NOW, PERSON_RUT, YEAR, authority, certify, person, rut, usage, with_sha1
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from sii.authority import chain
from sii.authority import file as authority_file
from sii.authority.authorities import Recognition, Store, from_pem
from sii.authority.chain import Trust
from sii.errors import AuthorityProblem

ROOT = authority()


def store(*holders, recognition=Recognition.ACCREDITED, **values) -> Store:
    return Store(
        from_pem(each.pem, "CA conocida", recognition, True, **values)
        for each in (holders or (ROOT,))
    )


def judged(holder, known: Store | None = None, at=NOW, extra=()) -> tuple[Trust, str]:
    verdict = chain.judge(holder.der, at, known or store(), [each.der for each in extra])
    return verdict.trust, verdict.reason


def test_a_person_of_a_known_authority():
    verdict = chain.judge(person(ROOT).der, NOW, store())
    assert (verdict.trust, verdict.proves) == (Trust.ACCREDITED, True)
    assert (verdict.holder, verdict.rut) == ("ANA SOTO", PERSON_RUT)
    assert (verdict.issuer, verdict.authority) == ("CA de prueba", "CA conocida")
    assert not verdict.sha1


@pytest.mark.parametrize(
    ("recognition", "trust"),
    [
        (Recognition.ACCREDITED, Trust.ACCREDITED),
        (Recognition.ADDED, Trust.ACCREDITED),
        (Recognition.TEST, Trust.TEST),
        (Recognition.KEY, Trust.RECOGNISED),
    ],
)
def test_why_an_authority_is_known_shows(recognition, trust):
    assert judged(person(ROOT), store(recognition=recognition)) == (trust, "")


def test_known_by_its_key_alone():
    known = Store([from_pem(ROOT.public_pem, "CA simple", Recognition.KEY, False)])
    verdict = chain.judge(person(ROOT).der, NOW, known)
    assert (verdict.trust, verdict.proves) == (Trust.RECOGNISED, False)
    assert judged(person(authority(key=2)), known) == (Trust.UNKNOWN, "")


def test_an_issuer_that_is_not_in_the_store_is_unknown():
    assert judged(person(authority("Otra CA", key=2))) == (Trust.UNKNOWN, "")


def test_the_name_of_a_known_authority_over_another_key_proves_nothing():
    assert judged(person(authority(key=2))) == (Trust.UNKNOWN, "")
    copied = x509.AuthorityKeyIdentifier.from_issuer_public_key(KEYS[0].public_key())
    claims = person(authority(key=2), extensions=(rut(), copied))
    assert judged(claims) == (Trust.BROKEN, "signature")


def test_who_certifies_himself_is_self_signed():
    assert judged(person(None)) == (Trust.SELF_SIGNED, "")
    pretends = certify("CA de prueba", KEYS[3], extensions=(rut(),))
    assert judged(pretends) == (Trust.SELF_SIGNED, "")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"end": NOW - YEAR / 2}, "expired"),
        ({"start": NOW + YEAR / 2}, "not_yet_valid"),
    ],
)
def test_not_in_force_when_it_signed(values, reason):
    holder = person(ROOT, **values)
    assert judged(holder) == (Trust.EXPIRED, reason)
    assert not chain.judge(holder.der, NOW, store()).proves
    assert chain.judge(holder.der, NOW, store()).rut == PERSON_RUT


def test_an_authority_out_of_force():
    old = authority(end=NOW - YEAR / 2)
    assert judged(person(old), store(old)) == (Trust.EXPIRED, "authority_not_in_force")
    renewed = store(old, ROOT)  # of the same name and key
    assert judged(person(old), renewed) == (Trust.ACCREDITED, "")
    ended = store(until=date(2026, 5, 31))
    assert judged(person(ROOT), ended) == (Trust.EXPIRED, "accreditation_ended")
    assert judged(person(ROOT), ended, at=NOW - YEAR / 2) == (Trust.ACCREDITED, "")


@pytest.mark.parametrize(
    ("extensions", "reason"),
    [
        ((rut(), usage(key_encipherment=True)), "key_usage"),
        ((rut(), x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])), "key_usage"),
        ((rut(), x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])), "key_usage"),
        ((rut(), x509.BasicConstraints(True, None)), "is_authority"),
    ],
)
def test_certificates_that_may_not_sign(extensions, reason):
    assert judged(person(ROOT, extensions=extensions)) == (Trust.BROKEN, reason)


def test_an_authority_is_no_person():
    assert judged(ROOT) == (Trust.BROKEN, "is_authority")


def test_what_is_critical_and_not_understood():
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    assert judged(person(ROOT, critical=(odd,))) == (Trust.BROKEN, "critical_extension")
    assert judged(person(ROOT, extensions=(rut(), odd))) == (Trust.ACCREDITED, "")


def test_an_authority_between_that_came_along():
    between = authority("CA intermedia", ROOT, key=2)
    holder = person(between)
    assert judged(holder) == (Trust.UNKNOWN, "")
    assert judged(holder, extra=[between]) == (Trust.ACCREDITED, "")
    late = authority("CA intermedia", ROOT, key=2, end=NOW - YEAR / 2)
    assert judged(holder, extra=[late]) == (Trust.EXPIRED, "authority_not_in_force")
    short = authority(length=0)
    assert judged(holder, store(short), extra=[between]) == (Trust.BROKEN, "path_too_long")


def test_a_person_cannot_certify_others():
    ana = person(ROOT, key=2)
    forged = certify("PEDRO", KEYS[3], ana, extensions=(rut("11111111-1"),))
    assert judged(forged, extra=[ana]) == (Trust.BROKEN, "not_an_authority")
    assert judged(forged) == (Trust.UNKNOWN, "")


def test_further_data_that_is_no_certificate_changes_nothing():
    between = authority("CA intermedia", ROOT, key=2)
    junk = [b"", b"\x30", b"x" * 20_000]
    extra = [*junk, between.der]
    verdict = chain.judge(person(between).der, NOW, store(), extra)
    assert (verdict.trust, verdict.reason) == (Trust.ACCREDITED, "")
    assert chain.judge(person(ROOT).der, NOW, store(), junk).trust == Trust.ACCREDITED


def test_an_authority_between_of_the_known_ones_name_and_anothers_key():
    fake = authority("CA de prueba", key=3)
    for extra in ([fake], [authority("CA de prueba", fake, key=4), fake]):
        signer = person(extra[0])
        assert judged(signer, extra=extra) == (Trust.UNKNOWN, "")


def test_links_in_a_circle():
    one = authority("Uno", authority("Dos", key=3), key=2)
    two = authority("Dos", authority("Uno", key=2), key=3)
    assert judged(person(one), extra=[one, two, one, two]) == (Trust.UNKNOWN, "")


def test_sha1_is_accepted_and_reported():
    verdict = chain.judge(with_sha1(person(ROOT), ROOT), NOW, store())
    assert (verdict.trust, verdict.sha1) == (Trust.ACCREDITED, True)


@pytest.mark.parametrize("der", [b"x", b"0\x82", b"\x30\x80" * 99, bytes(20_000)])
def test_no_certificate_at_all(der):
    verdict = chain.judge(der, NOW, store())
    assert (verdict.trust, verdict.reason) == (Trust.BROKEN, "unreadable")
    assert chain.judge(None, NOW, store()).trust is Trust.MISSING


def test_every_cut_of_a_certificate_is_judged():
    der = person(ROOT).der
    for length in range(1, len(der), 37):
        assert chain.judge(der[:length], NOW, store()).trust is Trust.BROKEN
    for at in range(0, len(der), 11):
        flipped = der[:at] + bytes([der[at] ^ 0xFF]) + der[at + 1 :]
        assert not chain.judge(flipped, NOW, store()).proves


def test_huge_certificates_cost_nothing():
    names = [x509.DNSName(f"a{number}.example") for number in range(20_000)]
    huge = person(ROOT, extensions=(rut(), x509.IssuerAlternativeName(names)))
    began = time.process_time()
    for _time in range(50):
        assert chain.judge(huge.der, NOW, store()).reason == "unreadable"
    assert time.process_time() - began < 1


def test_names_are_short_lines():
    holder = certify("ANA \n SOTO" + " y otros" * 5, KEYS[1], ROOT, extensions=(rut(),))
    name = chain.judge(holder.der, NOW, store()).holder
    assert "\n" not in name and name.startswith("ANA SOTO")


def test_reading_an_authority_file():
    both = ROOT.pem + authority("Otra", key=2).pem
    first, second = authority_file.read(both.encode())
    assert (first.name, second.name) == ("CA de prueba", "Otra")
    assert authority_file.read(ROOT.der) == [first]
    key = authority_file.read_key(ROOT.public_pem.encode())
    assert (key.key_id, key.name) == (first.key_id, "")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "authority_unreadable"),
        (b"hola", "authority_unreadable"),
        (ROOT.pem.encode()[:400], "authority_unreadable"),
        (bytes(300_000), "authority_too_big"),
        (ROOT.pem.encode() * 21, "authority_too_many"),
        (person(ROOT).pem.encode(), "authority_is_person"),
        (certify("Yo", KEYS[1], critical=(usage(crl_sign=True),)).der, "authority_is_person"),
        (
            ROOT.pem.encode() + b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n",
            "authority_private_key",
        ),
    ],
)
def test_files_that_are_no_authority(data, code):
    with pytest.raises(AuthorityProblem) as caught:
        authority_file.read(data)
    assert caught.value.code == code
