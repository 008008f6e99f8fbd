"""What the checks of a document may look at."""

from collections.abc import Callable, Mapping
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
    ``boleta_limit`` gives the pesos above which a boleta of a year names its buyer.
    """

    company: Company
    received_at: datetime
    root: x509.Certificate
    caf_keys: Mapping[int, RSAPublicKey]
    folios: Folios
    ledger: Ledger
    boleta_limit: Callable[[int], float]
    seen: set[tuple[int, int]] = field(default_factory=set)
