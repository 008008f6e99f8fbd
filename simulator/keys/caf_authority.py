"""The authority that signs folio ranges (PROTOCOL 7): its own key, IDK 666."""

import base64
import html
import re

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from ..state.folios import Range
from ..state.store import Store
from . import openssl

IDK = 666
_NAME_LENGTH = 40


class CafAuthority:
    """Signs CAFs with a key made at first start and kept."""

    def __init__(self, store: Store):
        pem = store.get("caf_key")
        if pem is None:
            pem, key = openssl.new_key(65537)
            store.put("caf_key", pem)
        else:
            key = load_pem_private_key(pem.encode(), None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("the stored CAF key is no RSA key")
        self._key = key

    @property
    def public_key(self) -> RSAPublicKey:
        return self._key.public_key()

    def public_pem(self) -> str:
        return _public_pem(self._key)

    def issue(self, folios: Range, name: str) -> str:
        """The CAF file of a range, as text to be written in ISO-8859-1, with its private key."""
        private_pem, key = openssl.new_key(3)
        data = _data(folios, name, key.public_key())
        flat = re.sub(r">\s+<", "><", data).encode("iso-8859-1")
        signature = base64.b64encode(self._key.sign(flat, PKCS1v15(), SHA1())).decode()
        return (
            '<?xml version="1.0"?>\n<AUTORIZACION>\n<CAF version="1.0">\n'
            f'{data}\n<FRMA algoritmo="SHA1withRSA">{signature}</FRMA>\n</CAF>\n'
            f"<RSASK>{private_pem}</RSASK>\n\n<RSAPUBK>{_public_pem(key)}</RSAPUBK>\n"
            "</AUTORIZACION>\n"
        )


def _data(folios: Range, name: str, key: RSAPublicKey) -> str:
    numbers = key.public_numbers()
    printable = name.encode("iso-8859-1", "replace").decode("iso-8859-1")[:_NAME_LENGTH].strip()
    return (
        f"<DA>\n<RE>{folios.rut}</RE>\n<RS>{html.escape(printable, quote=False)}</RS>\n"
        f"<TD>{folios.type}</TD>\n"
        f"<RNG><D>{folios.first}</D><H>{folios.last}</H></RNG>\n"
        f"<FA>{folios.authorised_on}</FA>\n"
        f"<RSAPK><M>{_number(numbers.n)}</M><E>{_number(numbers.e)}</E></RSAPK>\n"
        f"<IDK>{IDK}</IDK>\n</DA>"
    )


def _number(value: int) -> str:
    return base64.b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).decode()


def _public_pem(key: RSAPrivateKey) -> str:
    public = key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
