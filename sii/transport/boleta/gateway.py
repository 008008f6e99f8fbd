"""The SII of boletas as one object: the methods of ``Gateway`` over REST (PROTOCOL 4)."""

from datetime import date

from ... import rut
from ...signature.signer import Signer
from ..channel import Channel
from ..endpoints import Endpoints
from ..replies import DocumentStatus, EnvelopeStatus, Received
from ..token import Login, TokenCache, read_seed
from ..upload import Upload
from . import upload as boleta_upload
from .rest import Rest
from .status import read_document_status, read_envelope_status

TOKENS = TokenCache()
"""Tokens of this process for boletas; those of the other documents are not valid here."""


class BoletaGateway(Channel):
    """One signer at one environment; each thread needs its own. ``with`` closes its connections.

    All methods raise what those of ``Gateway`` do.
    """

    def __init__(self, endpoints: Endpoints, signer: Signer, tokens: TokenCache = TOKENS):
        super().__init__(endpoints, signer)
        self._rest = Rest(endpoints, self._http)
        self._login = Login(endpoints.boletas, self._rest, signer, tokens)

    def upload(self, envelope: bytes, company_rut: str, filename: str) -> Received:
        """Send an EnvioBOLETA, byte for byte.

        Raises OutcomeUnknown when the SII may have taken it: ask before sending again.
        """
        address = self._endpoints.boleta_upload
        upload = Upload(address, self._sender(), company_rut, filename, envelope)
        return self._login.run(lambda token: boleta_upload.send(upload, self._http, token))

    def envelope_status(self, company_rut: str, track_id: str) -> EnvelopeStatus:
        """State of an envelope, with the reasons for what was rejected."""
        number, digit = rut.split(company_rut)
        path = f"boleta.electronica.envio/{number}-{digit}-{track_id}"
        return self._login.run(
            lambda token: read_envelope_status(self._rest.ask("boleta.envio.estado", path, token))
        )

    def document_status(
        self,
        issuer_rut: str,
        receiver_rut: str,
        kind: int,
        folio: int,
        issued_on: date,
        total: int,
    ) -> DocumentStatus:
        """State of one boleta. total: pesos."""
        number, digit = rut.split(issuer_rut)
        receiver, receiver_digit = rut.split(receiver_rut)
        path = f"boleta.electronica/{number}-{digit}-{kind:d}-{folio}/estado"
        query = {
            "rut_receptor": receiver,
            "dv_receptor": receiver_digit,
            "monto": str(total),
            "fechaEmision": f"{issued_on:%d-%m-%Y}",
        }
        return self._login.run(
            lambda token: read_document_status(self._rest.ask("boleta.estado", path, token, query))
        )

    def ping(self) -> None:
        """Return when the SII is there; needs no token. Raises NotSent and Busy."""
        read_seed(self._rest.seed())
