"""Seed and token: every code of PROTOCOL 1.5 that a client can cause."""

import re
from datetime import timedelta

import pytest
from client import ENVELOPED, Client
from conftest import new_signer
from signing import C14N, DSIG
from taxpayer import PERSON, drop, swap

from simulator import Simulator


def estado(client: Client, document: str) -> str:
    return dict(client.call("getToken", document))["ESTADO"]


def test_seed_has_twelve_digits(client):
    assert re.fullmatch(r"\d{12}", client.seed())
    assert dict(client.call("getSeed"))["ESTADO"] == "00"


def test_token_is_created(client):
    answer = dict(client.call("getToken", client.signed_seed()))
    assert (answer["ESTADO"], answer["GLOSA"]) == ("00", "Token Creado")
    assert re.fullmatch(r"[A-Z0-9]{13}", answer["TOKEN"])


def test_declaration_of_the_document_does_not_matter(client):
    signed = '<?xml version="1.0" encoding="ISO-8859-1"?>\n' + client.signed_seed()
    assert estado(client, signed) == "00"


def test_seed_is_used_once(client):
    signed = client.signed_seed()
    assert estado(client, signed) == "00"
    again = dict(client.call("getToken", signed))
    assert (again["ESTADO"], again["GLOSA"]) == ("08", "ERROR RETORNO NO Existe SEED")


def test_seed_lives_two_minutes(sii, client):
    on_time, late = client.signed_seed(), client.signed_seed()
    sii.move_clock({"advance": 118})
    assert estado(client, on_time) == "00"
    sii.move_clock({"advance": 4})
    answer = dict(client.call("getToken", late))
    assert (answer["ESTADO"], answer["GLOSA"]) == ("08", "ERROR RETORNO TIME-OUT DEL SEED")


def test_unknown_seed(client):
    assert estado(client, client.signed_seed("000000000000")) == "08"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda signed: "", "01"),
        (lambda signed: signed[:-12], "02"),
        (lambda signed: '<!DOCTYPE a [<!ENTITY b "c">]>' + signed, "02"),
        (drop("X509Data"), "11"),
        (drop("KeyValue"), "05"),
        (drop("DigestValue"), "05"),
        (swap("<Semilla>", "<Semilla>1"), "05"),
        (swap(DSIG + "sha1", "http://www.w3.org/2001/04/xmlenc#sha256"), "05"),
        (swap(DSIG + "rsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"), "05"),
        (swap('URI=""', 'URI="#a"'), "05"),
        (
            lambda signed: re.sub(r"(<Transform .*?</Transform>)", r"\1\1", signed),
            "05",
        ),
        (lambda signed: re.sub("<SignatureValue>..", "<SignatureValue>AA", signed), "05"),
        (lambda signed: re.sub("<Modulus>....", "<Modulus>4444", signed), "21"),
        (
            lambda signed: re.sub(
                r"(<KeyValue>.*</KeyValue>)(<X509Data>.*</X509Data>)",
                r"\2\1",
                signed,
                flags=re.DOTALL,
            ),
            "05",
        ),
        (
            lambda signed: re.sub(
                "<X509Certificate>.*</X509Certificate>",
                "<X509Certificate>AAAA</X509Certificate>",
                signed,
                flags=re.DOTALL,
            ),
            "11",
        ),
    ],
    ids=[
        "empty",
        "cut",
        "doctype",
        "no certificate",
        "no key value",
        "no digest",
        "other seed",
        "digest method",
        "signature method",
        "uri",
        "two transforms",
        "signature value",
        "foreign key",
        "certificate first",
        "broken certificate",
    ],
)
def test_damaged_request(client, damage, code):
    assert estado(client, damage(client.signed_seed())) == code


def test_unsigned_and_seedless_requests(client):
    assert estado(client, "<getToken><item><Semilla>1</Semilla></item></getToken>") == "04"
    for document in (
        b"<getToken><item></item></getToken>",
        b"<a><item><Semilla>1</Semilla></item></a>",
    ):
        assert estado(client, client.signer.sign(document, "", ENVELOPED).decode()) == "06"


def test_c14n_transform_is_refused(client):
    document = f"<getToken><item><Semilla>{client.seed()}</Semilla></item></getToken>"
    signed = client.signer.sign(document.encode(), "")
    assert estado(client, signed.decode()) == "05"


@pytest.mark.parametrize(
    "alter",
    [
        swap(DSIG + "sha1", "http://www.w3.org/2001/04/xmlenc#sha256"),
        swap(DSIG + "rsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
        swap(f'{C14N}"></Can', 'http://www.w3.org/2001/10/xml-exc-c14n#"></Can'),
        lambda text: re.sub(
            "(<Transform .*?</Transform>)", rf'\1<Transform Algorithm="{C14N}"></Transform>', text
        ),
    ],
    ids=["sha256 digest", "sha256 signature", "exclusive c14n", "two transforms"],
)
def test_sound_signature_out_of_the_profile(client, alter):
    assert estado(client, client.signed_seed(alter=alter)) == "05"


def test_sound_signature_by_identifier(client):
    document = f'<getToken ID="i"><item><Semilla>{client.seed()}</Semilla></item></getToken>'
    signed = client.signer.sign(document.encode(), "i", ENVELOPED)
    assert estado(client, signed.decode()) == "05"


def test_certificate_of_a_stranger_authority(sii, client):
    stranger = Simulator()
    client.signer = new_signer(stranger)
    stranger.stop()
    assert estado(client, client.signed_seed()) == "-3"


def test_certificate_out_of_its_time(sii, client):
    client.signer = new_signer(sii, valid_from="2020-01-01", valid_to="2021-01-01")
    assert estado(client, client.signed_seed()) == "-3"


def test_token_expires(sii, client, taxpayer):
    sii.change_settings({"token_lifetime_seconds": 60})
    token = client.token()
    assert dict(client.envelope_status("1"))["ESTADO"] != "001"
    sii.move_clock({"advance": timedelta(minutes=1).total_seconds()})
    assert dict(client.envelope_status("1"))["ESTADO"] == "001"
    assert client.upload(taxpayer.envelope(taxpayer.invoice()), token=token)["STATUS"] == "5"


def test_token_belongs_to_the_holder(sii, client):
    client.token()
    assert PERSON not in str(sii.exchanges())
    assert client._token not in str(sii.exchanges())
