"""A company that invoices through the simulator: what the transport's tests send and ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from documents import ISSUER, factura

from sii import clock
from sii.codes import Environment
from sii.document import Document
from sii.dte import envelope
from sii.dte import issue as dte
from sii.dte.caf import Caf, authority_from_pem
from sii.signature.certificates import from_pem
from sii.signature.signer import Signer
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from sii.transport.replies import DocumentStatus
from sii.transport.token import TokenCache
from simulator import Simulator

SENDER = "11111111-1"
RESOLVED_ON = date(2020, 1, 15)


def enrol(simulator: Simulator, types: tuple[int, ...] = (33,)) -> None:
    """Start again: the company is authorised; all stages of an envelope take 50 seconds."""
    simulator.reset()
    simulator.change_settings({"stage_seconds": 10, "visible_after_seconds": 0})
    simulator.register_company(
        {
            "rut": ISSUER.rut,
            "name": ISSUER.name,
            "resolution_date": RESOLVED_ON.isoformat(),
            "resolution_number": 0,
            "actecos": list(ISSUER.actecos),
            "types": list(types),
            "users": [SENDER],
        }
    )


def person(simulator: Simulator, rut: str = SENDER) -> Signer:
    """A person with a certificate the simulator trusts."""
    issued = simulator.issue_certificate({"rut": rut, "name": "MARÍA PÉREZ SOTO"})
    return from_pem(issued["certificate_pem"].encode(), issued["key_pem"].encode())


@dataclass
class Office:
    """One factura of the company, ready to go."""

    simulator: Simulator
    signer: Signer
    document: Document
    caf: Caf

    @classmethod
    def open(cls, simulator: Simulator) -> "Office":
        enrol(simulator)
        given = simulator.issue_caf({"rut": ISSUER.rut, "type": 33, "count": 10})
        key = authority_from_pem(simulator.caf_public_key().encode())
        caf = Caf.read(given["xml"].encode("iso-8859-1"), {simulator.state()["idk"]: key})
        today = clock.today()
        document = replace(factura(), issued_on=today, due_on=today, references=())
        return cls(simulator, person(simulator), document, caf)

    def envelope(self, folio: int | None = None) -> bytes:
        """The sealed factura; its folio is the CAF's first unless given."""
        at = clock.now()
        signed = dte.issue(self.document, folio or self.caf.first, self.caf, self.signer, at)
        cover = envelope.Caratula(ISSUER.rut, SENDER, RESOLVED_ON, 0)
        return envelope.seal(cover, [signed.xml], self.signer, at)

    @contextmanager
    def gateway(self, signer: Signer | None = None, patience: float = 20) -> Iterator[Gateway]:
        """A gateway with tokens of its own. patience: seconds it waits for an answer."""
        address = Endpoints(Environment.CERTIFICATION, self.simulator.url, read_timeout=patience)
        with Gateway(address, signer or self.signer, TokenCache()) as gateway:
            yield gateway

    def status(self, gateway: Gateway, folio: int | None = None, more: int = 0) -> DocumentStatus:
        """Ask for the factura. more: pesos added to its true total."""
        return gateway.document_status(
            ISSUER.rut,
            self.document.receiver.rut,
            33,
            folio or self.caf.first,
            self.document.issued_on,
            self.document.totals.total + more,
        )
