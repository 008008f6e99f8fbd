"""A plain client of the boleta services, by requests."""

import requests
from client import AGENT, ENVELOPED
from lxml import etree
from signing import Signer
from taxpayer import ISSUER, PERSON

BASE = "/recursos/v1/boleta.electronica"


class BoletaClient:
    def __init__(self, url: str, signer: Signer):
        self.url, self.signer = url + BASE, signer
        self._token = ""

    def seed(self) -> requests.Response:
        return requests.get(f"{self.url}.semilla", timeout=20)

    def signed_seed(self) -> bytes:
        seed = leaf(self.seed(), "SEMILLA")
        document = f"<getToken><item><Semilla>{seed}</Semilla></item></getToken>"
        return self.signer.sign(document.encode(), "", ENVELOPED)

    def get_token(self, signed: bytes) -> requests.Response:
        return requests.post(
            f"{self.url}.token", signed, headers={"Content-Type": "application/xml"}, timeout=20
        )

    def token(self) -> str:
        if not self._token:
            self._token = leaf(self.get_token(self.signed_seed()), "TOKEN")
        return self._token

    def cookies(self, token: str | None) -> dict[str, str]:
        value = self.token() if token is None else token
        return {"Cookie": f"TOKEN={value}"} if value else {}

    def post(
        self,
        content: bytes,
        token: str | None = None,
        agent: str = AGENT,
        sender: str = PERSON,
        company: str = ISSUER,
        chunked: bool = False,
    ) -> requests.Response:
        fields = dict(zip(("rutSender", "dvSender"), sender.split("-"), strict=True))
        fields |= dict(zip(("rutCompany", "dvCompany"), company.split("-"), strict=True))
        request = requests.Request(
            "POST",
            f"{self.url}.envio",
            data=fields,
            files={"archivo": ("envio.xml", content, "text/xml")},
            headers={"User-Agent": agent, "Accept": "application/json", **self.cookies(token)},
        ).prepare()
        if chunked:
            request.body = iter([request.body])
            del request.headers["Content-Length"]
            request.headers["Transfer-Encoding"] = "chunked"
        with requests.Session() as session:
            return session.send(request, timeout=20)

    def status(self, track_id: int, company: str = ISSUER, **token: str) -> requests.Response:
        path = f"{self.url}.envio/{company}-{track_id}"
        return requests.get(path, headers=self.cookies(token.get("token")), timeout=20)

    def document(self, type_: int, folio: int, token: str | None = None, **query: object):
        path = f"{self.url}/{ISSUER}-{type_}-{folio}/estado"
        return requests.get(path, query, headers=self.cookies(token), timeout=20)


def leaf(response: requests.Response, name: str) -> str:
    return etree.fromstring(response.content).findtext(f".//{{*}}{name}")
