"""A plain client of the SII's doors, by requests."""

from collections.abc import Callable
from html import escape

import requests
from lxml import etree
from signing import DSIG, Signer
from taxpayer import ISSUER, PERSON

ENVELOPED = DSIG + "enveloped-signature"
AGENT = "Mozilla/4.0 (compatible; PROG 1.0; Windows NT 5.0; YComp 5.0.2.4)"
_SERVICES = {
    "getSeed": "CrSeed",
    "getToken": "GetTokenFromSeed",
    "getEstUp": "QueryEstUp",
    "getEstDte": "QueryEstDte",
    "getEstDteAv": "services/QueryEstDteAv",
}


class Client:
    def __init__(self, url: str, signer: Signer):
        self.url, self.signer = url, signer
        self._token = ""

    def soap(self, operation: str, *arguments: str) -> requests.Response:
        parts = "".join(f"<p{i}>{escape(value)}</p{i}>" for i, value in enumerate(arguments))
        body = (
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
            f'<m:{operation} xmlns:m="http://DefaultNamespace">{parts}</m:{operation}>'
            "</e:Body></e:Envelope>"
        )
        return requests.post(
            f"{self.url}/DTEWS/{_address(_SERVICES[operation])}",
            body.encode(),
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'},
            timeout=20,
        )

    def call(self, operation: str, *arguments: str) -> list[tuple[str, str]]:
        """The leaves of the answer, in order."""
        return leaves(self.soap(operation, *arguments))

    def seed(self) -> str:
        return dict(self.call("getSeed"))["SEMILLA"]

    def signed_seed(self, seed: str | None = None, alter: Callable[[str], str] = str) -> str:
        document = f"<getToken><item><Semilla>{seed or self.seed()}</Semilla></item></getToken>"
        return self.signer.sign(document.encode(), "", ENVELOPED, alter).decode()

    def token(self) -> str:
        if not self._token:
            self._token = dict(self.call("getToken", self.signed_seed()))["TOKEN"]
        return self._token

    def forget_token(self) -> None:
        """Tokens last an hour of the simulator's clock."""
        self._token = ""

    def post(self, content: bytes, **changes) -> requests.Response:
        """An upload; ``changes`` replace form fields, token or agent.

        stream: leave the answer to be read.
        """
        stream = changes.pop("stream", False)
        fields = {}
        for role, rut in (("Sender", PERSON), ("Company", ISSUER)):
            body, digit = changes.pop(role, rut).split("-")
            fields[f"rut{role}"], fields[f"dv{role}"] = body, digit
        for name in changes.pop("without", ()):
            del fields[name]
        token = changes.pop("token", None)
        headers = {
            "User-Agent": changes.pop("agent", AGENT),
            "Cookie": f"TOKEN={self.token() if token is None else token}",
        }
        assert not changes
        return requests.post(
            f"{self.url}/cgi_dte/UPL/DTEUpload",
            data=fields,
            files={"archivo": ("envio.xml", content, "text/xml")},
            headers=headers,
            timeout=20,
            stream=stream,
        )

    def upload(self, content: bytes, **changes) -> dict[str, str]:
        """The leaves of RECEPCIONDTE."""
        return reception(self.post(content, **changes))

    def envelope_status(self, track_id: str, company: str = ISSUER) -> list[tuple[str, str]]:
        return self.call("getEstUp", *company.split("-"), track_id, self.token())

    def document_status(
        self, type_: int, folio: int, day: str, total: int, receiver: str, issuer: str = ISSUER
    ) -> dict[str, str]:
        """``day`` as ddmmaaaa."""
        ruts = (*PERSON.split("-"), *issuer.split("-"), *receiver.split("-"))
        return dict(
            self.call("getEstDte", *ruts, str(type_), str(folio), day, str(total), self.token())
        )

    def signature_status(
        self,
        folio: int,
        day: str,
        total: int,
        receiver: str,
        signature: str,
        issuer: str = ISSUER,
    ) -> dict[str, str]:
        """The leaves for a factura; ``ESTADO`` is the body's if it has one. day: ddmmaaaa."""
        ruts = (*issuer.split("-"), *receiver.split("-"))
        asked = (str(folio), day, str(total), signature, self.token())
        return dict(reversed(self.call("getEstDteAv", *ruts, "33", *asked)))


def _address(service: str) -> str:
    return service if "/" in service else f"{service}.jws"


def leaves(response: requests.Response) -> list[tuple[str, str]]:
    text = etree.fromstring(response.content).find(".//{*}Body")[0][0].text
    document = etree.fromstring(text.encode("utf-8"))
    return [
        (etree.QName(leaf).localname, leaf.text or "")
        for leaf in document.iter("*")
        if not len(leaf)
    ]


def reception(response: requests.Response) -> dict[str, str]:
    root = etree.fromstring(response.content)
    found = {leaf.tag: leaf.text or "" for leaf in root if not len(leaf)}
    if root.find("DETAIL") is not None:
        found["ERRORS"] = "\n".join(root.xpath("DETAIL/ERROR/text()"))
    return found
