"""The SII as one object: send an envelope, ask what became of it."""

from datetime import date, datetime

from .. import rut
from ..exchange.claims import ClaimAction, ClaimAnswer, ClaimHistory
from ..signature.signer import Signer
from .channel import Channel
from .claims import ClaimedDocument, Claims
from .document_status import DocumentQuestion, read_document_status
from .endpoints import Endpoints
from .envelope_status import read_envelope_status
from .replies import DocumentStatus, EnvelopeStatus, Received
from .signature_status import SignatureQuestion, read_signature_status
from .soap import Soap
from .token import Login, TokenCache
from .upload import Upload

TOKENS = TokenCache()
"""Tokens of this process; they are per environment and certificate, so all gateways share them."""


class Gateway(Channel):
    """One signer at one environment; each thread needs its own. ``with`` closes its connections.

    All methods raise NotSent and Busy (nothing happened, try again), CertificateProblem (the SII
    finds fault with the certificate) and Refused (an answer, and it is no). Only ``upload`` and
    ``claim`` raise OutcomeUnknown.
    """

    def __init__(self, endpoints: Endpoints, signer: Signer, tokens: TokenCache = TOKENS):
        super().__init__(endpoints, signer)
        self._soap = Soap(endpoints, self._http)
        self._login = Login(endpoints.base, self._soap, signer, tokens)
        self._claims = Claims(endpoints.claims, self._soap, self._http)

    def upload(self, envelope: bytes, company_rut: str, filename: str) -> Received:
        """Send an envelope, byte for byte (PROTOCOL 2).

        filename: what is no ASCII letter, digit, dot or dash in it becomes ``_``.
        Raises OutcomeUnknown when the SII may have taken it: ask before sending again.
        """
        upload = Upload(self._endpoints.upload, self._sender(), company_rut, filename, envelope)
        return self._login.run(lambda token: upload.send(self._http, token))

    def envelope_status(self, company_rut: str, track_id: str) -> EnvelopeStatus:
        """State of an envelope (PROTOCOL 3.1)."""
        company = rut.split(company_rut)
        return self._login.run(
            lambda token: read_envelope_status(
                self._soap.call("QueryEstUp", "getEstUp", *company, track_id, token)
            )
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
        """State of one document (PROTOCOL 3.3). total: pesos."""
        question = DocumentQuestion(issuer_rut, receiver_rut, kind, folio, issued_on, total)
        asker = self._sender()
        return self._login.run(
            lambda token: read_document_status(
                self._soap.call("QueryEstDte", "getEstDte", *question.arguments(asker, token))
            )
        )

    def signature_status(
        self,
        issuer_rut: str,
        receiver_rut: str,
        kind: int,
        folio: int,
        issued_on: date,
        total: int,
        signature: str,
    ) -> DocumentStatus:
        """State of one document whose signature is compared too (PROTOCOL 3.4). total: pesos.

        signature: base64 of its ``SignatureValue``. Raises Busy with a code of
        ``signature_status.ODD_ANSWERS`` when the service's answer cannot be understood.
        """
        document = DocumentQuestion(issuer_rut, receiver_rut, kind, folio, issued_on, total)
        question = SignatureQuestion(document, signature)
        return self._login.run(
            lambda token: read_signature_status(
                self._soap.call("QueryEstDteAv", "getEstDteAv", *question.arguments(token))
            )
        )

    def claim(self, issuer_rut: str, kind: int, folio: int, action: ClaimAction) -> ClaimAnswer:
        """Accept or claim a document that we received (PROTOCOL 8.4).

        Raises OutcomeUnknown when the SII may have registered it: ask for the history first.
        """
        document = ClaimedDocument(issuer_rut, kind, folio)
        return self._login.run(lambda token: self._claims.act(document, action, token))

    def claim_history(self, issuer_rut: str, kind: int, folio: int) -> ClaimHistory:
        """What was registered about a document that we issued or received (PROTOCOL 8.4)."""
        document = ClaimedDocument(issuer_rut, kind, folio)
        return self._login.run(lambda token: self._claims.history(document, token))

    def received_at(self, issuer_rut: str, kind: int, folio: int) -> datetime | None:
        """When the SII received a document, from which the days to claim it run; or None."""
        document = ClaimedDocument(issuer_rut, kind, folio)
        return self._login.run(lambda token: self._claims.received_at(document, token))

    def ping(self) -> None:
        """Return when the SII is there; needs no token. Raises NotSent and Busy."""
        self._soap.text("CrSeed", "getState")
