"""The simulator's verifier accepts what the real SII accepted, and refuses what it should."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from lxml import etree

from simulator.verify import stamp, xmldsig, xmltext
from simulator.verify.canonical import canonical
from simulator.verify.certificate import holder_rut

# PROTOCOL 7.2: the SII's CAF keys of certification and production.
_MODULI = {
    "100": "C8FBF00DCB21A55000A585522C5DE528A73E0CE16CC03AB1E5EA7DE4B2A28111"
    "E352FAEF8DCB7D51E349ABD4B105DCD4F67CF9E13115058C9F0154291B8C7153",
    "300": "9DEEBFC5EEBD96DF4C7CF53F1BFA15D85D73EF04C6718F8C07B3F785EFEE75E7"
    "B4EF5A3AE079C3265A900E45F602890AF6FB4FAFA2B8D6938F7F011C3585B335",
}
_KEYS = {
    idk: RSAPublicNumbers(65537, int(modulus, 16)).public_key() for idk, modulus in _MODULI.items()
}
_SIGNERS = {
    "33-76354771-K-170.xml": "13185095-6",
    "33-60910000-1-2336600.xml": "8480437-1",
    "33-76269769-6-101.xml": "17096073-4",
    "33-76269769-6-4660-fuel-tax.xml": "17096073-4",
    "34-60910000-1-1055345.xml": "8480437-1",
    "39-76269769-6-1.xml": "17096073-4",
    "41-76269769-6-622.xml": "17096073-4",
    "52-76269769-6-15480.xml": "17096073-4",
    "61-60910000-1-83894.xml": "11341837-0",
    "61-76269769-6-279-amounts.xml": "17096073-4",
    "110-76269769-6-577-hotel.xml": "17096073-4",
}
# The company's name in its CAF was made anonymous by who published it.
_ANONYMISED = {"39-76269769-6-1.xml"}


def only_dte(file: Path) -> tuple[bytes, etree._Element]:
    (fragment,) = xmltext.fragments(file.read_bytes())
    return fragment, xmltext.parse_fragment(fragment)


def signer(root: etree._Element) -> str:
    """The RUT of who signed; raises SignatureError."""
    signature = xmldsig.read(root)
    signature.verify(canonical(next(root.iterchildren("*"))))
    return holder_rut(signature.certificate)


@pytest.mark.parametrize("name", _SIGNERS)
def test_signature_of_the_document_alone(reference, name):
    _, root = only_dte(reference / "samples/dte" / name)
    assert signer(root) == _SIGNERS[name]


@pytest.mark.parametrize("name", _SIGNERS)
def test_stamp(reference, name):
    fragment, root = only_dte(reference / "samples/dte" / name)
    ted = next(root.iter("{*}TED"))
    caf = "DD/CAF"
    key = stamp.public_key(
        xmltext.text(ted, f"{caf}/DA/RSAPK/M"), xmltext.text(ted, f"{caf}/DA/RSAPK/E")
    )
    assert stamp.signs(key, xmltext.text(ted, "FRMT"), stamp.flat(fragment, "DD"))
    authority = _KEYS[xmltext.text(ted, f"{caf}/DA/IDK")]
    by_sii = stamp.signs(authority, xmltext.text(ted, f"{caf}/FRMA"), stamp.flat(fragment, "DA"))
    assert by_sii == (name not in _ANONYMISED)


@pytest.mark.parametrize("type_", [33, 39, 52, 61])
def test_caf(reference, type_):
    content = (reference / f"samples/caf/CAF-{type_}-76235291-5.xml").read_bytes()
    signature = re.search(rb"<FRMA[^>]*>(.*?)</FRMA>", content)[1].decode()
    assert stamp.signs(_KEYS["100"], signature, stamp.flat(content, "DA"))
    assert not stamp.signs(_KEYS["300"], signature, stamp.flat(content, "DA"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("33-amount-changed.xml", "digest"),
        ("33-certificate-replaced.xml", "value"),
        ("33-signature-removed.xml", "structure"),
    ],
)
def test_bad_documents_are_refused(reference, name, code):
    _, root = only_dte(reference / "samples/bad" / name)
    with pytest.raises(xmldsig.SignatureError) as raised:
        signer(root)
    assert raised.value.code == code


def test_declaration_lost_on_the_way(reference):
    """The portal hands out ``<DTE>`` without the xmlns it was signed with: no SII would take it."""
    _, root = only_dte(reference / "samples/dte/33-76354771-K-170-as-received.xml")
    with pytest.raises(xmldsig.SignatureError, match="digest"):
        signer(root)


@pytest.mark.parametrize("name", ["EnvioDTE-33.xml", "EnvioBOLETA-39.xml"])
def test_envelope_in_place(reference, name):
    content = (reference / "samples/envelopes" / name).read_bytes()
    root = xmltext.parse(content)
    xmldsig.read(root).verify(canonical(next(root.iterchildren("*"))))
    assert all(signer(xmltext.parse_fragment(part)) for part in xmltext.fragments(content))


def test_certificate_of_another_key(reference):
    """The SII's example of 2003 verifies by KeyValue, but its certificate is of another key."""
    root = xmltext.parse(
        (reference / "samples/envelopes/EnvioDTE-F60T33-official.xml").read_bytes()
    )
    with pytest.raises(xmldsig.SignatureError, match="key"):
        xmldsig.read(root)
