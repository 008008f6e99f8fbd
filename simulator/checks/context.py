"""What the checks of a document may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from ..state.companies import Company
from ..state.folios import Folios
from ..state.ledger import Ledger


@dataclass(frozen=True)
class Context:
    """The office's registers, the company of the envelope, and when it came (Chilean time).

    ``caf_keys`` are the public keys by IDK; ``seen`` the (type, folio) met so far in the envelope;
    ``uf`` is the value of the UF in pesos.
    """

    company: Company
    received_at: datetime
    root: x509.Certificate
    caf_keys: Mapping[int, RSAPublicKey]
    folios: Folios
    ledger: Ledger
    uf: float
    seen: set[tuple[int, int]] = field(default_factory=set)
