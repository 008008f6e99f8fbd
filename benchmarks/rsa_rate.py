"""The limit: the two RSA signatures of a document, and nothing else."""

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sii.dte.caf import Caf, authority_from_pem

from .desk import Desk


class RsaRate:
    """A stamp's signature of 512 bits and a document's of 2048."""

    def __init__(self, desk: Desk):
        self._caf = Caf.read(desk.caf, {desk.idk: authority_from_pem(desk.authority)})
        self._key = load_pem_private_key(desk.key, None)

    def emit(self, count: int) -> None:
        """Sign so many times."""
        for number in range(count):
            data = str(number).encode()
            self._caf.sign(data)
            self._key.sign(data, PKCS1v15(), SHA1())
