"""The simulated SII of a run: it gives the desk its keys, and judges what each engine emits."""

from sii import clock
from sii.codes import Environment
from sii.signature.certificates import from_pem
from sii.transport.endpoints import Endpoints
from sii.transport.gateway import Gateway
from simulator import Simulator

from .desk import ISSUER, RESOLVED_ON, SENDER, Desk


def open_desk(sii: Simulator, folios: int) -> Desk:
    """Enrol the company at the SII and fetch its certificate and folios 1 to ``folios``."""
    sii.register_company(
        {
            "rut": ISSUER.rut,
            "name": ISSUER.name,
            "resolution_date": RESOLVED_ON.isoformat(),
            "resolution_number": 0,
            "actecos": list(ISSUER.actecos),
            "types": [33],
            "users": [SENDER],
        }
    )
    person = sii.issue_certificate({"rut": SENDER, "name": "MARÍA PÉREZ SOTO"})
    caf = sii.issue_caf({"rut": ISSUER.rut, "type": 33, "count": folios})
    return Desk(
        caf=caf["xml"].encode("iso-8859-1"),
        authority=sii.caf_public_key().encode(),
        idk=sii.state()["idk"],
        certificate=person["certificate_pem"].encode(),
        key=person["key_pem"].encode(),
        today=clock.today(),
    )


def accepts(sii: Simulator, desk: Desk, envelope: bytes) -> bool:
    """Whether the SII accepts every document of the envelope."""
    signer = from_pem(desk.certificate, desk.key)
    with Gateway(Endpoints(Environment.CERTIFICATION, sii.url), signer) as gateway:
        sent = gateway.upload(envelope, ISSUER.rut, "bench.xml")
        sii.move_clock({"advance": 3600})
        (count,) = gateway.envelope_status(ISSUER.rut, sent.track_id).counts
    return count.accepted == count.informed > 0
