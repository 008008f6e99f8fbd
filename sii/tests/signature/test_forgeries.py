"""Stamps, CAFs and documents forged without the SII's or the supplier's key: none is genuine.

Each forger has what any supplier's document shows (its CAF, its stamp) and a key of his own.
"""

import re
from collections.abc import Callable
from datetime import date, datetime

import documents
import keys
import pytest

from sii.clock import CHILE
from sii.dte import issue as dte
from sii.dte import ted
from sii.dte.caf import Caf
from sii.dte.stamped_names import is_beginning
from sii.errors import CafProblem, SignatureProblem, UnsafeXml
from sii.received import document as received
from sii.signature import rsa_sha1, xmldsig
from sii.text import encode
from sii.xml import factura

Forge = Callable[[str], bytes]


@pytest.fixture(scope="module")
def document():
    return documents.factura()


@pytest.fixture(scope="module")
def own_key():
    """The forger's."""
    return keys.small_key(3)


@pytest.fixture
def sign(document, signer, moment) -> Forge:
    """The document with this stamp, under a certificate of the forger's."""

    def make(stamp: str) -> bytes:
        text = factura.build(document, 7, stamp, moment)
        return xmldsig.sign(text, factura.document_id(document, 7), signer).xml

    return make


@pytest.fixture
def genuine(document, cafs, moment) -> str:
    return ted.stamp(document, 7, cafs[33], moment)


@pytest.fixture
def restamp(own_key) -> Callable[[str], str]:
    """The stamp with a FRMT by the forger's key over whatever it holds now."""

    def make(stamp: str) -> str:
        dd = stamp[stamp.index("<DD>") : stamp.rindex("</DD>") + 5]
        return _stamped(dd, own_key)

    return make


@pytest.fixture
def own_da(cafs, own_key) -> str:
    """A DA that states all that the forger likes: any issuer, any folio, his key."""
    numbers = own_key.public_key().public_numbers()
    return (
        "<RE>76086428-5</RE><RS>X</RS><TD>33</TD><RNG><D>1</D><H>999999</H></RNG>"
        "<FA>2026-03-02</FA>"
        f"<RSAPK><M>{keys.number_base64(numbers.n)}</M><E>{keys.number_base64(numbers.e)}</E>"
        f"</RSAPK><IDK>{keys.TEST_IDK}</IDK>"
    )


def _stamped(dd: str, key) -> str:
    frmt = rsa_sha1.sign(key, encode(dd))
    return f'<TED version="1.0">{dd}<FRMT algoritmo="SHA1withRSA">{frmt}</FRMT></TED>'


def _own_caf(cafs, own_da: str) -> str:
    frma = re.search(r"<FRMA.*</FRMA>", cafs[33].flat)[0]
    return f'<CAF version="1.0"><DA>{own_da}</DA>{frma}</CAF>'


def is_refused(data: bytes, authorities) -> bool:
    """Whether a file is not read at all, or its stamp or authorisation is refused."""
    try:
        [found] = received.read(data, authorities)
    except UnsafeXml:
        return True
    return bool(found.authenticity.stamp or found.authenticity.authorisation)


def test_the_true_one_is_genuine(sign, genuine, authorities):
    [found] = received.read(sign(genuine), authorities)
    assert found.is_genuine


STAMPS = {
    "two CAFs, the genuine one first": lambda caf, own, _da: caf + own,
    "two CAFs, the genuine one last": lambda caf, own, _da: own + caf,
    "a CAF inside the CAF": lambda caf, own, _da: caf.replace("</CAF>", f"{own}</CAF>"),
    "two DA": lambda caf, _own, da: caf.replace("<DA>", f"<DA>{da}</DA><DA>"),
    "two DA, the genuine one first": lambda caf, _own, da: caf.replace(
        "</DA>", f"</DA><DA>{da}</DA>"
    ),
    "a DA with a blank": lambda caf, _own, da: caf.replace("<DA>", f"<DA >{da}</DA><DA>"),
    "a DA with a line feed": lambda caf, _own, da: caf.replace("<DA>", f"<DA\n>{da}</DA><DA>"),
    "a DA that ends with a blank": lambda caf, _own, da: caf.replace("<DA>", f"<DA>{da}</DA ><DA>"),
    "a DA with an attribute": lambda caf, _own, da: caf.replace("<DA>", f'<DA a="">{da}</DA><DA>'),
    "a DA in a namespace": lambda caf, _own, da: caf.replace(
        "<DA>", f'<DA xmlns="urn:x">{da}</DA><DA>'
    ),
    "a DA with a prefix": lambda caf, _own, da: caf.replace(
        "<DA>", f'<x:DA xmlns:x="urn:x">{da}</x:DA><DA>'
    ),
    "a small da": lambda caf, _own, da: caf.replace("<DA>", f"<da>{da}</da><DA>"),
    "a DA that looks like one": lambda caf, _own, da: caf.replace("<DA>", f"<DÁ>{da}</DÁ><DA>"),
    "the genuine DA in a comment": lambda caf, own, _da: own.replace(
        "<DA>", f"<!--{re.search('<DA>.*</DA>', caf)[0]}--><DA>"
    ),
    "the genuine CAF in a comment": lambda caf, own, _da: f"<!--{caf}-->{own}",
    "the own CAF in a comment": lambda caf, own, _da: f"{caf}<!--{own}-->",
    "the genuine CAF as characters": lambda caf, own, _da: f"<![CDATA[{caf}]]>{own}",
    "the genuine CAF in an instruction": lambda caf, own, _da: f"<?a {caf}?>{own}",
    "a second key": lambda caf, _own, da: caf.replace(
        "</DA>", "</DA>" + re.search("<RSAPK>.*</RSAPK>", da)[0]
    ),
    "a second key first": lambda caf, _own, da: caf.replace(
        "<DA>", re.search("<RSAPK>.*</RSAPK>", da)[0] + "<DA>"
    ),
    "a second key inside": lambda caf, _own, da: caf.replace(
        "</RSAPK>", "</RSAPK>" + re.search("<RSAPK>.*</RSAPK>", da)[0]
    ),
    "the own DA alone": lambda _caf, own, _da: own,
}


@pytest.mark.parametrize("make", STAMPS.values(), ids=STAMPS)
def test_a_stamp_with_a_key_that_the_sii_did_not_grant(
    make, cafs, genuine, own_da, sign, restamp, authorities
):
    flat = cafs[33].flat
    forged = genuine.replace(flat, make(flat, _own_caf(cafs, own_da), own_da))
    assert forged != genuine
    assert is_refused(sign(restamp(forged)), authorities)
    # and outside of the CAF, where the SII wrote nothing
    shifted = genuine.replace("<TSTED>", f"{_own_caf(cafs, own_da)}<TSTED>")
    assert is_refused(sign(restamp(shifted)), authorities)


WRAPPINGS = {
    "a stamp in the stamp": lambda true, own: true.replace("<DD>", f"<DD>{own}", 1),
    "two stamps": lambda true, own: true + own,
    "two stamps, the own one first": lambda true, own: own + true,
    "the genuine one in a comment": lambda true, own: f"<!--{true}-->{own}",
    "the own one in a comment": lambda true, own: f"{true}<!--{own}-->",
    "the genuine one as characters": lambda true, own: f"<B><![CDATA[{true}]]></B>{own}",
    "two DD": lambda true, own: true.replace(
        "<FRMT", re.search("<DD>.*</DD>", own)[0] + "<FRMT", 1
    ),
    "two FRMT": lambda true, own: true.replace(
        "</TED>", re.search("<FRMT.*</FRMT>", own)[0] + "</TED>"
    ),
    "another algorithm": lambda true, own: true.replace('"SHA1withRSA">', '"NONE">'),
    "in another namespace": lambda true, own: true.replace("<TED ", '<TED xmlns="urn:x" '),
    "with a prefix": lambda true, own: (
        true.replace("<TED ", '<x:TED xmlns:x="http://www.sii.cl/SiiDte" ').replace(
            "</TED>", "</x:TED>"
        )
        + own
    ),
}


@pytest.mark.parametrize("make", WRAPPINGS.values(), ids=WRAPPINGS)
def test_a_stamp_beside_or_inside_another(make, genuine, own_da, cafs, sign, restamp, authorities):
    own = restamp(genuine.replace(cafs[33].flat, _own_caf(cafs, own_da)))
    assert is_refused(sign(make(genuine, own)), authorities)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<F>7</F>", "<F>7</F><F>8</F>"),
        ("<F>7</F>", "<F>8</F><F>7</F>"),
        ("<F>7</F>", "<F> 7</F>"),
        ("<F>7</F>", "<F>&#55;</F>"),
        ("<F>7</F>", "<F><![CDATA[7]]></F>"),
        ("<F>7</F>", "<F>7<!-- 0 --></F>"),
        ("<F>7</F>", "<F>7<?a?></F>"),
        ("<MNT>", "<MNT>0</MNT><MNT>"),
        ("<RE>", "<RE>1-9</RE><RE>"),
    ],
)
def test_a_stamp_that_can_be_read_in_two_ways(
    old, new, document, own_key, genuine, cafs, sign, authority_key, authorities
):
    """Even by who has a CAF of his own: the bar code is read by others."""
    mine = Caf.read(keys.caf_file(authority_key, own_key), authorities)
    stamp = genuine.replace(cafs[33].flat, mine.flat).replace(old, new, 1)
    dd = stamp[stamp.index("<DD>") : stamp.rindex("</DD>") + 5]
    assert is_refused(sign(_stamped(dd, own_key)), authorities)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Cañería 1/2&quot; de cobre", "Yate de lujo"),
        ("<FchEmis>2026-03-09", "<FchEmis>2026-03-10"),
        ("<RznSocRecep>Minera", "<RznSocRecep>Otra Minera"),
        ("<MntTotal>34750", "<MntTotal>34751"),
        ("<RUTRecep>96790240-3", "<RUTRecep>76086428-5"),
    ],
)
def test_a_stamp_of_another_document(old, new, document, genuine, signer, moment, authorities):
    text = factura.build(document, 7, genuine, moment)
    head, stamp, tail = text.partition("<TED")
    assert old in head
    changed = head.replace(old, new, 1) + stamp + tail
    data = xmldsig.sign(changed, factura.document_id(document, 7), signer).xml
    [found] = received.read(data, authorities)
    assert found.authenticity.stamp.code == "ted_differs"


@pytest.mark.parametrize(
    "stamped",
    ["Caneria de Nunoa", "CAÑERÍA  DE ÑUÑOA", "Ca?er?a de ?u?oa", "Cañería", "Cañería de Ñuñoa"],
)
def test_how_issuers_write_names_is_no_forgery(stamped):
    assert is_beginning(stamped, "Cañería de Ñuñoa")
    assert not is_beginning(stamped, "Martillo")


@pytest.mark.parametrize(
    ("stamped_on", "kind", "code"),
    [
        (datetime(2026, 2, 20, tzinfo=CHILE), 33, "caf_not_yet_valid"),
        (datetime(2026, 9, 20, tzinfo=CHILE), 33, "caf_expired"),
        (datetime(2026, 9, 20, tzinfo=CHILE), 34, None),
    ],
)
def test_folios_are_used_in_their_time(stamped_on, kind, code, cafs, signer, moment, authorities):
    document = documents.ALL[kind]()
    stamp = ted.stamp(document, 7, cafs[kind], stamped_on)
    text = factura.build(document, 7, stamp, moment)
    data = xmldsig.sign(text, factura.document_id(document, 7), signer).xml
    [found] = received.read(data, authorities)
    problem = found.authenticity.authorisation
    assert (problem and problem.code) == code


FILES = {
    "two DA": lambda file, da: file.replace(b"<DA>", b"<DA>" + da + b"</DA><DA>"),
    "a DA with a blank": lambda file, da: file.replace(b"<DA>", b"<DA >" + da + b"</DA><DA>"),
    "two CAFs": lambda file, da: file.replace(
        b'<CAF version="1.0">', b'<CAF version="1.0"><DA>' + da + b"</DA></CAF><CAF>"
    ),
    "a CAF in a comment": lambda file, da: file.replace(
        b"<CAF", b"<!--<CAF><DA>" + da + b"</DA></CAF>--><CAF", 1
    ),
    "two authorisations": lambda file, _da: (
        b"<A>" + file.partition(b"?>")[2] + file.partition(b"?>")[2] + b"</A>"
    ),
    "something more": lambda file, _da: file.replace(b"</AUTORIZACION>", b"<X/></AUTORIZACION>"),
    "another root": lambda file, _da: file.replace(b"AUTORIZACION", b"OTRA"),
    "in a namespace": lambda file, _da: file.replace(
        b"<AUTORIZACION>", b'<AUTORIZACION xmlns="urn:x">'
    ),
    "two private keys": lambda file, _da: file.replace(b"</RSASK>", b"</RSASK><RSASK>x</RSASK>"),
    "a second key in the DA": lambda file, da: file.replace(
        b"</RSAPK>", b"</RSAPK>" + re.search(b"<RSAPK>.*</RSAPK>", da)[0], 1
    ),
    "an attribute": lambda file, _da: file.replace(b"<RE>", b'<RE a="">', 1),
    "a long name": lambda file, _da: re.sub(
        b"<RS>.*?</RS>", b"<RS>" + b"x" * 5000 + b"</RS>", file
    ),
    "many digits": lambda file, _da: file.replace(b"<H>100<", b"<H>" + b"9" * 5000 + b"<"),
    "another day": lambda file, _da: file.replace(b"<FA>2026-03-02<", b"<FA>2026-W10-1<"),
    "no such day": lambda file, _da: file.replace(b"<FA>2026-03-02<", b"<FA>2026-13-02<"),
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_caf_file_is_as_the_sii_writes_it(make, authority_key, caf_key, own_da, authorities):
    file = keys.caf_file(authority_key, caf_key)
    forged = make(file, own_da.encode())
    assert forged != file
    with pytest.raises(CafProblem):
        Caf.read(forged, authorities)


def test_a_caf_files_public_key_is_its_own(authority_key, caf_key, own_key, authorities):
    file = keys.caf_file(authority_key, caf_key)
    foreign = file.replace(keys.public_pem(caf_key), keys.public_pem(own_key))
    assert foreign != file
    with pytest.raises(CafProblem, match="caf_key_mismatch"):
        Caf.read(foreign, authorities)


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [(1, 3), (3, 3), (2**511 - 1, 3), (2**512 + 1, 1), (2**512, 3), (2**512 + 1, 2**40 + 1)],
)
def test_a_key_that_proves_nothing(modulus, exponent, genuine, sign, authorities):
    stamp = re.sub("<M>.*?</M>", f"<M>{keys.number_base64(modulus)}</M>", genuine)
    stamp = re.sub("<E>.*?</E>", f"<E>{keys.number_base64(exponent)}</E>", stamp)
    with pytest.raises(SignatureProblem, match="ted_key_unfit"):
        ted.verify(stamp)
    assert is_refused(sign(stamp), authorities)


def test_a_huge_key_is_not_even_tried(genuine):
    stamp = re.sub("<M>.*?</M>", f"<M>{keys.number_base64(2**16384 + 1)}</M>", genuine)
    with pytest.raises(SignatureProblem, match="ted_key_unfit|ted_malformed"):
        ted.verify(stamp)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("Folio", "0"),
        ("Folio", "-7"),
        ("Folio", "99999999999"),
        ("Folio", "7.5"),
        ("Folio", "9" * 5000),
        ("Folio", "７"),
        ("TipoDTE", "0"),
        ("TipoDTE", "-33"),
        ("TipoDTE", "99999"),
        ("FchEmis", "0001-01-01"),
        ("FchEmis", "9999-12-31"),
        ("FchEmis", "20260309"),
        ("FchEmis", "2026-W10-1"),
        ("MntTotal", "9" * 19),
        ("MntTotal", "1e5"),
        ("MntTotal", "NaN"),
        ("RUTEmisor", "1" * 30),
        ("RznSoc", "x" * 5000),
        ("NmbItem", "x" * 5000),
    ],
)
def test_values_that_no_document_has(path, value, cafs, signer, moment, document, authorities):
    xml = dte.issue(document, 7, cafs[33], signer, moment).xml.decode("iso-8859-1")
    changed = re.sub(f"<{path}>[^<]*</{path}>", f"<{path}>{value}</{path}>", xml, count=1)
    assert changed != xml
    with pytest.raises(UnsafeXml) as caught:
        received.read(changed.replace("ISO-8859-1", "UTF-8", 1).encode(), authorities)
    assert caught.value.code in ("dte_incomplete", "dte_text")


@pytest.mark.parametrize(
    "path",
    ["Folio", "TipoDTE", "FchEmis", "RUTEmisor", "RUTRecep", "MntTotal", "NmbItem", "RznSoc"],
)
@pytest.mark.parametrize("form", ["<{0}>1</{0}>", '<{0} xmlns="urn:x">1</{0}>', "<{0}/>"])
def test_what_stands_twice_is_not_read(path, form, cafs, signer, moment, document, authorities):
    xml = dte.issue(document, 7, cafs[33], signer, moment).xml.decode("iso-8859-1")
    for changed in (
        xml.replace(f"<{path}>", form.format(path) + f"<{path}>", 1),
        xml.replace(f"</{path}>", f"</{path}>" + form.format(path), 1),
    ):
        with pytest.raises(UnsafeXml) as caught:
            received.read(changed.encode("iso-8859-1"), authorities)
        assert caught.value.code in ("dte_twice", "dte_foreign")


@pytest.mark.parametrize(
    ("name", "count"), [("Detalle", 1001), ("Referencia", 201), ("DscRcgGlobal", 201)]
)
def test_more_lines_than_any_document_has(name, count, cafs, signer, moment, document, authorities):
    xml = dte.issue(document, 7, cafs[33], signer, moment).xml.decode("iso-8859-1")
    row = "<X/>" if name != "Detalle" else "<NmbItem>a</NmbItem>"
    many = xml.replace("<TED ", f"<{name}>{row}</{name}>" * count + "<TED ", 1)
    with pytest.raises(UnsafeXml, match="dte_too_many"):
        received.read(many.encode("iso-8859-1"), authorities)


def test_names_are_cut_where_no_schema_goes(document, cafs, signer, moment, authorities):
    xml = dte.issue(document, 7, cafs[33], signer, moment).xml
    long = re.sub(b"<RznSoc>[^<]*", b"<RznSoc>" + b"x" * 3000, xml, count=1)
    [found] = received.read(long, authorities)
    assert len(found.issuer_name) == received.NAME_LIMIT


def test_authorised_days_are_dates(authority_key, caf_key, authorities):
    file = keys.caf_file(authority_key, caf_key, authorised_on=date(2026, 3, 2))
    assert Caf.read(file, authorities).authorised_on == date(2026, 3, 2)
