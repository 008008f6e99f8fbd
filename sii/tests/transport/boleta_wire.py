"""Answers of the REST services of boletas, and how the tests ask them."""

import json
from datetime import date

import wire

from sii.transport.boleta.gateway import BoletaGateway
from sii.transport.token import TokenCache

ENVELOPE = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<EnvioBOLETA>ñ</EnvioBOLETA>\n'.encode(
    "latin-1"
)
COMPANY = "76086428-5"
RECEIPT = {
    "rut_emisor": COMPANY,
    "rut_envia": "11111111-1",
    "trackid": 253000000012345,
    "fecha_recepcion": "2026-03-09 21:30:05",
    "estado": "REC",
    "file": "envio.xml",
}
SEED = wire.http(wire.respuesta("<ESTADO>00</ESTADO>", "<SEMILLA>000012345678</SEMILLA>"))


def token(value: str = "TOKEN00000001") -> bytes:
    return wire.http(wire.respuesta("<ESTADO>00</ESTADO>", f"<TOKEN>{value}</TOKEN>"))


LOGIN = (SEED, token())


def jsons(value: object, status: str = "200 OK", *headers: str, encoding: str = "utf-8") -> bytes:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return wire.http(text.encode(encoding), status, *headers)


def upload(server: wire.RawServer, signer, tokens: TokenCache | None = None):
    with BoletaGateway(server.endpoints, signer, tokens or TokenCache()) as gateway:
        return gateway.upload(ENVELOPE, COMPANY, "envio.xml")


def state(server: wire.RawServer, signer):
    with BoletaGateway(server.endpoints, signer, TokenCache()) as gateway:
        return gateway.envelope_status(COMPANY, "253000000012345")


def document(server: wire.RawServer, signer):
    with BoletaGateway(server.endpoints, signer, TokenCache()) as gateway:
        return gateway.document_status(COMPANY, "66666666-6", 39, 7, date(2026, 3, 9), 14720)


def heads(server: wire.RawServer) -> list[tuple[str, dict[str, str]]]:
    found = []
    for request in server.requests:
        first, *lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")
        found.append((first, dict(line.split(": ", 1) for line in lines)))
    return found
