"""What every way to the SII has: an address, a signer, and connections to be closed."""

from types import TracebackType
from typing import Self

from ..errors import CertificateProblem
from ..signature.signer import Signer
from .endpoints import Endpoints
from .http import Http


class Channel:
    """One signer at one environment; each thread needs its own. ``with`` closes its connections."""

    def __init__(self, endpoints: Endpoints, signer: Signer):
        self._endpoints = endpoints
        self._signer = signer
        self._http = Http(endpoints)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def _sender(self) -> str:
        """RUT of the certificate's holder. Raises CertificateProblem when it names none."""
        if not self._signer.rut:
            raise CertificateProblem("certificate_without_rut")
        return self._signer.rut
