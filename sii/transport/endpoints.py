"""The SII's addresses, by environment (PROTOCOL 0.2), and how long we wait for it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..codes import Environment

_HOSTS = {
    Environment.CERTIFICATION: "https://maullin.sii.cl",
    Environment.PRODUCTION: "https://palena.sii.cl",
}
# Boletas are asked about at one host and sent to another.
_BOLETA_HOSTS = {
    Environment.CERTIFICATION: "https://apicert.sii.cl",
    Environment.PRODUCTION: "https://api.sii.cl",
}
_BOLETA_UPLOAD_HOSTS = {
    Environment.CERTIFICATION: "https://pangal.sii.cl",
    Environment.PRODUCTION: "https://rahue.sii.cl",
}
_CLAIMS = {
    Environment.CERTIFICATION: ("https://ws2.sii.cl", "WSREGISTRORECLAMODTECERT"),
    Environment.PRODUCTION: ("https://ws1.sii.cl", "WSREGISTRORECLAMODTE"),
}
# Services that do not lie in a file of their own (PROTOCOL 1.1).
_DEPLOYED = frozenset({"QueryEstDteAv"})
_BOLETA_PATH = "recursos/v1"
# Registers are kept of what is real only: there is no other host.
_REGISTER_HOST = "https://www4.sii.cl"
_HONORARIA_HOST = "https://loa.sii.cl"
_THIRD_PARTIES_HOST = "https://zeus.sii.cl"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of one environment.

    override: base URL that stands in for all of the SII's hosts (a simulator), such as
        ``http://127.0.0.1:8765``. Raises ValueError when it is no http(s) address.
    connect_timeout, read_timeout: seconds; the second one counts from the last byte received.
    total_timeout: seconds that a whole exchange may take; Odoo ends a worker after 120.
    """

    environment: Environment
    override: str | None = None
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    total_timeout: float = 100.0

    def __post_init__(self) -> None:
        if self.override is not None:
            address = urlsplit(self.override)
            if address.scheme not in ("http", "https") or not address.hostname:
                raise ValueError(f"no http address: {self.override!r}")

    @property
    def base(self) -> str:
        """Base URL of the DTE family, without a slash at its end."""
        return self._at(_HOSTS)

    def service(self, name: str) -> str:
        """Address of a SOAP service (PROTOCOL 1.1)."""
        path = f"services/{name}" if name in _DEPLOYED else f"{name}.jws"
        return f"{self.base}/DTEWS/{path}"

    @property
    def upload(self) -> str:
        """Address that takes envelopes (PROTOCOL 2.1)."""
        return f"{self.base}/cgi_dte/UPL/DTEUpload"

    @property
    def boletas(self) -> str:
        """Base URL of the services of boletas, without a slash at its end (PROTOCOL 4.1)."""
        return f"{self._at(_BOLETA_HOSTS)}/{_BOLETA_PATH}"

    @property
    def boleta_upload(self) -> str:
        """Address that takes envelopes of boletas; it is at another host (PROTOCOL 4.1)."""
        return f"{self._at(_BOLETA_UPLOAD_HOSTS)}/{_BOLETA_PATH}/boleta.electronica.envio"

    @property
    def claims(self) -> str:
        """Address of the register of acceptance and claims (PROTOCOL 8.4)."""
        host, path = _CLAIMS[self.environment]
        base = (self.override or host).rstrip("/")
        return f"{base}/{path}/registroreclamodteservice"

    @property
    def register(self) -> str:
        """Base URL of the facade of the register of purchases and sales (PROTOCOL 9.2)."""
        base = (self.override or _REGISTER_HOST).rstrip("/")
        return f"{base}/consdcvinternetui/services/data/facadeService"

    @property
    def honoraria(self) -> str:
        """Base URL of the reports of fee receipts, BHE (PROTOCOL 9.4)."""
        return f"{(self.override or _HONORARIA_HOST).rstrip('/')}/cgi_IMT"

    @property
    def third_parties(self) -> str:
        """Base URL of the reports of receipts for services of third parties, BTE (PROTOCOL 9.4)."""
        return f"{(self.override or _THIRD_PARTIES_HOST).rstrip('/')}/cvc_cgi/bte"

    def _at(self, hosts: dict[Environment, str]) -> str:
        return (self.override or hosts[self.environment]).rstrip("/")
