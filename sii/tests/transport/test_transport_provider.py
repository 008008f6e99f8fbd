"""A provider of registers: pages, overlaps, troubles of its wire, and its signed webhook."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import wire

from sii.errors import Busy, NotSent, RcvProblem, Refused
from sii.transport.register.provider import Provider, is_genuine

SAMPLE = json.loads((Path(__file__).parents[1] / "invoice_object.json").read_text(encoding="utf-8"))
COMPANY, PERIOD, SECRET = "76354771-K", "2021-06", "whsec_test"
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def invoices(*numbers: int) -> str:
    return json.dumps([{**SAMPLE, "id": f"inv_{each}", "number": str(each)} for each in numbers])


def page(body: str, link: str = "", status: str = "200 OK") -> bytes:
    return wire.http(body, status, *([f"Link: {link}"] if link else []))


def fetch(server: wire.RawServer, since: datetime | None = None) -> list[str]:
    with Provider(f"{server.url}/v1", "sk_secret", "link_abc", read_timeout=1) as provider:
        return [row.number for row in provider.fetch(COMPANY, PERIOD, since)]


def test_pages_are_followed_by_their_links():
    links = '</v1/invoices?page=1>; rel="first", </v1/invoices?page=2&per_page=300>; rel="next"'
    with wire.RawServer(page(invoices(1, 2), links), page(invoices(2, 3))) as server:
        # what comes twice is given twice: the caller finds the same record for it
        assert fetch(server) == ["1", "2", "2", "3"]
        first, second = (request.decode() for request in server.requests)
    assert "GET /v1/invoices?link_token=link_abc&per_page=300&since=2021-06-01" in first
    assert "&until=2021-06-30 " in first
    assert "Authorization: sk_secret\r\n" in first
    assert "GET /v1/invoices?page=2&per_page=300 " in second


def test_an_empty_page_is_the_last_one():
    onward = '</v1/invoices?page=9>; rel="next"'
    with wire.RawServer(page(invoices(1), onward), page(invoices(), onward)) as server:
        assert fetch(server) == ["1"]
        assert len(server.requests) == 2


def test_only_what_changed():
    with wire.RawServer(page(invoices(1))) as server:
        assert fetch(server, NOW) == ["1"]
        assert b"updated_since=2026-06-10T12%3A00%3A00Z" in server.requests[0]
        assert b"until" not in server.requests[0]


def test_the_token_goes_to_no_other_host():
    elsewhere = '<https://thief.example/v1/invoices>; rel="next"'
    with wire.RawServer(page(invoices(1), elsewhere)) as server, pytest.raises(Busy) as caught:
        fetch(server)
    assert caught.value.code == "answer_unreadable"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page("<html>login</html>"), Busy),
        (page("{}"), Busy),
        (page("[" * 100_000), Busy),
        (page("[1]"), RcvProblem),
        (page('[{"object": "invoice"}]'), RcvProblem),
        (page(invoices(1)[:200]), Busy),
        (page("{}", status="429 Too Many"), Busy),
        (page("{}", status="502 Bad Gateway"), Busy),
        (page('{"error": {"message": "bad key"}}', status="401 Unauthorized"), Refused),
        (page("moved", status="302 Found"), Refused),
        (wire.hang_up, Busy),
    ],
)
def test_troubles(answer, error):
    with wire.RawServer(answer) as server, pytest.raises(error):
        fetch(server)


def test_without_server_nothing_is_sent():
    with wire.RawServer() as server:
        gone = server.url
    with Provider(gone, "sk", "link") as provider, pytest.raises(NotSent):
        list(provider.fetch(COMPANY, PERIOD))


def _signed(body: bytes, seconds: float, secret: str = SECRET) -> str:
    stamp = str(int(NOW.timestamp() + seconds))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def test_a_webhook_is_known_by_its_signature():
    body = b'{"type": "link.refresh_intent.succeeded"}'
    for seconds in (-300, 0, 300):
        assert is_genuine(_signed(body, seconds), body, SECRET, NOW)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_webhook_that_is_replayed(seconds):
    assert not is_genuine(_signed(b"{}", seconds), b"{}", SECRET, NOW)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (_signed(b"{}", 0), b"{ }"),
        (_signed(b"{}", 0, "another"), b"{}"),
        (_signed(b"{}", 0).replace("v1=", "v0="), b"{}"),
        (f"t={int(NOW.timestamp())}", b"{}"),
        ("", b"{}"),
        ("t=x,v1=y", b"{}"),
        ("t=999999999999,v1=" + "0" * 64, b"{}"),
    ],
)
def test_a_webhook_that_is_forged(header, body):
    assert not is_genuine(header, body, SECRET, NOW)


def test_without_a_secret_no_webhook_is_genuine():
    assert not is_genuine(_signed(b"{}", 0, ""), b"{}", "", NOW)
