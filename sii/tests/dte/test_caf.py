import re
from datetime import date

import cost
import keys
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from sii.codes import Environment
from sii.dte import caf
from sii.dte.caf import Caf
from sii.errors import CafProblem


@pytest.fixture
def caf_file(authority_key, caf_key):
    return keys.caf_file(authority_key, caf_key)


def _refused(data, authorities, code):
    with pytest.raises(CafProblem) as caught:
        Caf.read(data, authorities)
    assert caught.value.code == code
    return caught.value


def test_what_a_caf_states(caf_file, authorities):
    read = Caf.read(caf_file, authorities)
    assert (read.issuer_rut, read.kind, read.first, read.last) == ("76086428-5", 33, 1, 100)
    assert read.issuer_name == "CAÑERÍAS Y ÑANDÚES LTDA"
    assert read.authorised_on == date(2026, 3, 2)
    assert (read.idk, read.environment) == (keys.TEST_IDK, None)
    assert read.covers(1)
    assert read.covers(100)
    assert not read.covers(0)
    assert not read.covers(101)


@pytest.mark.parametrize("declared", [b"", b' encoding="ISO-8859-1"', b' encoding="UTF-8"'])
def test_bytes_count_whatever_the_file_declares(caf_file, authorities, declared):
    data = caf_file.replace(b'<?xml version="1.0"', b'<?xml version="1.0"' + declared)
    assert Caf.read(data, authorities).issuer_name == "CAÑERÍAS Y ÑANDÚES LTDA"


def test_a_file_saved_again_as_utf8_with_crlf_is_still_the_siis(caf_file, authorities):
    text = caf_file.decode("iso-8859-1").replace("\n", "\r\n")
    assert Caf.read(text.encode("utf-8-sig"), authorities).last == 100


def test_indented_key(caf_file, authorities):
    text = caf_file.decode("iso-8859-1").replace("\n", "\n    ")
    assert Caf.read(text.encode("iso-8859-1"), authorities).last == 100


@pytest.mark.parametrize(
    ("idk", "environment"), [(100, Environment.CERTIFICATION), (300, Environment.PRODUCTION)]
)
def test_environment_by_idk(authority_key, caf_key, authorities, idk, environment):
    data = keys.caf_file(authority_key, caf_key, idk=idk)
    assert Caf.read(data, {idk: authorities[keys.TEST_IDK]}).environment is environment


def test_only_the_siis_keys_count_unless_others_are_given(authority_key, caf_key):
    error = _refused(
        keys.caf_file(authority_key, caf_key), caf.AUTHORITIES, "caf_authority_unknown"
    )
    assert error.data == {"idk": keys.TEST_IDK}
    forged = keys.caf_file(authority_key, caf_key, idk=300)
    _refused(forged, caf.AUTHORITIES, "caf_signature_invalid")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<H>100</H>", b"<H>999</H>"),
        (b"<TD>33</TD>", b"<TD>34</TD>"),
        (b"<RE>76086428-5</RE>", b"<RE>96790240-3</RE>"),
        (b"<FA>2026-03-02</FA>", b"<FA>2026-10-02</FA>"),
        ("Ñ".encode("iso-8859-1"), b"N"),
    ],
)
def test_tampered(caf_file, authorities, old, new):
    assert old in caf_file
    _refused(caf_file.replace(old, new), authorities, "caf_signature_invalid")


def test_key_of_another_caf(authority_key, authorities, caf_file):
    other = keys.caf_file(authority_key, keys.small_key(3))
    foreign = other[other.index(b"<RSASK>") : other.index(b"</RSASK>")]
    own = caf_file[caf_file.index(b"<RSASK>") : caf_file.index(b"</RSASK>")]
    _refused(caf_file.replace(own, foreign), authorities, "caf_key_mismatch")


def test_public_file_proves_the_range_and_holds_no_key(caf_file, authorities):
    public = Caf.read(caf_file, authorities).public_xml()
    assert b"PRIVATE" not in public
    assert b"RSASK" not in public
    granted = caf.read_authorisation(public.decode("iso-8859-1"), authorities)
    assert granted.last == 100
    _refused(public, authorities, "caf_private_key_missing")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<RSASK>", b"<RSASK >"),
        (b"<RSASK>", b"<RSASK>\n<!-- a -->"),
        (b"<RSASK>", b'<RSASK a="b">'),
        (b"</RSASK>", b"</RSASK><!-- RSA PRIVATE KEY -->"),
    ],
)
def test_public_file_holds_no_key_however_the_file_was_written(old, new, caf_file, authorities):
    public = Caf.read(caf_file.replace(old, new), authorities).public_xml()
    assert b"PRIVATE" not in public
    assert b"RSASK" not in public
    assert caf.read_authorisation(public.decode("iso-8859-1"), authorities).last == 100


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "caf_unreadable"),
        (b"no XML at all", "caf_unreadable"),
        (b"<AUTORIZACION><CAF>", "caf_unreadable"),
        (b"<AUTORIZACION/>", "caf_incomplete"),
        (b"<AUTORIZACION><CAF><DA><RE>1-9</RE></DA></CAF></AUTORIZACION>", "caf_incomplete"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><AUTORIZACION>&b;</AUTORIZACION>', "caf_unreadable"),
    ],
)
def test_broken_files(data, code):
    _refused(data, caf.AUTHORITIES, code)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<TD>33</TD>", b"<TD>factura</TD>"),
        (b"<RE>76086428-5</RE>", b"<RE>76086428-6</RE>"),
        (b"<FA>2026-03-02</FA>", b"<FA>02/03/2026</FA>"),
        (b"<E>Aw==</E>", b"<E>\xf1</E>"),
    ],
)
def test_unreadable_values(caf_file, authorities, old, new):
    _refused(caf_file.replace(old, new), authorities, "caf_unreadable")


def test_broken_private_key(caf_file, authorities):
    start = caf_file.index(b"-----BEGIN RSA") + 40
    broken = caf_file[:start] + "ñ".encode("iso-8859-1") + caf_file[start + 9 :]
    error = _refused(broken, authorities, "caf_private_key_unreadable")
    assert error.__cause__ is None


def test_range_turned_round(authority_key, caf_key, authorities):
    data = keys.caf_file(authority_key, caf_key, first=10, last=9)
    _refused(data, authorities, "caf_range_invalid")


def test_authority_that_is_no_key():
    with pytest.raises(CafProblem, match="caf_authority_unreadable"):
        caf.authority_from_pem(b"-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----\n")


@pytest.mark.parametrize(
    ("kind", "authorised_on", "last_day"),
    [
        (33, date(2026, 3, 2), date(2026, 9, 1)),
        (61, date(2025, 8, 31), date(2026, 2, 27)),
        (56, date(2026, 7, 1), date(2026, 12, 31)),
        (34, date(2026, 3, 2), None),
    ],
)
def test_expiry(authority_key, caf_key, authorities, kind, authorised_on, last_day):
    data = keys.caf_file(authority_key, caf_key, kind=kind, authorised_on=authorised_on)
    assert Caf.read(data, authorities).expires_on == last_day


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ((33, "96790240-3", 5, date(2026, 3, 9)), "caf_of_other_issuer"),
        ((34, "76086428-5", 5, date(2026, 3, 9)), "caf_of_other_kind"),
        ((33, "76086428-5", 101, date(2026, 3, 9)), "caf_out_of_range"),
        ((33, "76086428-5", 5, date(2026, 3, 1)), "caf_not_yet_valid"),
        ((33, "76086428-5", 5, date(2026, 9, 2)), "caf_expired"),
    ],
)
def test_use_it_was_not_given_for(cafs, use, code):
    with pytest.raises(CafProblem) as caught:
        cafs[33].check_use(*use)
    assert caught.value.code == code


def test_first_and_last_day_of_use(cafs):
    cafs[33].check_use(33, "76.086.428-5", 100, date(2026, 3, 2))
    cafs[33].check_use(33, "76086428-5", 1, date(2026, 9, 1))


def test_repr_shows_no_key(cafs, caf_key):
    shown = repr(cafs[33])
    assert "PRIVATE" not in shown
    assert str(caf_key.private_numbers().d) not in shown


def test_a_key_that_takes_long_to_look_at(caf_file, authorities):
    """Numbers that are primes indeed, so that to check them takes seconds."""
    first, second = (1 << 4253) - 1, (1 << 4423) - 1
    private = rsa.RSAPrivateNumbers(
        first,
        second,
        d := pow(65537, -1, (first - 1) * (second - 1)),
        d % (first - 1),
        d % (second - 1),
        pow(second, -1, first),
        rsa.RSAPublicNumbers(65537, first * second),
    )
    pem = keys.private_pem(private.private_key(unsafe_skip_rsa_key_validation=True))
    data = re.sub(rb"<RSASK>.*</RSASK>", b"<RSASK>" + pem + b"</RSASK>", caf_file, flags=re.DOTALL)
    assert data != caf_file
    spent = cost.of(lambda: _refused(data, authorities, "caf_private_key_unreadable"))
    assert not spent.error
    assert spent.seconds < 2


def test_a_hundred_thousand_parts(caf_file, authorities):
    parts = b"".join(b"<a%d/>" % each for each in range(100_000))
    data = caf_file.replace(b"<AUTORIZACION>", b"<AUTORIZACION>" + parts, 1)
    spent = cost.of(lambda: _refused(data, authorities, "caf_unreadable"))
    assert not spent.error
    assert spent.seconds < 2
