"""Whatever is sent to a page or route of ours, with or without login: it is answered, never a 5xx.

All routes are walked: those of the routing map that are ours, and those of the API's routers. Each
is called a number of times with values out of a list of nasty ones. Which ones depends on the seed
and the route alone, never on the machine's speed; the seed is in the message.
"""

import json
import os
import random
import re
import socket

from ..common import ROOT, ApiCase

SEEDS = os.environ.get("FUZZ_SEEDS", "20261130").split()
CALLS_PER_ROUTE = int(os.environ.get("FUZZ_CALLS", "30"))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW")
OURS = "odoo.addons.l10n_cl_sii"
UNFORESEEN = re.compile("Unexpected error|Error inesperado")

TEXTS = [
    "",
    "\0",
    "a\0b",
    "\ud800",
    "ñandú ' \" <b>",
    "%00",
    "../../etc/passwd",
    "{{7*7}}",
    "=HYPERLINK(1)",
    "0",
    "-8",
    "9" * 30,
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "NaN",
    "1e400",
    "x" * 20_000,
    "\u202e\u0000\uffff",
    "' OR 1=1 --",
    "00000000-0000-0000-0000-000000000000",
    "\r\nX: y",
]
NUMBERS = [0, -1, 2**31, 2**63, 2**64, 10**40, -(10**40), 1e308, 1.5, True, False, None]
BROKEN_JSON = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"5",
    b'"x"',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"NaN",
    b"Infinity",
    b'{"jsonrpc": "2.0", "params": [1, 2]}',
    b'{"jsonrpc": "2.0", "params": {"context": 5}}',
    b'{"params": null}',
    b'{"id": {}, "params": {}}',
    b"9" * 5000,
    b'"\\ud800"',
    "ñ".encode("utf-16"),
]
HEADERS = [
    {},
    {"Accept-Language": b"es;"},
    {"Accept-Language": b"es;q=x"},
    {"Accept-Language": b"\xff\x00"[:1]},
    {"Accept-Language": b"xx-" * 3000},
    {"Authorization": b"Basic \xff"},
    {"Authorization": b"Basic AAAA"},
    {"Authorization": b"Bearer \xff"},
    {"Authorization": b"Bearer x"},
    {"Content-Type": b"application/json; charset=nonsense"},
    {"Content-Type": b"multipart/form-data"},
    {"Content-Type": b"multipart/form-data; boundary=" + b"x" * 500},
    {"Content-Type": b"application/x-www-form-urlencoded; charset=utf-7"},
    {"Content-Type": b"\xff/\xff"},
    {"Content-Encoding": b"gzip"},
    {"Cookie": b"session_id=\xff; frontend_lang=../..; cids=x-y"},
    {"Cookie": b"session_id=" + b"a" * 84},
    {"Cookie": b"frontend_lang=xx_XX; tz=Mars/Base"},
    {"Idempotency-Key": b""},
    {"Idempotency-Key": b"\xff" * 300},
    {"Prefer": b"handling=strict"},
    {"If-None-Match": b"\xff"},
    {"Range": b"bytes=9-1"},
    {"X-Forwarded-For": b"not an address"},
    {"Referer": b"\xff"},
    {"User-Agent": b"\xff" * 2000},
    {"X-Odoo-Database": b"nowhere"},
    {"Fintoc-Signature": b"t=" + b"9" * 12 + b",v1=" + b"0" * 64},
]
QUERY = (
    "page",
    "per_page",
    "since",
    "updated_since",
    "status",
    "access_token",
    "link_token",
    "buyer_id",
    "name",
    "x",
)
RAW = [
    b"GET %(path)s HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
    b"POST %(path)s HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST %(path)s HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST %(path)s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST %(path)s HTTP/1.1\r\nHost: \xff\r\nContent-Length: 0\r\n\r\n",
    b"GET %(path)s?%ff=%ff&%zz=1&&==&a[]=1&a=1&a=2 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET %(path)s/%ff%fe%c3 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET %(path)s\xff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://[::1 HTTP/1.1\r\nHost: [::1\r\n\r\n",
    b"GET %(path)s HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    b"GET %(path)s HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n",
]


class TestNoServerError(ApiCase):
    def setUp(self):
        super().setUp()
        self.known = self._known()
        self.broken, self.unforeseen = {}, {}

    def _known(self):
        """Ids and tokens that exist, so that not everything ends at 404."""
        service = self.make_service(emit_document=False)
        buyer = self.make_buyer()
        sold = self.enrol(service, buyer)
        plan = self.make_plan([1000, 2000], emit_document=False)
        statement = self.env["l10n_cl.statement"].search([], limit=1)
        return [
            service["id"],
            buyer["id"],
            sold["id"],
            plan["id"],
            statement.uuid,
            statement._portal_ensure_token(),
            self.client.link_token,
        ]

    def routes(self):
        """(path with {parameters}, methods, a body that is right or None, JSON-RPC or not)."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            routing = rule.endpoint.routing
            if rule.endpoint.func.__module__.startswith(OURS):
                path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"{\1}", rule.rule)
                yield path, None, routing["type"] == "jsonrpc"
        for endpoint in self.env["fastapi.endpoint"].sudo().search([]):
            for router in endpoint._get_fastapi_routers():
                for route in router.routes:
                    yield endpoint.root_path + route.path, _example(route), False
            for page in ("/docs", "/redoc", "/openapi.json", "/nowhere", "/"):
                yield endpoint.root_path + page, None, False

    def test_all_routes_are_found(self):
        paths = {path for path, _body, _rpc in self.routes()}
        for path in (
            f"{ROOT}/buyers/{{uuid}}",
            "/v1/received_documents",
            "/l10n_cl_sii/document/{token}/xml",
            "/my/statements/{uuid}/transaction",
            "/l10n_cl_sii/v1/register/{key}",
            "/l10n_cl_sii/v1/health",
        ):
            self.assertIn(path, paths)

    def test_nothing_breaks(self):
        self.env.flush_all()
        for seed in SEEDS:
            for path, body, is_rpc in self.routes():
                # of its own, so that another route more changes nothing here
                self.seed, self.random = seed, random.Random(f"{seed} {path}")
                for _time in range(CALLS_PER_ROUTE):
                    self._ask(path, body, is_rpc)
        self.assertEqual(self.broken, {}, "these broke the server")
        self.assertEqual(self.unforeseen, {}, "answered, but nobody foresaw these")
        self.assertEqual(self.call("GET", "/buyers")[0], 200, "it still works")

    def test_nothing_breaks_below_http(self):
        self.env.flush_all()
        host, port = "127.0.0.1", self.http_port()
        for path in ("/v1/invoices", f"{ROOT}/buyers", "/l10n_cl_sii/document/x", "/my/statements"):
            for request in RAW:
                with self.subTest(path=path, request=request[:60]):
                    answer = _raw(host, port, request.replace(b"%(path)s", path.encode()))
                    self.assertNotRegex(answer, rb"^HTTP/1\.[01] 5", request[:100])
        self.assertEqual(self.call("GET", "/buyers")[0], 200, "it still works")

    def _ask(self, path, body, is_rpc):
        choice = self.random
        filled = re.sub(r"\{[^}]*\}", lambda _m: _quoted(self._text()), path)
        method = choice.choice(METHODS) if choice.random() < 0.3 else "POST"
        if body is None and not is_rpc and choice.random() < 0.8:
            method = "GET"
        elif body is not None and choice.random() < 0.4:
            method = choice.choice(("PUT", "PATCH"))
        headers = {"Content-Type": b"application/json", **choice.choice(HEADERS)}
        auth = self.auth if choice.random() < 0.8 and "Authorization" not in headers else None
        if auth is None and "Authorization" not in headers and path.startswith("/v1"):
            headers["Authorization"] = ":".join(self.auth).encode()
        pairs = [(choice.choice(QUERY), _quoted(self._text())) for _n in range(choice.randrange(3))]
        query = "&".join(f"{name}={value}" for name, value in pairs)
        data = self._body(body, is_rpc)
        self.opener.cookies.clear()
        url = f"{self.base_url()}{filled}?{query}"
        answer = self.opener.request(
            method, url, data=data, headers=headers, auth=auth, allow_redirects=False
        )
        sent = {name: value[:40] for name, value in headers.items()}
        call = f"seed {self.seed}: {method} {filled[:200]!r}?{query[:200]!r} {sent} {data[:300]!r}"
        if answer.status_code >= 500:
            self.broken[call] = answer.text[:300]
        self._note_unforeseen(answer, call)

    def _note_unforeseen(self, answer, call):
        try:
            content = answer.json()
        except ValueError:
            return
        error = content.get("error") if isinstance(content, dict) else None
        if not isinstance(error, dict):
            return
        code = error.get("code")
        name = str((error.get("data") or {}).get("name", ""))
        text = str((error.get("data") or {}).get("message", ""))
        if (
            name.startswith(("builtins.", "psycopg2."))
            or name.endswith("Error")
            and "odoo" not in name
        ):
            self.broken[call] = f"{name} {text}"
        if code == "unprocessable" or UNFORESEEN.search(text):
            self.unforeseen[call] = text or code

    def _body(self, body, is_rpc):
        if body is None and not is_rpc or self.random.random() < 0.2:
            return self.random.choice(BROKEN_JSON)
        sent = (
            {"jsonrpc": "2.0", "params": self._params()} if is_rpc else json.loads(json.dumps(body))
        )
        if not is_rpc:
            for _time in range(self.random.randrange(1, 4)):
                sent = self._mutated(sent)
        return json.dumps(sent).encode()

    def _params(self):
        names = ("access_token", "document", "data", "amount", "rut_typed", "name", "is_validation")
        names += (
            "provider_id",
            "payment_method_id",
            "token_id",
            "flow",
            "landing_route",
            "context",
        )
        return {name: self._value() for name in names if self.random.random() < 0.4}

    def _mutated(self, value):
        """The value with one part of it made nasty."""
        choice = self.random
        if isinstance(value, dict) and value and choice.random() < 0.85:
            name = choice.choice(list(value))
            return {**value, name: self._mutated(value[name])}
        if isinstance(value, list) and value and choice.random() < 0.7:
            if choice.random() < 0.1:
                return value * 400
            index = choice.randrange(len(value))
            return [*value[:index], self._mutated(value[index]), *value[index + 1 :]]
        return self._value()

    def _value(self):
        choice = self.random
        kind = choice.random()
        if kind < 0.5:
            return self._text()
        if kind < 0.8:
            return choice.choice(NUMBERS)
        if kind < 0.9:
            return [self._text()] * choice.randrange(3)
        return {self._text(): self._text(), "rut": choice.choice(NUMBERS), "commune": self._text()}

    def _text(self):
        return self.random.choice(self.known if self.random.random() < 0.4 else TEXTS)


def _example(route):
    """A right body of a route, from the examples of its documentation."""
    if not route.body_field and not getattr(route, "dependant", None):
        return None
    for dependency in _dependants(route.dependant):
        for field in dependency.body_params:
            return _example_of(
                field.type_ if hasattr(field, "type_") else field.field_info.annotation
            )
    return None


def _dependants(dependant):
    yield dependant
    for inner in dependant.dependencies:
        yield from _dependants(inner)


def _example_of(model):
    extra = getattr(model, "model_config", {}).get("json_schema_extra")
    if extra:
        return extra["example"]
    fields = getattr(model, "model_fields", {})
    return {
        name: _example_of(inner)
        for name, field in fields.items()
        if (inner := _model_in(field.annotation)) is not None
    }


def _model_in(annotation):
    for each in (annotation, *getattr(annotation, "__args__", ())):
        if hasattr(each, "model_fields"):
            return each
    return None


def _quoted(text):
    """In an address, half characters as bytes that are no UTF-8."""
    return "".join(
        char if char.isascii() and char.isalnum() or char in "-_" else _bytes(char) for char in text
    )


def _bytes(char):
    return "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))


def _raw(host, port, request):
    """What comes back for bytes that are hardly HTTP."""
    with socket.create_connection((host, port), timeout=15) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while len(answer) < 1000 and (part := connection.recv(1000)):
                answer += part
        except OSError:
            return answer
    return answer
