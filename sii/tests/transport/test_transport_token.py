"""Tokens: made once, shared, renewed when the SII forgot them; its codes as our errors."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
import wire
from lxml import etree

from sii.errors import Busy, CertificateProblem, NotSent, Refused
from sii.transport.gateway import Gateway
from sii.transport.token import TokenCache

KEY = ("https://sii", "fingerprint")
SEED, TOKEN = wire.login()
ACCEPTED = wire.soap("getEstUp", wire.respuesta("<ESTADO>EPR</ESTADO>"))
UNKNOWN_TOKEN = wire.soap("getEstUp", wire.respuesta("<ESTADO>003</ESTADO>"))


def ask(server: wire.RawServer, signer, tokens: TokenCache | None = None) -> str:
    with Gateway(server.endpoints, signer, tokens or TokenCache()) as gateway:
        return gateway.envelope_status("76086428-5", "0253000001").sii_code


def test_a_token_is_made_once_and_kept(signer):
    tokens = TokenCache()
    with wire.RawServer(SEED, TOKEN, ACCEPTED, ACCEPTED) as server:
        assert ask(server, signer, tokens) == ask(server, signer, tokens) == "EPR"
    paths = [request.split()[1].decode() for request in server.requests]
    assert paths == [
        *("/DTEWS/CrSeed.jws", "/DTEWS/GetTokenFromSeed.jws"),
        *("/DTEWS/QueryEstUp.jws", "/DTEWS/QueryEstUp.jws"),
    ]
    assert b">TOKEN00000001<" in server.requests[2]


def test_the_signed_request_holds_the_seed(signer):
    with wire.RawServer(SEED, TOKEN, ACCEPTED) as server:
        ask(server, signer)
    body = server.requests[1].partition(b"\r\n\r\n")[2]
    signed = etree.fromstring(etree.fromstring(body).findtext(".//pszXml").encode("latin-1"))
    assert signed.findtext("item/Semilla") == "000012345678"
    assert "Signature" in unescape(body.decode())


def test_a_forgotten_token_is_renewed_once(signer):
    seed, token = wire.login("TOKEN00000002")
    with wire.RawServer(SEED, TOKEN, UNKNOWN_TOKEN, seed, token, ACCEPTED) as server:
        assert ask(server, signer) == "EPR"
    assert b">TOKEN00000002<" in server.requests[5]


def test_a_second_refusal_is_final(signer):
    with (
        wire.RawServer(SEED, TOKEN, UNKNOWN_TOKEN, SEED, TOKEN, UNKNOWN_TOKEN) as server,
        pytest.raises(Refused) as caught,
    ):
        ask(server, signer)
    assert caught.value.code == "not_authenticated"
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("estado", "error", "code"),
    [
        ("05", CertificateProblem, "token_signature_invalid"),
        ("11", CertificateProblem, "token_certificate_missing"),
        ("21", CertificateProblem, "token_key_mismatch"),
        ("-3", CertificateProblem, "certificate_not_accepted"),
        ("-07", CertificateProblem, "certificate_not_registered"),
        ("04", Refused, "token_request_refused"),
        ("06", Refused, "token_request_refused"),
        ("02", Refused, "token_request_refused"),
        *((estado, Busy, "token_failed") for estado in ("07", "08", "09", "10", "12", "00", "0")),
    ],
)
def test_codes_of_the_token_service(signer, estado, error, code):
    header = f"<ESTADO>{estado}</ESTADO><GLOSA>texto</GLOSA>"
    refusal = wire.soap("getToken", wire.respuesta(header))
    with wire.RawServer(SEED, refusal) as server, pytest.raises(error) as caught:
        ask(server, signer)
    assert caught.value.code == code
    assert caught.value.data == {"sii_code": estado, "text": "texto"}


@pytest.mark.parametrize("token", ["", "A B", "A;B", "A\r\nX: y", "x" * 200, "ñ"])
def test_a_token_that_fits_no_header_is_not_used(signer, token):
    answer = wire.soap("getToken", wire.respuesta("<ESTADO>00</ESTADO>", f"<TOKEN>{token}</TOKEN>"))
    with wire.RawServer(SEED, answer) as server, pytest.raises(Busy):
        ask(server, signer)


@pytest.mark.parametrize(
    "body", ["", "<SEMILLA></SEMILLA>", "<SEMILLA>&lt;item&gt;</SEMILLA>", "<TOKEN>1</TOKEN>"]
)
@pytest.mark.parametrize("estado", ["00", "-1", "-2"])
def test_no_usable_seed(signer, estado, body):
    seed = wire.soap("getSeed", wire.respuesta(f"<ESTADO>{estado}</ESTADO>", body))
    with wire.RawServer(seed) as server, pytest.raises(Busy) as caught:
        ask(server, signer)
    assert caught.value.code == "seed_failed"


def test_logs_hold_no_secret_at_any_level(signer, caplog):
    caplog.set_level(logging.DEBUG)
    with wire.RawServer(SEED, TOKEN, ACCEPTED) as server:
        ask(server, signer)
    assert "getEstUp: 200" in caplog.text
    secrets = ("TOKEN00000001", "000012345678", "76086428", "Modulus", "<ESTADO>")
    assert not any(secret in caplog.text for secret in secrets)


@pytest.mark.parametrize("script", [(wire.hang_up,), (SEED, wire.hang_up), (SEED, wire.hold)])
def test_an_upload_that_got_no_token_never_left(signer, script):
    with (
        wire.RawServer(*script) as server,
        Gateway(server.endpoints, signer, TokenCache()) as gateway,
        pytest.raises((NotSent, Busy)),
    ):
        gateway.upload(b"<EnvioDTE/>", "76086428-5", "envio.xml")
    assert not any(b"DTEUpload" in request for request in server.requests)


def test_a_lifetime_ends():
    now = 0.0
    fetched = iter("ABC")
    tokens = TokenCache(lifetime=1800, clock=lambda: now)
    assert tokens.get(KEY, lambda: next(fetched)) == "A"
    now = 1799.9
    assert tokens.get(KEY, lambda: next(fetched)) == "A"
    now = 1800.0
    assert tokens.get(KEY, lambda: next(fetched)) == "B"


def test_certificates_and_environments_do_not_share():
    tokens = TokenCache()
    keys = [("a", "1"), ("a", "2"), ("b", "1")]
    assert [tokens.get(key, "".join(key).upper) for key in keys] == ["A1", "A2", "B1"]


def test_a_renewed_token_replaces_the_old_one_for_all():
    tokens = TokenCache()
    tokens.get(KEY, lambda: "OLD")
    assert tokens.get(KEY, lambda: "NEW", stale="OLD") == "NEW"
    assert tokens.get(KEY, lambda: "NEWER", stale="OLD") == "NEW"


def test_a_failed_renewal_forgets_the_old_token():
    def fail() -> str:
        raise Busy("seed_failed")

    tokens = TokenCache()
    tokens.get(KEY, lambda: "OLD")
    with pytest.raises(Busy):
        tokens.get(KEY, fail, stale="OLD")
    assert tokens.get(KEY, lambda: "NEW") == "NEW"


def test_threads_wait_for_the_one_that_fetches():
    tokens = TokenCache()
    entered, release = threading.Event(), threading.Event()
    fetches = []

    def fetch() -> str:
        fetches.append(threading.get_ident())
        entered.set()
        release.wait()
        return "TOKEN"

    with ThreadPoolExecutor(8) as pool:
        results = [pool.submit(tokens.get, KEY, fetch) for _ in range(8)]
        entered.wait()
        release.set()
        assert {result.result() for result in results} == {"TOKEN"}
    assert len(fetches) == 1
